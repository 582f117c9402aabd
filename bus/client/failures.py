"""What goes wrong between a caller and a bus elsewhere, beside what envelopes tell.

    Exception
    ├── ConnectionError
    │   └── NoAnswer              no envelope came; ``was_sent`` says whether the command may have run
    │       └── NoAnswerInTime    nor did one come within the time the caller gave
    └── CommandError              a command was refused, for callers who would rather catch than look (safe_invoke)

Not here: which of them are tried again (bus/client/calling.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class NoAnswer(ConnectionError):
    """No envelope came back. The message says what happened and what to do.

    Args:
        why: what happened, as a sentence.
        was_sent: whether any of the request may have reached the bus; False: the command did not run.
        is_passing: whether trying again may help.
        retry_after_s: how long whoever answered asks to wait; None: nobody asked.
    """

    def __init__(
        self, why: str, *, was_sent: bool, is_passing: bool = True, retry_after_s: float | None = None
    ) -> None:
        super().__init__(why)
        #: Any attempt counts.
        self.was_sent = was_sent
        self.is_passing = is_passing
        self.retry_after_s = retry_after_s

    def __str__(self) -> str:
        return f"{self.args[0]}; the command {'may have run' if self.was_sent else 'did not run'}"


class NoAnswerInTime(NoAnswer, TimeoutError):
    """The time is up. If an answer comes later, nobody hears it."""

    def __init__(self, where: str, *, was_sent: bool) -> None:
        super().__init__(f"{where} gave no answer in time", was_sent=was_sent, is_passing=False)


class CommandError(Exception):
    """A command was refused, or nobody answered it.

    Args:
        code: for programs: the envelope's code; TIMEOUT: no answer in time; UNREACHABLE: no answer at all.
        message: for people.
        original_message: what the bus said.
        details: of the envelope's error.
        correlation_id: the call's name in the logs.
        command: what was called.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        original_message: str,
        details: Mapping[str, Any] | None,
        correlation_id: str,
        command: str,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.original_message = original_message
        self.details = details
        self.correlation_id = correlation_id
        self.command = command
