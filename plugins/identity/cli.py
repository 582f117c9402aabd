"""``bus user``: accounts, from the machine's own command line.

Whoever may run it can open the database file, or holds its password; so nobody is asked for a session. Passwords are
asked for, or read from standard input: on a command line, other users of the machine would see them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from bus import Bus, Envelope

FAILED = 1

_JSON = click.option("--json", "is_json", is_flag=True, help="Print one JSON object.")
_PASSWORD_STDIN = click.option("--password-stdin", "is_piped", is_flag=True, help="Read the password from stdin.")


@click.group()
def user() -> None:
    """Create the first admin, help people back in, end sessions."""


@user.command("create-admin")
@click.argument("email")
@click.option("--first-name", required=True)
@click.option("--last-name", required=True)
@click.option("--username", help="Made from the names when it is left out.")
@_PASSWORD_STDIN
@_JSON
def create_admin(
    email: str, first_name: str, last_name: str, username: str | None, is_piped: bool, is_json: bool
) -> None:
    """Make an account with the role admin; asks for its password."""
    args = {"email": email, "first_name": first_name, "last_name": last_name, "username": username}
    args["password"] = _new_password(is_piped)
    _ask("operator_create_admin", args, is_json, lambda data: f"{data['email']} is an admin, named {data['username']}.")


@user.command("reset-password")
@click.argument("email")
@_PASSWORD_STDIN
@_JSON
def reset_password(email: str, is_piped: bool, is_json: bool) -> None:
    """Set another password; asks for it. Sessions end, failed attempts are forgotten."""
    args = {"email": email, "new_password": _new_password(is_piped)}
    _ask("operator_reset_password", args, is_json, lambda data: f"Password set; {_sessions_ended(data)}.")


@user.command("reset-second-factor")
@click.argument("email")
@_JSON
def reset_second_factor(email: str, is_json: bool) -> None:
    """Remove a lost second factor. Sessions end; the password alone logs in."""
    args = {"email": email}
    _ask("operator_reset_second_factor", args, is_json, lambda data: f"No second factor; {_sessions_ended(data)}.")


@user.command("sessions")
@click.argument("email")
@_JSON
def sessions(email: str, is_json: bool) -> None:
    """List the live sessions of an account, the last used first."""
    _ask("operator_list_sessions", {"email": email}, is_json, _session_lines)


@user.command("end-sessions")
@click.argument("email")
@click.option("--session", "session_id", help="This one alone.")
@_JSON
def end_sessions(email: str, session_id: str | None, is_json: bool) -> None:
    """End all sessions of an account, or one."""
    args = {"email": email, "session_id": session_id}
    _ask("operator_end_sessions", args, is_json, lambda data: f"{_sessions_ended(data).capitalize()}.")


@user.command("enable-2fa")
@click.argument("email")
def enable_2fa(email: str) -> None:
    """Set up a second factor for the own account: shows a QR code, asks for the first code."""
    from plugins.identity.two_factor import qr

    password = click.prompt("Password", hide_input=True, err=True)
    with _open() as bus:
        login = _data(bus.call("auth_login", {"email": email, "password": password}))
        token = login["token"]
        begun = _data(bus.call("enable_2fa", session_token=token))
        click.echo(qr.terminal(begun["qr_code_url"]))
        click.echo(f"Scan this with an authenticator, or type the key {begun['secret']} into it.")
        code = click.prompt("Code", err=True)
        _data(bus.call("verify_2fa_setup", {"code": code}, session_token=token))
        click.echo("Two-factor authentication is enabled. Keep these backup codes; each works once:")
        click.echo("\n".join(begun["backup_codes"]))
        bus.call("auth_logout", session_token=token)


def _open() -> Bus:
    from bus import Bus

    return Bus.open()


def _ask(command: str, args: dict[str, Any], is_json: bool, told: Callable[[dict[str, Any]], str]) -> None:
    """Run a command and print what it answers: as people read it, or the whole envelope."""
    with _open() as bus:
        envelope = bus.call_internal(command, args)
    if is_json:
        click.echo(json.dumps(envelope.to_dict(), ensure_ascii=False))
        sys.exit(0 if envelope.ok else FAILED)
    click.echo(told(_data(envelope)))


def _data(envelope: Envelope) -> dict[str, Any]:
    if not envelope.ok:
        _fail(envelope)
    return envelope.data or {}


def _fail(envelope: Envelope) -> NoReturn:
    assert envelope.error is not None
    click.echo(f"bus: {envelope.error['code']}: {envelope.error['message']}", err=True)
    sys.exit(FAILED)


def _new_password(is_piped: bool) -> str:
    if is_piped:
        return sys.stdin.readline().rstrip("\r\n")
    return click.prompt("New password", hide_input=True, confirmation_prompt=True, err=True)


def _sessions_ended(data: dict[str, Any]) -> str:
    count = data["revoked_sessions"]
    return f"{count or 'no'} session{'' if count == 1 else 's'} ended"


def _session_lines(data: dict[str, Any]) -> str:
    lines = [
        f"{item['id']}  last used {item['last_activity']}  from {item['ip_address'] or 'this machine'}"
        for item in data["items"]
    ]
    return "\n".join(lines) or "No live sessions."
