"""``safe_invoke``: call a command, get its data, or catch one kind of error.

It is for programs whose people read what went wrong: the correlation id always travels, arguments are copied, errors
carry a text for people beside the bus's own words, and each call leaves one line in the log and one measurement.

Not here: the texts (bus/client/texts.py), what a log may show of arguments (redacting.py), what is tried again
(calling.py; a Bus in process repeats nothing).
"""

from __future__ import annotations

import contextlib
import copy
import json
import time
from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, Unpack

from bus import logs
from bus.client.ambient import correlation_of
from bus.client.answers import error_of, is_envelope
from bus.client.async_client import AsyncClient
from bus.client.client import Client
from bus.client.failures import CommandError, NoAnswer, NoAnswerInTime
from bus.client.in_process import InProcess
from bus.client.redacting import redacted
from bus.client.texts import TEXTS, text_for

if TYPE_CHECKING:
    from bus.application import Bus

log = logs.get("bus.client")

#: Longest wait for an answer, milliseconds.
TIMEOUT_MS = 120_000


class Measurement(NamedTuple):
    """One call, for whoever counts them."""

    command: str
    duration_ms: float
    is_success: bool


class Invocation(TypedDict, total=False):
    """What ``safe_invoke`` may be told."""

    #: None: the client's own.
    session_token: str | None
    #: None: the one among the arguments, that of the call around this one, or a new one.
    correlation_id: str | None
    #: Makes of the data what is returned; what it raises is raised.
    validator: Callable[[Any], Any] | None
    #: Longest wait for an answer, milliseconds; 120,000 unless said otherwise.
    timeout_ms: float
    version: int | None
    #: Calls that write are repeated by themselves only with one.
    idempotency_key: str | None
    #: Code -> text for people, in their language; what is left out is told in English.
    texts: Mapping[str, str]
    #: Is told of each call.
    measure: Callable[[Measurement], None] | None


def safe_invoke(
    bus: Client | Bus, command: str, args: Mapping[str, Any] | None = None, **options: Unpack[Invocation]
) -> Any:
    """The data of a command's answer; of a queued one its job; a reply that is no envelope as it came.

    Args:
        bus: of another process, or of this one.
        command: its name, also ``name@version``.
        args: its arguments; they stay as they are.
        options: as ``Invocation`` says.

    Raises:
        CommandError: the command was refused (with its code), gave no answer in time (TIMEOUT; a later one is
            dropped), or the bus cannot be reached (UNREACHABLE).
    """
    call = _Call(command, args, options)
    with call.told():
        ask = bus.ask if isinstance(bus, Client) else InProcess(bus).ask
        call.reply = ask(command, call.args, **call.sent())
        return call.result()


async def safe_invoke_async(
    bus: AsyncClient | Bus, command: str, args: Mapping[str, Any] | None = None, **options: Unpack[Invocation]
) -> Any:
    """``safe_invoke`` for an event loop, which goes on meanwhile."""
    call = _Call(command, args, options)
    with call.told():
        ask = bus.ask if isinstance(bus, AsyncClient) else InProcess(bus).ask_async
        call.reply = await ask(command, call.args, **call.sent())
        return call.result()


class _Call:
    """One call under way."""

    def __init__(self, command: str, args: Mapping[str, Any] | None, options: Invocation) -> None:
        self._command = command
        self._options = options
        #: A copy through and through: a handler of this process gets it as it is.
        self.args: dict[str, Any] = copy.deepcopy(dict(args or {}))
        self._correlation_id = correlation_of(options.get("correlation_id"), self.args)
        #: What came back; set by whoever asks.
        self.reply: Any = None

    def sent(self) -> dict[str, Any]:
        """The options of the call itself."""
        return {
            "session_token": self._options.get("session_token"),
            "version": self._options.get("version"),
            "idempotency_key": self._options.get("idempotency_key"),
            "correlation_id": self._correlation_id,
            "timeout_ms": self._options.get("timeout_ms", TIMEOUT_MS),
        }

    def result(self) -> Any:
        """What the caller gets for the reply.

        Raises:
            CommandError: it is a refusal.
        """
        reply = self.reply
        if not is_envelope(reply):
            return reply
        if not reply["ok"]:
            error = error_of(reply) or {}
            raise self._error(error.get("code", "HANDLER_ERROR"), error.get("message", ""), error.get("details"))
        if reply.get("job") is not None and reply.get("data") is None:
            return reply["job"]
        validator = self._options.get("validator")
        return reply.get("data") if validator is None else validator(reply.get("data"))

    @contextlib.contextmanager
    def told(self) -> Generator[None]:
        """One line in the log and one measurement of what happens inside; no answer becomes a CommandError."""
        began_s = time.perf_counter()
        outcome, code = "failed", None
        try:
            try:
                yield
            except NoAnswer as failure:
                code = "TIMEOUT" if isinstance(failure, NoAnswerInTime) else "UNREACHABLE"
                raise self._error(code, str(failure), None) from failure
            outcome = "ok"
        except CommandError as refusal:
            outcome, code = "refused" if refusal.__cause__ is None else "failed", refusal.code
            raise
        finally:
            self._tell((time.perf_counter() - began_s) * 1000, outcome, code)

    def _tell(self, duration_ms: float, outcome: str, code: str | None) -> None:
        # As text: the log masks by rules of its own, and would hide that something was redacted.
        args = json.dumps(redacted(self.args), ensure_ascii=False, default=str)
        (log.info if outcome == "ok" else log.warning)(
            "command_called",
            command=self._command,
            correlation_id=self._correlation_id,
            duration_ms=round(duration_ms, 1),
            outcome=outcome,
            error_code=code,
            args=args,
        )
        measure = self._options.get("measure")
        if measure is not None:
            measure(Measurement(self._command, duration_ms, outcome == "ok"))

    def _error(self, code: str, said: str, details: Mapping[str, Any] | None) -> CommandError:
        return CommandError(
            code,
            text_for(code, said, self._options.get("texts") or TEXTS),
            original_message=said,
            details=details,
            correlation_id=self._correlation_id,
            command=self._command,
        )
