"""How these tests speak to a bus: as somebody with a token or without, and who there is to be."""

from __future__ import annotations

import dataclasses
import itertools
import os
import uuid
from typing import TYPE_CHECKING, Any

import pyotp
import sqlalchemy as sa

from plugins.identity.passwords import hashed
from plugins.identity.sessions import SESSION_MS, TOKEN_MS
from plugins.identity.tables import user_sessions, users
from plugins.identity.tokens import new_pair
from tests.plugins.standing import execute

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.testing import FakeClock

START_MS = 1_772_355_600_000  # 2026-03-01T09:00:00.000Z
MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000
#: Well-formed, and nobody's.
NIL = "00000000-0000-0000-0000-000000000000"
PASSWORD, OTHER_PASSWORD = "Corr3ct-Horse-Battery!", "Lavender-Tractor-Sonata-8"
ROLES = ("admin", "supervisor", "technician", "viewer")

_hashes: dict[tuple[str, str | None], str] = {}
_numbers = itertools.count()


def hash_of(password: str) -> str:
    """A hash of the password; making one takes long enough to keep it."""
    made_at = (password, os.environ.get("BUS_PASSWORD_MEMORY_KIB"))
    return _hashes.setdefault(made_at, _hashes.get(made_at) or hashed(password))


@dataclasses.dataclass(frozen=True)
class Caller:
    """Calls commands on one bus with one token."""

    bus: Bus
    token: str | None = None

    def envelope(self, command: str, /, **args: Any) -> Any:
        """The whole answer."""
        return self.bus.call(command, args, session_token=self.token)

    def __call__(self, command: str, /, **args: Any) -> Any:
        """The data of a call that succeeds."""
        envelope = self.envelope(command, **args)
        assert envelope.ok, envelope
        return envelope.data

    def refusal(self, command: str, /, **args: Any) -> dict[str, Any]:
        """The error of a call that is refused."""
        envelope = self.envelope(command, **args)
        assert not envelope.ok, envelope
        assert envelope.data is None
        return envelope.error

    def code(self, command: str, /, **args: Any) -> str:
        """The code of a call that is refused."""
        return self.refusal(command, **args)["code"]

    @property
    def is_live(self) -> bool:
        """Whether the token still opens anything."""
        code = self.envelope("auth_validate_session").code
        assert code in (None, "UNAUTHENTICATED"), code
        return code is None


@dataclasses.dataclass
class Person:
    """Somebody with an account."""

    bus: Bus
    id: str
    email: str
    username: str

    def attempt(self, password: str = PASSWORD, **args: Any) -> Any:
        """The answer to a login."""
        return self.bus.call("auth_login", {"email": self.email, "password": password, **args})

    def grant(self, password: str = PASSWORD, **args: Any) -> dict[str, Any]:
        """What a login that succeeds opens."""
        envelope = self.attempt(password, **args)
        assert envelope.ok, envelope
        return envelope.data

    def login(self, password: str = PASSWORD, **args: Any) -> Caller:
        """A caller with a session of this person."""
        return Caller(self.bus, self.grant(password, **args)["token"])


class World:
    """Makes people, and looks at what is stored."""

    def __init__(self, bus: Bus, clock: FakeClock) -> None:
        self.bus = bus
        self.clock = clock

    def person(self, role: str = "viewer", **columns: Any) -> Person:
        """Somebody who has an account already, as after an import."""
        number = next(_numbers)
        row = {
            "id": str(uuid.uuid4()),
            "email": f"person{number}@example.com",
            "username": f"person{number}",
            "password_hash": hash_of(PASSWORD),
            "first_name": "Pat",
            "last_name": f"Smith{number}",
            "role": role,
            "created_at": self.clock.now_ms(),
            "updated_at": self.clock.now_ms(),
            **columns,
        }
        self.execute(sa.insert(users).values(row))
        return Person(self.bus, row["id"], row["email"], row["username"])

    def as_role(self, role: str) -> Caller:
        """A caller with this role, who logged in before: checking a password takes longer than most commands."""
        return self.session(self.person(role))

    def session(self, person: Person) -> Caller:
        """A caller with a session of this person, as a login leaves it."""
        pair, now_ms = new_pair(), self.clock.now_ms()
        times = dict.fromkeys(("issued_at", "last_activity", "created_at"), now_ms)
        ends = {"expires_at": now_ms + TOKEN_MS, "absolute_expires_at": now_ms + SESSION_MS}
        row = {"id": str(uuid.uuid4()), "user_id": person.id, **pair.hashes(), **times, **ends}
        self.execute(sa.insert(user_sessions).values(row))
        return Caller(self.bus, pair.token)

    def execute(self, statement: sa.Executable) -> list[Any]:
        """What another process does to the database."""
        return execute(self.bus, statement)

    def count(self, table: sa.Table, *conditions: Any) -> int:
        """How many rows there are."""
        return self.execute(sa.select(sa.func.count()).select_from(table).where(*conditions))[0][0]

    def events(self, *types: str) -> list[Any]:
        """What is on record, the oldest first; of these types alone."""
        from plugins.identity.tables import security_events

        rows = self.execute(sa.select(security_events).order_by(security_events.c.number))
        return [row for row in rows if not types or row.event_type in types]

    def last_activity(self, session_id: str) -> int:
        """As it is stored."""
        statement = sa.select(user_sessions.c.last_activity).where(user_sessions.c.id == session_id)
        return self.execute(statement)[0][0]

    def code(self, secret: str, steps: int = 0) -> str:
        """The code an authenticator shows, so many half minutes from now."""
        return pyotp.TOTP(secret).generate_otp(self.clock.now_ms() // 30_000 + steps)

    def with_two_factor(self, person: Person) -> tuple[str, list[str]]:
        """Enable a second factor: its key and its backup codes. The next half minute begins, so that codes are new."""
        caller = person.login()
        begun = caller("enable_2fa")
        caller("verify_2fa_setup", code=self.code(begun["secret"]))
        self.clock.advance(60_000)
        return begun["secret"], begun["backup_codes"]
