"""``bus user``: for the day on which nobody can log in any more."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from click.testing import CliRunner, Result

from bus import Bus
from plugins.identity.cli import user
from tests.plugins.identity.caller import OTHER_PASSWORD, PASSWORD

Run = Callable[..., Result]
NAMES = ["--first-name", "Ana", "--last-name", "Diaz"]


@pytest.fixture
def run(upgraded_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a subcommand on a database of its own."""
    monkeypatch.setenv("BUS_DATABASE_URL", upgraded_url)

    def run_it(*words: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(user, words, input=typed)

    return run_it


def call(url: str, command: str, token: str | None = None, /, **args: Any) -> Any:
    """The answer of a bus of its own: another process, say."""
    with Bus.open(url) as bus:
        return bus.call(command, args, session_token=token)


def test_the_first_admin_logs_in(run: Run, upgraded_url: str) -> None:
    made = run("create-admin", "Ana@example.com", *NAMES, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert (made.exit_code, made.stdout) == (0, "ana@example.com is an admin, named ana_diaz.\n")
    grant = call(upgraded_url, "auth_login", email="ana@example.com", password=PASSWORD).data
    assert grant["role"] == "admin"
    assert (
        call(
            upgraded_url, "auth_create_account", email="b@example.com", password=PASSWORD, first_name="B", last_name="C"
        ).code
        == "SIGNUP_CLOSED"
    )


def test_a_password_is_never_shown(run: Run) -> None:
    made = run("create-admin", "a@example.com", *NAMES, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert PASSWORD not in made.output


def test_a_weak_password_is_refused_with_the_reason(run: Run) -> None:
    refused = run("create-admin", "a@example.com", *NAMES, "--password-stdin", typed="password1234\n")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("bus: VALIDATION_ERROR: Invalid arguments: password: ")


def test_a_lost_password_is_set_and_sessions_end(run: Run, upgraded_url: str) -> None:
    run("create-admin", "a@example.com", *NAMES, "--password-stdin", typed=f"{PASSWORD}\n")
    token = call(upgraded_url, "auth_login", email="a@example.com", password=PASSWORD).data["token"]
    reset = run("reset-password", "A@example.com", "--password-stdin", typed=f"{OTHER_PASSWORD}\n")
    assert (reset.exit_code, reset.stdout) == (0, "Password set; 1 session ended.\n")
    assert call(upgraded_url, "auth_validate_session", token).code == "UNAUTHENTICATED"
    assert call(upgraded_url, "auth_login", email="a@example.com", password=PASSWORD).code == "AUTH_INVALID"
    assert call(upgraded_url, "auth_login", email="a@example.com", password=OTHER_PASSWORD).ok


def test_a_second_factor_is_set_up_in_the_terminal_and_removed_when_it_is_lost(run: Run, upgraded_url: str) -> None:
    """The picture holds what an authenticator needs; without its code, nothing is enabled."""
    run("create-admin", "a@example.com", *NAMES, "--password-stdin", typed=f"{PASSWORD}\n")
    wrong = run("enable-2fa", "a@example.com", typed=f"{PASSWORD}\n000000\n")
    assert (wrong.exit_code, "TWO_FACTOR_INVALID" in wrong.stderr) == (1, True)
    assert any(block in wrong.stdout for block in "█▀▄")
    secret = call(upgraded_url, "auth_login", email="a@example.com", password=PASSWORD)
    begun = call(upgraded_url, "enable_2fa", secret.data["token"]).data
    assert call(upgraded_url, "verify_2fa_setup", secret.data["token"], code=pyotp.TOTP(begun["secret"]).now()).ok
    assert call(upgraded_url, "auth_login", email="a@example.com", password=PASSWORD).code == "TWO_FACTOR_REQUIRED"
    removed = run("reset-second-factor", "a@example.com")
    assert (removed.exit_code, removed.stdout.startswith("No second factor; ")) == (0, True)
    assert call(upgraded_url, "auth_login", email="a@example.com", password=PASSWORD).ok


def test_sessions_are_listed_and_ended(run: Run, upgraded_url: str) -> None:
    run("create-admin", "a@example.com", *NAMES, "--password-stdin", typed=f"{PASSWORD}\n")
    for _ in range(3):
        assert call(upgraded_url, "auth_login", email="a@example.com", password=PASSWORD).ok
    listed = json.loads(run("sessions", "a@example.com", "--json").stdout)["data"]
    assert listed["total_count"] == 3
    assert not any("token" in key for item in listed["items"] for key in item if key != "refresh_expires_at")
    one = run("end-sessions", "a@example.com", "--session", listed["items"][0]["id"])
    assert one.stdout == "1 session ended.\n"
    assert len(run("sessions", "a@example.com").stdout.splitlines()) == 2
    assert run("end-sessions", "a@example.com").stdout == "2 sessions ended.\n"
    assert run("sessions", "a@example.com").stdout == "No live sessions.\n"


@pytest.mark.parametrize(
    "words", [["sessions"], ["end-sessions"], ["reset-second-factor"], ["reset-password", "--password-stdin"]]
)
def test_somebody_without_an_account_is_not_found(run: Run, words: list[str]) -> None:
    refused = run(words[0], "nobody@example.com", *words[1:], typed=f"{PASSWORD}\n")
    assert (refused.exit_code, refused.stderr.startswith("bus: NOT_FOUND: ")) == (1, True)


def test_what_an_operator_does_is_on_record(run: Run, upgraded_url: str) -> None:
    run("create-admin", "a@example.com", *NAMES, "--password-stdin", typed=f"{PASSWORD}\n")
    run("reset-password", "a@example.com", "--password-stdin", typed=f"{OTHER_PASSWORD}\n")
    token = call(upgraded_url, "auth_login", email="a@example.com", password=OTHER_PASSWORD).data["token"]
    events = call(upgraded_url, "get_security_events", token).data["items"]
    told = {(event["event_type"], event["source"]) for event in events}
    assert {("user_created", "operator_create_admin"), ("password_reset", "operator_reset_password")} <= told


def test_bus_lists_it(run_python: Callable[..., Any]) -> None:
    assert "Create the first admin" in run_python("-m", "bus", "--help").stdout
