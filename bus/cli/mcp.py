"""``bus mcp``: commands as tools of the Model Context Protocol, on standard input and output."""

from __future__ import annotations

from importlib.util import find_spec

import click

from bus.errors import SetupError


@click.command()
@click.option(
    "--allow",
    "allowed",
    multiple=True,
    metavar="NAME",
    help="Offer this command, or those whose names fit: note_*. Again for more; else all that are not secret.",
)
@click.option("--allow-writes", is_flag=True, help="Offer commands that write as well.")
def command(*, allowed: tuple[str, ...], allow_writes: bool) -> int:
    """Offer commands as tools to a program that speaks the Model Context Protocol.

    That program starts this one, and speaks to it over standard input and output. It may call what a trusted local
    caller may, or what the session may whose token BUS_MCP_SESSION_TOKEN holds; only commands that read, unless told
    otherwise. Secret commands must be named in full. The end of input ends it.
    """
    if find_spec("mcp") is None:
        raise SetupError("bus mcp needs the package mcp; install it with: pip install 'charterbus[mcp]'")
    from bus.mcp import serving
    from bus.mcp.offer import Choice
    from bus.settings import Settings

    return serving.run(Choice(allowed, allow_writes, Settings.from_environment().mcp_session_token))
