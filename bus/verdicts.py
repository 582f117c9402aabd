"""What an exception out of a handler, or from around it, means to the caller; the unforeseen is logged here, once.

Not here: what a database's exception means (bus/database/faults.py), what becomes of a job (bus/jobs/performing.py).
"""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

from bus import logs
from bus.database import faults
from bus.errors import (
    BusError,
    Cancelled,
    DatabaseBusy,
    DatabaseFailed,
    Forbidden,
    HandlerFailed,
    IdempotencyConflict,
    InvalidArguments,
    QueueUnavailable,
    Refusal,
    TimedOut,
)
from bus.runs import OwnershipLost
from bus.storable import json_fault

if TYPE_CHECKING:
    from bus.command import Command

#: Exceptions that are answers already, or that no answer can stand for.
ANSWERS = (
    TimedOut,
    Cancelled,
    DatabaseBusy,
    QueueUnavailable,
    IdempotencyConflict,
    HandlerFailed,
    OwnershipLost,
    KeyboardInterrupt,
)


def judge(command: Command, error: BaseException, correlation_id: str) -> BaseException:
    """What an exception out of a handler means to the caller; the unforeseen is logged here, once."""
    if isinstance(error, ANSWERS):
        return error
    if isinstance(error, Refusal | Forbidden) or (isinstance(error, InvalidArguments) and not error.is_nested):
        why = _refusal_fault(command, error)
        if why is None:
            return error
    else:
        fault = None if isinstance(error, BusError) else faults.translate(error, reading=command.is_read)
        if fault is not None:
            return fault
        why = "raised what its contract does not foresee"
    return _failed("handler_failed", command, error, correlation_id, why)


def answer_of(command: Command, error: Exception, correlation_id: str) -> BusError:
    """What an exception from around a handler means to the caller: from an authenticator, a cast, a validator."""
    fault = faults.translate(error)
    return fault or _failed("call_failed", command, error, correlation_id, "failed around its handler")


def _refusal_fault(command: Command, error: BusError) -> str | None:
    """Why a handler's refusal cannot be answered as it is; None when it can."""
    if isinstance(error, Refusal) and error.code not in command.allowed_codes:
        return f"refused with {error.code}, which its contract does not list"
    fault = json_fault([error.message, error.details])
    return fault and f"refused with {error.code}, whose values {fault}"


def _failed(event: str, command: Command, error: BaseException, correlation_id: str, why: str) -> HandlerFailed:
    logs.get("bus").error(
        event,
        command=command.key,
        plugin=command.plugin,
        why=why,
        correlation_id=correlation_id,
        **_cause(command, error),
    )
    failed = DatabaseFailed if faults.is_of_database(error) else HandlerFailed
    return failed(f"{command.name} failed; the log has the cause under the correlation id {correlation_id}")


def _cause(command: Command, error: BaseException) -> dict[str, Any]:
    """What the log may show of an exception: of a secret command's not its text, which may quote an argument."""
    if not command.contract.secret:
        return {"exc_info": error}
    lines = traceback.format_tb(error.__traceback__)
    return {"exception": f"Traceback (most recent call last):\n{''.join(lines)}{type(error).__name__}"}
