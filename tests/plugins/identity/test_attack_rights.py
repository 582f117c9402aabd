"""More rights than one's own: by another spelling, another way in, a queue, or the command of another plugin."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from bus import AUTHENTICATED, READ, WRITE, Context, Contract, Peer, Plugin, Request, Schema, fields
from bus.application import Bus
from bus.database.tables import job
from bus.lines import Answers, Lines
from bus.stdio import serve
from plugins.identity import identity
from plugins.identity.tables import users
from tests.bus.worker import work
from tests.plugins.identity.caller import Caller, Person, World
from tests.plugins.identity.test_matrix import COMMANDS
from workers import workers

ADMINS = sorted(name for name, (_, lowest) in COMMANDS.items() if lowest == "admin")


def by_stdio(bus: Bus, *requests: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers to lines of JSON."""
    (source, feed), (read, target) = os.pipe(), os.pipe()
    os.write(feed, b"".join(json.dumps(request).encode() + b"\n" for request in requests))
    os.close(feed)
    serve(bus.answer, Lines(source, bus.settings.max_request_bytes), Answers(target), bus.settings)
    os.close(source)
    os.close(target)
    with os.fdopen(read) as answers:
        return [json.loads(line) for line in answers]


@pytest.mark.parametrize("command", ADMINS)
@pytest.mark.parametrize("role", ["", "viewer"])
def test_attack_another_spelling_or_way_in(world: World, command: str, role: str) -> None:
    """The same refusal by name and version, by each mode, in process, on a line of JSON and over the network."""
    token = world.as_role(role).token if role else None
    args = COMMANDS[command][0]
    refused = "FORBIDDEN" if role else "UNAUTHENTICATED"
    call = {"args": args, **({"session_token": token} if token else {})}
    lines = [
        {"command": command, **call},
        {"command": f"{command}@1", **call},
        {"command": command, "version": 1, **call},
        {"command": command, "mode": "queue", **call},
        {"command": command, "mode": "queue", "delay_ms": 5, "idempotency_key": "k", **call},
        {"command": command, "idempotency_key": "k", **call},
    ]
    assert [answer["error"]["code"] for answer in by_stdio(world.bus, *lines)] == [refused] * len(lines)
    for options in ({}, {"mode": "queue"}, {"version": 1}, {"idempotency_key": "k"}):
        assert world.bus.call(command, args, session_token=token, **options).code == refused
        far = Request(command, args, session_token=token, is_local=False, peer=Peer("203.0.113.7"), **options)
        assert world.bus.answer(far).code == refused


@pytest.mark.parametrize("command", ADMINS)
def test_attack_what_only_looks_like_a_command(world: World, command: str) -> None:
    """There is one spelling; nothing is trimmed, folded or guessed."""
    token = world.as_role("admin").token
    for wrong in (command.upper(), f" {command}", f"{command} ", f"{command}\u200b", f"identity.{command}"):
        assert world.bus.call(wrong, session_token=token).code in ("UNKNOWN_COMMAND", "VALIDATION_ERROR")
    for wrong in ("@0", "@2", "@-1", "@01", "@1.0", "@", "@1@1", "@\u0661"):
        code = world.bus.call(f"{command}{wrong}", session_token=token).code
        assert code in ("UNKNOWN_COMMAND", "UNKNOWN_VERSION", "VALIDATION_ERROR"), wrong


@pytest.mark.parametrize("command", ["user_names", "security_events_forget"])
def test_attack_calling_what_only_commands_call(world: World, command: str) -> None:
    """From outside there is no such command, for nobody and by no way in."""
    admin = world.as_role("admin")
    (answer,) = by_stdio(world.bus, {"command": command, "session_token": admin.token, "args": {"user_ids": []}})
    assert answer["error"]["code"] == "UNKNOWN_COMMAND"
    assert admin.code(command) == Caller(world.bus).code(command) == "UNKNOWN_COMMAND"
    assert world.bus.call(command, session_token=admin.token, mode="queue").code == "UNKNOWN_COMMAND"


class Borrow(Contract):
    """Call another command for whoever calls this one."""

    name, version = "borrow", 1
    effect, access = WRITE, AUTHENTICATED

    class Params(Schema):
        command = fields.Text(required=True)
        user_id = fields.Text(required=True)

    class Result(Schema):
        principal = fields.Text(required=True)


class BorrowLater(Borrow):
    """Queue another command for whoever calls this one."""

    name = "borrow_later"


class BorrowedRead(Borrow):
    """Read by another command for whoever calls this one."""

    name, effect = "borrowed_read", READ


borrower = Plugin("borrower", contracts=[Borrow, BorrowLater, BorrowedRead])


@borrower.handles(Borrow)
def borrow(ctx: Context, command: str, user_id: str) -> dict[str, Any]:
    """As the caller."""
    ctx.call(command, {"user_id": user_id})
    return {"principal": ctx.principal.id}


@borrower.handles(BorrowedRead)
def borrowed_read(ctx: Context, command: str, user_id: str) -> dict[str, Any]:
    """As the caller."""
    return borrow(ctx, command, user_id)


@borrower.handles(BorrowLater)
def borrow_later(ctx: Context, command: str, user_id: str) -> dict[str, Any]:
    """As the caller, by a worker."""
    ctx.submit(command, {"user_id": user_id})
    return {"principal": ctx.principal.id}


@pytest.fixture
def lending(world: World) -> Iterator[World]:
    """A world with workers, and with another plugin, whose commands call those of this one."""
    url = world.bus.database.url.render_as_string(hide_password=False)
    with Bus.open(url, plugins=[identity, workers, borrower], clock=world.clock) as bus:
        yield World(bus, world.clock)


def _queued_ban(lending: World, publisher: Person) -> tuple[Person, str]:
    """A ban of somebody that waits for a worker, and the job's id."""
    victim, token = lending.person(), publisher.login().token
    queued = lending.bus.call("ban_user", {"user_id": victim.id}, session_token=token, mode="queue")
    assert queued.ok, queued
    return victim, queued.to_dict()["job"]["id"]


def _outcome(lending: World, victim: Person, job_id: str) -> tuple[str, bool]:
    """What became of the job, and whether the victim is banned."""
    ((state,),) = lending.execute(sa.select(job.c.state).where(job.c.id == job_id))
    ((is_active,),) = lending.execute(sa.select(users.c.is_active).where(users.c.id == victim.id))
    return state, not is_active


def test_a_queued_command_runs_for_whoever_may_still_act(lending: World) -> None:
    victim, job_id = _queued_ban(lending, lending.person("admin"))
    work(lending.bus)
    assert _outcome(lending, victim, job_id) == ("succeeded", True)


@pytest.mark.parametrize("change", ["ban_user", "delete_user", "change_user_role"])
def test_attack_a_queued_command_of_somebody_who_was_shut_out_meanwhile(lending: World, change: str) -> None:
    """Rights are judged when the job runs, by the rows as they are then."""
    publisher, other = lending.person("admin"), lending.as_role("admin")
    victim, job_id = _queued_ban(lending, publisher)
    more = {"new_role": "supervisor"} if change == "change_user_role" else {}
    other(change, user_id=publisher.id, **more)
    work(lending.bus)
    state, is_banned = _outcome(lending, victim, job_id)
    assert not is_banned
    assert state in ("failed", "dead")


def test_attack_reading_somebody_by_another_plugins_command(lending: World) -> None:
    """A handler that asks who calls is told who called first."""
    viewer, other = lending.person(), lending.person()
    caller = viewer.login()
    assert caller("borrowed_read", command="get_user", user_id=viewer.id) == {"principal": viewer.id}
    for command in ("get_user", "get_active_sessions"):
        assert caller.code("borrowed_read", command=command, user_id=other.id) in ("FORBIDDEN", "HANDLER_ERROR")
        assert lending.as_role("admin").envelope("borrowed_read", command=command, user_id=other.id).ok


@pytest.mark.parametrize("command", ["ban_user", "delete_user"])
def test_attack_queueing_by_another_plugins_command(lending: World, command: str) -> None:
    """The job is the caller's, and the caller's role is asked for when it runs."""
    victim, viewer = lending.person(), lending.as_role("viewer")
    before = lending.execute(sa.select(users).where(users.c.id == victim.id))
    assert viewer.envelope("borrow_later", command=command, user_id=victim.id).ok
    work(lending.bus)
    assert lending.execute(sa.select(users).where(users.c.id == victim.id)) == before
