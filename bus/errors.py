"""Everything that can go wrong, as one tree.

Exception
├── SetupError            wrong set-up: stops the start with a sentence that says what to do
└── BusError              reaches the caller inside an envelope: code, message, details
    ├── UnknownCommand        UNKNOWN_COMMAND
    ├── UnknownVersion        UNKNOWN_VERSION
    ├── Unauthenticated       UNAUTHENTICATED
    ├── Forbidden             FORBIDDEN
    ├── RateLimited           RATE_LIMITED
    ├── InvalidArguments      VALIDATION_ERROR, or the code of the first field at fault
    ├── PayloadTooLarge       PAYLOAD_TOO_LARGE
    ├── IdempotencyConflict   IDEMPOTENCY_CONFLICT
    ├── DatabaseBusy          DATABASE_BUSY       (nothing was written; safe to repeat)
    │   └── DatabaseLocked    DATABASE_BUSY       (by another transaction)
    ├── QueueUnavailable      QUEUE_UNAVAILABLE
    ├── TimedOut              TIMEOUT
    ├── Cancelled             CANCELLED
    ├── HandlerFailed         HANDLER_ERROR       (the cause is in the log, under the correlation id)
    │   ├── DatabaseFailed    HANDLER_ERROR       (the cause is the database's)
    │   └── CommitUnknown     HANDLER_ERROR       (the answer to a commit was lost)
    └── Refusal               a domain's own codes, defined beside its contracts

Not here: turning database drivers' errors into these (bus/database/faults.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar


class SetupError(Exception):
    """Wrong set-up; the message is one sentence that says what to do."""


class BusError(Exception):
    """An answer that is not ``ok``: a code for programs, a message for people, details as JSON."""

    code: ClassVar[str] = "HANDLER_ERROR"

    def __init__(self, message: str, details: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.details = dict(details) if details else None

    @property
    def answer_code(self) -> str:
        """The code the caller sees."""
        return self.code


class UnknownCommand(BusError):
    """No plugin answers this command. Callers check the spelling against ``command_list``."""

    code = "UNKNOWN_COMMAND"

    @classmethod
    def named(cls, name: str) -> UnknownCommand:
        """The answer to a name, whether nobody answers it or callers are not to know who does."""
        return cls(f"no plugin answers the command {name[:200]!r}; `command_list` names those that exist")


class UnknownVersion(BusError):
    """The command exists, this version of it does not. Callers use a version listed in details."""

    code = "UNKNOWN_VERSION"


class Unauthenticated(BusError):
    """The command needs a live session and the call carried none. Callers log in again."""

    code = "UNAUTHENTICATED"


class Forbidden(BusError):
    """The session is live but its role may not run this command."""

    code = "FORBIDDEN"


class RateLimited(BusError):
    """Too many calls. Callers wait ``details.retry_after_seconds``."""

    code = "RATE_LIMITED"


class InvalidArguments(BusError):
    """The request or its arguments break the contract; ``details.fields`` maps each bad field to its messages."""

    code = "VALIDATION_ERROR"

    def __init__(
        self, message: str, fields: Mapping[str, Sequence[str]] | None = None, code: str | None = None
    ) -> None:
        details = (
            {"fields": {name: list(messages) for name, messages in fields.items()}} if fields is not None else None
        )
        super().__init__(message, details)
        self.own_code = code
        #: Whether the arguments are those of a command that the one called by the caller called in its turn.
        self.is_nested = False

    @property
    def answer_code(self) -> str:
        """The code named by the first field at fault, else VALIDATION_ERROR."""
        return self.own_code or self.code


class PayloadTooLarge(BusError):
    """A request is larger, deeper or longer than the limits of the bus."""

    code = "PAYLOAD_TOO_LARGE"


class IdempotencyConflict(BusError):
    """The idempotency key was used with other arguments, or its first call is still running."""

    code = "IDEMPOTENCY_CONFLICT"


class DatabaseBusy(BusError):
    """The database is locked, away, full or read-only. Nothing was written; repeating is safe."""

    code = "DATABASE_BUSY"


class DatabaseLocked(DatabaseBusy):
    """Another transaction holds what is needed, for longer than the bus waits."""


class QueueUnavailable(BusError):
    """The command cannot be queued here. Nothing was stored."""

    code = "QUEUE_UNAVAILABLE"


class TimedOut(BusError):
    """The command ran past its time limit and was stopped; its unit of work was rolled back."""

    code = "TIMEOUT"


class Cancelled(BusError):
    """Somebody cancelled the job."""

    code = "CANCELLED"


class HandlerFailed(BusError):
    """Something unforeseen happened inside a handler; the log has it under the correlation id."""

    code = "HANDLER_ERROR"


class DatabaseFailed(HandlerFailed):
    """The database is damaged, or refused a statement; waiting does not help."""


class CommitUnknown(HandlerFailed):
    """The connection was lost during the commit: the change was made whole or not at all, nobody knows which."""

    def __init__(self) -> None:
        super().__init__(
            "the connection to the database was lost during the commit; the change was made whole or not at all: "
            "look before you repeat it, or use an idempotency key"
        )


class Refusal(BusError):
    """A domain's "no": one class, one code. Subclasses set ``code`` and ``message``.

    The keyword arguments fill the placeholders of ``message`` and become ``details``, all of them
    or those named in ``shown``; with none to show, ``details`` is null.
    """

    message: ClassVar[str] = ""  # type: ignore[misc]  # each refusal's instance replaces the template by the sentence
    #: Names of the arguments that appear in ``details``; None shows all.
    shown: ClassVar[tuple[str, ...] | None] = None

    def __init__(self, **values: Any) -> None:
        cls = type(self)
        shown = values if cls.shown is None else {name: values[name] for name in cls.shown if name in values}
        super().__init__(cls.message.format(**values), shown)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if not cls.__dict__.get("code"):
            raise SetupError(f'the refusal {cls.__qualname__} has no code of its own; give it code = "..."')
