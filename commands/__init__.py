"""Commands for the terminal: `./dev flask …`, or `flask --app app …`."""

from flask import Flask

from commands.catalogue import init_catalogue_commands
from commands.laboratory import init_lab_command
from commands.server import init_server_command
from commands.users import init_user_commands
from config import Config, LabConfig


def init_commands(app: Flask, config: Config) -> None:
    """Register all commands."""
    init_catalogue_commands(app, config)
    init_server_command(app, config)
    init_user_commands(app, config)
    if isinstance(config, LabConfig):
        init_lab_command(app, config)
