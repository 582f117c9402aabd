"""The plugin object that contracts, handlers, tables, migrations and hooks of the domain hang on."""

from typing import TYPE_CHECKING

from bus.plugin import Plugin
from contracts.identity import COMMANDS
from plugins.identity.settings import IdentitySettings

if TYPE_CHECKING:
    from sqlalchemy import MetaData

#: Those that answer commands.
MODULES = (
    "alerts",
    "login",
    "names",
    "operators",
    "own_password",
    "own_session",
    "records",
    "refresh",
    "retention",
    "service_accounts",
    "session_list",
    "session_timeout",
    "signup",
    "standing",
    "two_factor.setup",
    "two_factor.stepping_up",
    "user_list",
    "users",
)


def _tables() -> "MetaData":
    """The tables as migrations make them."""
    from plugins.identity.tables import metadata  # no start needs them

    return metadata


identity = Plugin(
    "identity",
    contracts=COMMANDS,
    modules=[f"plugins.identity.{name}" for name in MODULES],
    tables=_tables,
    migrations="plugins.identity.migrations",
    heads=("identity_0001",),
    settings=IdentitySettings,
)
