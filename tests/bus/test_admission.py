"""Who may call what: sessions, roles, near and far callers, and what a stranger learns."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bus import AUTHENTICATED, LOCAL, PUBLIC, READ, Envelope, Plugin, Principal, Request, fields, roles
from tests.bus.sample import Sample, add, texts
from tests.workers.hand import Hand
from workers import workers

USERS = {
    "t-ann": Principal("ann", frozenset({"viewer"})),
    "t-bob": Principal("bob", frozenset({"admin", "viewer"})),
    "t-cat": Principal("cat"),
}
WHO = {"who": fields.Text()}


@pytest.fixture
def guarded(sample: Sample) -> Sample:
    """A command for each kind of access; each answers who it takes the caller for."""
    for name, access in {
        "public": PUBLIC,
        "local": LOCAL,
        "session": AUTHENTICATED,
        "admins": roles("admin"),
        "staff": roles("admin", "viewer"),
    }.items():
        sample.command(name, access=access, effect=READ, result=WHO)(lambda ctx: {"who": ctx.principal.id})
    return sample


@pytest.fixture
def with_users(guarded: Sample) -> Sample:
    """The same, with a plugin that knows three sessions."""

    @guarded.plugin.hook
    def bus_authenticate(token):
        return USERS.get(token)

    return guarded


def outcome(envelope: Envelope) -> str | None:
    """Whom the handler saw, or the code."""
    return envelope.data["who"] if envelope.ok else envelope.code


@pytest.mark.parametrize(("token", "code"), [("t-ann", "FORBIDDEN"), ("t-bob", None), (None, None)])
def test_a_nested_command_asks_for_its_role_as_well(with_users: Sample, token: str | None, code: str | None) -> None:
    """A command for everybody is no way around the roles of another; trusted local callers need none."""

    @with_users.command("detour", access=LOCAL, effect=READ, result=WHO)
    def detour(ctx):
        return ctx.call("admins")

    assert with_users.open().call("detour", session_token=token).code == code


@pytest.mark.parametrize(
    ("command", "near", "far", "ann", "bob", "cat"),
    [
        ("public", "local", "anonymous", "anonymous", "anonymous", "anonymous"),
        ("local", "local", "UNAUTHENTICATED", "ann", "bob", "cat"),
        ("session", "UNAUTHENTICATED", "UNAUTHENTICATED", "ann", "bob", "cat"),
        ("admins", "UNAUTHENTICATED", "UNAUTHENTICATED", "FORBIDDEN", "bob", "FORBIDDEN"),
        ("staff", "UNAUTHENTICATED", "UNAUTHENTICATED", "ann", "bob", "FORBIDDEN"),
    ],
)
def test_access(with_users: Sample, command: str, near: str, far: str, ann: str, bob: str, cat: str) -> None:
    """A trusted caller needs no session for local commands, the network does; roles need one of theirs."""
    bus = with_users.open()
    assert outcome(bus.call(command)) == near
    assert outcome(bus.answer(Request(command, is_local=False))) == far
    for token, expected in {"t-ann": ann, "t-bob": bob, "t-cat": cat}.items():
        assert outcome(bus.answer(Request(command, session_token=token, is_local=False))) == expected
        if command != "public":
            assert outcome(bus.call(command, session_token=token)) == expected


@pytest.mark.parametrize("command", ["local", "session", "admins"])
def test_an_unknown_session_is_no_session(with_users: Sample, command: str) -> None:
    """Also for a trusted caller: whoever names a session means it."""
    bus = with_users.open()
    assert outcome(bus.call(command, session_token="gone")) == "UNAUTHENTICATED"
    assert outcome(bus.answer(Request(command, session_token="gone", is_local=False))) == "UNAUTHENTICATED"


def test_without_an_authenticator_no_session_lives(guarded: Sample) -> None:
    """Every command that needs a session is refused; trusted callers go on with the others."""
    bus = guarded.open()
    for command in ("session", "admins", "staff"):
        for token in (None, "t-bob"):
            assert outcome(bus.call(command, session_token=token)) == "UNAUTHENTICATED"
            assert outcome(bus.answer(Request(command, session_token=token, is_local=False))) == "UNAUTHENTICATED"
    assert outcome(bus.answer(Request("local", session_token="t-bob", is_local=False))) == "UNAUTHENTICATED"
    assert outcome(bus.call("local", session_token="t-bob")) == "local"


def test_a_stranger_learns_nothing_about_a_protected_contract(sample: Sample) -> None:
    """Whatever the arguments, the key, the mode: one and the same answer, without the contract's warnings."""

    @sample.command(
        "locked",
        access=AUTHENTICATED,
        version=2,
        deprecated="use unlocked",
        params={"pin": fields.Int64(required=True, code="invalid_pin")},
    )
    def locked(ctx, pin):
        return {}

    bus = sample.open()
    answers = [
        bus.answer(Request("locked", args, mode=mode, idempotency_key=key, is_local=is_local, correlation_id="c"))
        for args in ({}, {"pin": "x"}, {"pin": 1}, {"more": [[[]]]})
        for mode in (None, "sync", "queue")
        for key in (None, "k")
        for is_local in (True, False)
    ]
    assert len({json.dumps(answer.to_dict()) for answer in answers}) == 1
    assert answers[0].error == {
        "code": "UNAUTHENTICATED",
        "message": "locked needs a live session; log in and send its session_token",
        "details": None,
    }
    assert answers[0].warnings == []


def test_a_wrong_role_learns_which_roles_would_do(with_users: Sample) -> None:
    envelope = with_users.open().call("admins", {"bad": 1}, session_token="t-ann")
    assert envelope.error["message"] == "admins needs one of the roles admin"


def test_the_first_plugin_that_knows_a_session_names_the_principal(sample: Sample) -> None:
    """And nobody is asked after it."""
    asked = []
    other = Plugin("other", requires=["sample"])

    def authenticator(plugin: Plugin, known: str | None) -> None:
        @plugin.hook
        def bus_authenticate(token: str) -> Principal | None:
            asked.append(plugin.name)
            return Principal(f"from-{plugin.name}") if known in (None, token) else None

    authenticator(other, "o")
    authenticator(sample.plugin, None)

    @sample.command("session", access=AUTHENTICATED, effect=READ, result=WHO)
    def session(ctx):
        return {"who": ctx.principal.id}

    bus = sample.open("sqlite://", other)
    assert outcome(bus.call("session", session_token="o")) == "from-other"
    assert outcome(bus.call("session", session_token="s")) == "from-sample"
    assert asked == ["other", "other", "sample"]


def test_an_authenticator_may_read_the_database(sample: Sample, database_url: str) -> None:
    """Before the unit of work begins, on either database."""

    @sample.plugin.hook
    def bus_authenticate(token, database):
        with database.reader().transaction(write=False) as kept:
            found = kept.db.exec_driver_sql("SELECT text FROM sample_row").scalars().all()
        return Principal(token) if token in found else None

    @sample.command("enrol", params={"text": fields.Text(required=True)})
    def enrol(ctx, text):
        add(ctx.db, text)
        return {}

    @sample.command("session", access=AUTHENTICATED, result=WHO)
    def session(ctx):
        add(ctx.db, "seen")
        return {"who": ctx.principal.id}

    bus = sample.open(database_url)
    assert outcome(bus.call("session", session_token="ann")) == "UNAUTHENTICATED"
    assert bus.call("enrol", {"text": "ann"}).ok
    assert outcome(bus.call("session", session_token="ann")) == "ann"
    assert texts(bus) == ["ann", "seen"]


@pytest.mark.parametrize("named", ["ann", 5, {"id": "ann"}, Principal("local"), Principal("anonymous")])
def test_a_principal_that_cannot_be_is_a_failure(sample: Sample, named: Any) -> None:
    """A user who calls himself "local" would see everybody's jobs."""

    @sample.plugin.hook
    def bus_authenticate():
        return named

    @sample.command("session", access=AUTHENTICATED, effect=READ, result=WHO)
    def session(ctx):
        return {"who": "somebody"}

    assert outcome(sample.open().call("session", session_token="t")) == "HANDLER_ERROR"


def test_a_failing_authenticator_is_a_failure(sample: Sample, capsys: pytest.CaptureFixture[str]) -> None:
    """Never a way in, never an exception; the log says where."""

    @sample.plugin.hook
    def bus_authenticate():
        raise ZeroDivisionError

    @sample.command("session", access=AUTHENTICATED, effect=READ, result=WHO)
    def session(ctx):
        return {"who": "somebody"}

    envelope = sample.open().call("session", session_token="t", correlation_id="c1")
    assert outcome(envelope) == "HANDLER_ERROR"
    record = json.loads(capsys.readouterr().err)
    assert (record["event"], record["correlation_id"]) == ("call_failed", "c1")
    assert "ZeroDivisionError" in record["exception"]


@pytest.mark.parametrize("access", [LOCAL, AUTHENTICATED, roles("admin")], ids=["local", "session", "role"])
def test_a_stranger_gets_no_further_than_public_commands(sample: Sample, database_url: str, access: Any) -> None:
    """Neither through a command for everybody that calls another one, nor through the queue."""
    ran = []
    sample.command("inner", access=access)(lambda ctx: ran.append("inner") or {})
    sample.command("open", access=PUBLIC)(lambda ctx: ran.append("open") or {})

    @sample.command("door", access=PUBLIC, params={"to": fields.Text(required=True)})
    def door(ctx, to):
        ctx.call(to)
        return {}

    @sample.command("post", access=PUBLIC)
    def post(ctx):
        ctx.submit("inner")
        return {}

    bus = sample.open(database_url, workers)
    assert bus.answer(Request("door", {"to": "open"}, is_local=False)).ok
    assert bus.answer(Request("door", {"to": "inner"}, is_local=False)).code == "FORBIDDEN"
    assert bus.answer(Request("post", is_local=False)).ok
    Hand(bus).work()
    (job,) = bus.call("job_list").data["items"]
    assert (job["state"], ran) == ("failed", ["open"])
    assert bus.call("job_get", {"job_id": job["id"]}).data["job"]["envelope"]["error"]["code"] == "FORBIDDEN"
