"""Whether a command as it is now would run with stored or recorded arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bus.errors import BusError

if TYPE_CHECKING:
    from bus.command import Command


def refusal(command: Command, args: dict[str, Any]) -> str | None:
    """Why a command would not run with these arguments, which may be changed meanwhile; None: it would."""
    try:
        command.load(args)
    except Exception as error:  # noqa: BLE001  # a cast or a validator of the contract's own may fail as well
        return reason_of(error)
    return None


def reason_of(error: Exception) -> str:
    """Code and sentence of what stands in the way."""
    if isinstance(error, BusError):
        return f"{error.answer_code}: {error.message}"
    return f"HANDLER_ERROR: {type(error).__name__}: {error}"
