"""Commands that manage accounts: `flask user …`."""

import click
from flask import Flask
from flask.cli import AppGroup

from commands.outages import reporting_outages
from config import DEFAULT_DATABASE_URL, ROOT, Config
from constants import DEMO_EMAIL
from implemented import services
from views.fields import NewPassword, normalize_email

# If this file exists, `prepare` does not restore the demo account, which the owner has deleted.
NO_DEMO_ACCOUNT = ROOT / "instance" / "no_demo_account"


def _normalized(_context: click.Context, _parameter: click.Parameter, email: str) -> str:
    try:
        return normalize_email(email)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def init_user_commands(app: Flask, config: Config) -> None:
    group = AppGroup("user", help="Manage accounts.")
    email_argument = click.argument("email", metavar="E-MAIL", callback=_normalized)

    @group.command("list")
    def list_users() -> None:
        """List the accounts by their e-mail addresses."""
        with reporting_outages():
            for email in services.owner.emails():
                click.echo(email)

    @group.command("set-password")
    @email_argument
    @click.password_option(help="Asked for, and not shown, unless it is given here.")
    def set_password(email: str, password: str) -> None:
        """Set the password of an account, and end all of its sessions."""
        with reporting_outages():
            services.owner.set_password(email, NewPassword().deserialize(password))
        click.echo(f"{email} has a new password and is signed out everywhere.")

    @group.command("delete")
    @email_argument
    @click.confirmation_option(prompt="Delete the account with its sessions and favorites?")
    def delete(email: str) -> None:
        """Delete an account with its sessions and favorites."""
        with reporting_outages():
            services.owner.delete(email)
        if email == DEMO_EMAIL and config.DATABASE_URL == DEFAULT_DATABASE_URL:
            NO_DEMO_ACCOUNT.touch()
        click.echo(f"{email} is deleted.")

    app.cli.add_command(group)
