"""What differs between database engines: `sqlite` and `postgresql` offer the same functions.

Ignore it unless you work on connections, timeouts, locks or imports: a DAO writes SQL that both
engines understand, and asks `engine_module` for the rest. In return no other file of the product
compares the name of an engine, and a new engine is one module. `exclusive_lock` keeps processes
from preparing or importing at the same time.
"""

from helpers.database.engines import EngineModule, engine_module
from helpers.database.locks import exclusive_lock

__all__ = ["EngineModule", "engine_module", "exclusive_lock"]
