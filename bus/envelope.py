"""What goes in and what comes out: one request, one envelope, the same on every way in.

Not here: reading bytes (bus/wire.py), checking a request's members (bus/requests.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from bus.errors import BusError


class Absent:
    """The value of a member that was not given, where null would be a value."""


ABSENT = Absent()


class Peer(NamedTuple):
    """The other end of a network connection, as the transport sees it; never what a caller says of itself."""

    #: Its IP address.
    address: str
    #: What it calls its program; for people to read, proof of nothing.
    user_agent: str | None = None


@dataclass(slots=True)
class Request:
    """One call: the command, its arguments and what the caller says about how to run it."""

    #: Name, also ``name@version``.
    command: str
    args: dict[str, Any] = field(default_factory=dict[str, Any])
    #: None: the newest.
    version: int | None = None
    #: Empty: one was given that is none, and so nobody's.
    session_token: str | None = field(default=None, repr=False)
    correlation_id: str | None = None
    idempotency_key: str | None = None
    #: ``"sync"``, ``"queue"``, or None: as the contract says.
    mode: str | None = None
    #: Milliseconds until a queued command may run.
    delay_ms: int | None = None
    #: Epoch milliseconds before which a queued command may not run.
    run_at: int | None = None
    #: Lower runs first; None: as the contract says.
    priority: int | None = None
    #: Echoed in the envelope; ABSENT: the envelope has no ``id``.
    id: Any = ABSENT
    #: In process, stdio and command line are trusted; the network is not.
    is_local: bool = True
    #: Who sent it over the network; None: nobody did.
    peer: Peer | None = None
    #: A program on this machine calls what only other commands may (``Bus.call_internal``).
    is_internal: bool = False


class Envelope:
    """The one shape of every answer."""

    __slots__ = ("command", "correlation_id", "data", "error", "id", "job", "ok", "version", "warnings")

    #: The members in the order they are written.
    KEYS: ClassVar[tuple[str, ...]] = ("ok", "command", "version", "data", "error", "warnings", "correlation_id", "job")

    def __init__(
        self,
        ok: bool,
        command: str | None,
        version: int | None,
        data: dict[str, Any] | None,
        error: dict[str, Any] | None,
        correlation_id: str,
        warnings: list[str] | None = None,
        job: dict[str, Any] | None = None,
        id: Any = ABSENT,
    ) -> None:
        self.ok = ok
        self.command = command
        self.version = version
        self.data = data
        #: {"code": str, "message": str, "details": object or null}; null when ``ok``.
        self.error = error
        self.warnings = [] if warnings is None else warnings
        self.correlation_id = correlation_id
        #: {"id": str, "state": str, ...} of a queued command; null otherwise.
        self.job = job
        self.id = id

    @classmethod
    def failure(
        cls, command: str | None, version: int | None, error: BusError, correlation_id: str, id: Any = ABSENT
    ) -> Envelope:
        """The answer to a call that was refused."""
        body = {"code": error.answer_code, "message": error.message, "details": error.details}
        return cls(False, command, version, None, body, correlation_id, id=id)

    @classmethod
    def from_dict(cls, members: dict[str, Any]) -> Envelope:
        """Read what ``to_dict`` wrote."""
        return cls(**{key: members[key] for key in cls.KEYS}, id=members.get("id", ABSENT))

    def to_dict(self) -> dict[str, Any]:
        """The envelope as plain JSON values, members in their order; ``id`` first, if the request had one."""
        # Written out: every line of stdio and every stored answer passes here.
        members = {
            "ok": self.ok,
            "command": self.command,
            "version": self.version,
            "data": self.data,
            "error": self.error,
            "warnings": self.warnings,
            "correlation_id": self.correlation_id,
            "job": self.job,
        }
        return members if self.id is ABSENT else {"id": self.id, **members}

    @property
    def code(self) -> str | None:
        """The error's code; None when ``ok``."""
        return None if self.error is None else self.error["code"]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Envelope) and self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]  # mutable, compared by value

    def __repr__(self) -> str:
        return f"Envelope({self.to_dict()!r})"
