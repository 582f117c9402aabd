"""Text that is too long or too strange, in every text argument of every command, as the contracts have them.

Whatever it is, the answer is a refusal with a code of the contract or a success, within seconds, and never
``HANDLER_ERROR``: nobody below was surprised.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import marshmallow as ma
import pytest

from bus.contract import INTERNAL
from plugins.identity import identity
from tests.plugins.identity.caller import Caller, World
from tests.plugins.identity.test_matrix import COMMANDS

pytestmark = pytest.mark.any_database

MIB = 2**20
STRANGE = {
    "a mebibyte": "x" * MIB,
    "combining marks": "e" + "\u0301" * 5_000,
    "one that unfolds": "\ufdfa" * 200,
    "right to left": "\u202eadmin\u202c",
    "invisible": "\u200b\u200d\ufeff",
    "not a character": "\uffff\ufdd0",
    "beyond the first plane": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 20,
    "private use": "\U0010fffd",
    "a null": "a\x00b",
    "a lone surrogate": "\ud800",
    "lines and colours": "a\r\nb\u2028c\x1b[31md\x07",
    "SQL": "'; DROP TABLE identity_users; --",
    "LIKE": "%_\\%",
    "a format": "%s%n{0.__class__}{{7*7}}${jndi:ldap://x}",
    "JSON": '{"$ne": null}]}',
    "a path": "../../../../etc/passwd\x7f",
    "longer in capitals": "\u1e9e\u0130\ufb03" * 40,
    "blanks of all kinds": "\u00a0\u1680\u2003\u3000\u205f",
    "an email beyond its form": f"{'a' * 64}@{'b.' * 90}example.com",
    "an address with everything": '"a b"(c)@[127.0.0.1]',
    "digits of other scripts": "\u0661\u0662\u0663\u0664\u0665\u0666",
    "slow for a pattern": "a" * 250 + "!",
    "nothing": "",
}
#: A pattern that backtracks or a text that is hashed again and again takes far longer.
MOST_S = 20
TEXTS = (ma.fields.String,)
OPEN = {contract.name: contract for contract in identity.contracts if contract.access != INTERNAL}


def places(schema: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where text goes in the arguments of a schema."""
    for name, field in schema.fields.items():
        inner, here = field, (*path, name)
        if isinstance(field, ma.fields.List):
            inner, here = field.inner, (*path, name, 0)
        if isinstance(inner, ma.fields.Nested):
            yield from places(inner.schema, here)
        elif isinstance(inner, TEXTS):
            yield here


def with_text(args: dict[str, Any], path: tuple[str | int, ...], text: str) -> dict[str, Any]:
    """The arguments with text at one place, objects and lists made on the way to it."""
    name, *rest = path
    if not rest:
        return args | {name: text}
    if rest[0] == 0:
        return args | {name: [text]}
    inner = {"device_type": "desktop", "os": "X"} if name == "device_info" else {}
    return args | {name: with_text(inner, tuple(rest), text)}


ARGUMENTS = [
    pytest.param(name, place, id=f"{name}-{'.'.join(map(str, place))}")
    for name, contract in sorted(OPEN.items())
    for place in places(contract.Params())
]


def test_the_contracts_were_looked_through() -> None:
    found = {(param.values[0], *param.values[1]) for param in ARGUMENTS}
    assert {("auth_login", "device_info", "browser"), ("resolve_security_alert", "actions_taken", 0)} <= found
    assert {("auth_refresh_token", "refresh_token"), ("get_users", "search"), ("update_user", "phone")} <= found
    assert len(found) > 45


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("command", "place"), ARGUMENTS)
def test_attack_strange_text_in_an_argument(world: World, command: str, place: tuple[str | int, ...]) -> None:
    person = world.person()
    caller = world.as_role("admin")
    args = dict(COMMANDS.get(command, ({"user_id": person.id}, ""))[0])
    if "user_id" in args:
        args["user_id"] = person.id
    for kind, text in STRANGE.items():
        started = time.monotonic()
        envelope = caller.envelope(command, **with_text(args, place, text))
        assert time.monotonic() - started < MOST_S, kind
        known = {None, "VALIDATION_ERROR", "FORBIDDEN", *(error.code for error in OPEN[command].errors)}
        assert envelope.code in known, (kind, envelope)
        if envelope.code == "VALIDATION_ERROR":
            assert len(str(envelope.error)) < 1_000, kind
    assert caller.is_live
    assert world.bus.call("system_health").ok


@pytest.mark.parametrize("kind", STRANGE)
def test_attack_strange_text_around_a_call(world: World, kind: str) -> None:
    """As session token, correlation id, idempotency key, command and version."""
    text, admin = STRANGE[kind], world.as_role("admin")
    answers = [
        Caller(world.bus, text).envelope("get_users"),
        world.bus.call("get_users", {}, session_token=admin.token, correlation_id=text),
        world.bus.call("ban_user", {"user_id": text}, session_token=admin.token, idempotency_key=text),
        world.bus.call(text or "-", {}, session_token=admin.token),
        world.bus.call(f"get_users@{text}", {}, session_token=admin.token),
    ]
    codes = [envelope.code for envelope in answers]
    assert codes[:2] == ["UNAUTHENTICATED", None]
    assert codes[2] in ("NOT_FOUND", "VALIDATION_ERROR")
    assert set(codes[3:]) <= {"UNKNOWN_COMMAND", "UNKNOWN_VERSION", "VALIDATION_ERROR"}
    assert all(len(envelope.correlation_id) <= 128 for envelope in answers)
