"""``bus serve`` with every first-party plugin, an admin, and a session of theirs that nothing ends."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

from bus.application import Bus
from bus.settings import Settings
from tests.bus.gateway.web_server import WebServer
from tests.conftest import CHEAP


def gateway(folder: Path) -> WebServer:
    """A server, not yet started."""
    plugins = ",".join(sorted(point.name for point in entry_points(group="bus.plugins")))
    information = folder / "doorman-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: doorman\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[bus.plugins]\ndoorman = tests.documents.doorman:doorman\n")
    return WebServer(folder, BUS_PLUGINS_ALLOW=f"{plugins},doorman", DOORMAN_ADMIN=_admin(folder), **CHEAP)


def _admin(folder: Path) -> str:
    """The id of an admin in the server's database."""
    with Bus.open(f"sqlite:///{folder / 'bus.sqlite'}", settings=Settings(home=folder)) as bus:
        args = {"email": "ada@example.org", "password": "a long pass phrase", "first_name": "Ada", "last_name": "L"}
        made = bus.call_internal("operator_create_admin", args)
        assert made.data is not None, made
        return made.data["id"]
