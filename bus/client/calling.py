"""The way of a call: ask, and ask again where that is safe.

Repeating is safe when the request was never sent, when the command only reads, and when the call has an idempotency
key: a repeated one gets the first answer. What a command does is asked of the bus (``command_describe``) when it first
matters, and remembered. Everything else is left to whoever called, who knows what a second time would do.

Not here: jobs (bus/client/following.py), what is tried how often (bus/client/retrying.py).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypedDict

from bus.client.ambient import correlation_of
from bus.client.answers import envelope_of, is_envelope
from bus.client.batches import Batch
from bus.client.failures import NoAnswer
from bus.client.requesting import members_of, refused_here
from bus.client.retrying import Retries, Trying
from bus.client.steps import Ask, Dispatch, Look, Pause, Reply, Steps
from bus.envelope import Envelope


class JobOptions(TypedDict, total=False):
    """What may be said beside the id of a job."""

    #: None: the client's own.
    session_token: str | None
    #: None: the one among the arguments, that of the call around this one, or a new one.
    correlation_id: str | None


class Options(JobOptions, total=False):
    """What a call may say beside its command and arguments; see ``Bus.call`` for those not described here."""

    version: int | None
    idempotency_key: str | None
    mode: str | None
    delay_ms: int | None
    run_at: int | None
    priority: int | None
    #: How long the call may take with all its attempts, milliseconds; None: as the client says.
    timeout_ms: float | None


class Facts(NamedTuple):
    """What decides whether a command may be repeated."""

    is_read: bool
    #: Whether an idempotency key means anything to it; to a secret command it does not.
    takes_key: bool


class Calling:
    """The ways of all calls of one client.

    Args:
        session_token: of calls that bring none.
        timeout_ms: of calls that name none.
        retries: how what may be repeated is repeated.
    """

    def __init__(self, session_token: str | None, timeout_ms: float, retries: Retries) -> None:
        self.session_token = session_token
        self.timeout_ms = timeout_ms
        self.retries = retries
        self._known: dict[str, Facts] = {}

    def ask(self, command: str, args: Mapping[str, Any] | None, options: Options) -> Steps[Any]:
        """What the other end replies, as JSON says it.

        Raises:
            NoAnswer: it does not.
        """
        trying = self.trying(options.get("timeout_ms"))
        members = members_of({**options, "command": command, "args": args or {}})
        refused = refused_here(members)
        if refused is not None:
            return refused.to_dict()
        question = Dispatch((members,), self.token(options.get("session_token")))
        return (yield from self.replied(question, trying, lambda: self._may_repeat(question, trying)))

    def call(self, command: str, args: Mapping[str, Any] | None, options: Options) -> Steps[Envelope]:
        """The envelope.

        Raises:
            NoAnswer: none came.
        """
        return envelope_of((yield from self.ask(command, args, options)))

    def batch(
        self, requests: Sequence[Mapping[str, Any]], timeout_ms: float | None, session_token: str | None = None
    ) -> Steps[list[Envelope]]:
        """The envelopes of many requests, in their order; ``timeout_ms`` is for all of them together.

        Raises:
            NoAnswer: they did not all come.
        """
        trying = self.trying(timeout_ms)
        batch = Batch(requests)
        for part in batch.parts():
            question = Dispatch(part, self.token(session_token), is_batch=True)
            may_repeat = functools.partial(self._may_repeat, question, trying)
            batch.take((yield from self.replied(question, trying.afresh(), may_repeat)))
        return batch.envelopes()

    def submit_many(self, command: str, many: Sequence[Mapping[str, Any]], options: Options) -> Steps[list[Envelope]]:
        """Queue a command with each of many arguments; the envelopes in their order.

        Raises:
            NoAnswer: they did not all come.
        """
        shared = {"correlation_id": correlation_of(options.get("correlation_id")), "mode": "queue"}
        requests = [{**options, **shared, "command": command, "args": args} for args in many]
        return self.batch(requests, options.get("timeout_ms"), options.get("session_token"))

    def token(self, own: str | None) -> str | None:
        """The session token of a call."""
        return self.session_token if own is None else own

    def trying(self, timeout_ms: float | None) -> Trying:
        """The attempts of a call that begins now."""
        return Trying.within(self.retries, self.timeout_ms if timeout_ms is None else timeout_ms)

    def replied(
        self, question: Dispatch | Look, trying: Trying, may_repeat: Callable[[], Steps[bool]] | None = None
    ) -> Steps[Any]:
        """What comes back in the end.

        Args:
            question: what is asked.
            trying: how often and how long.
            may_repeat: whether it is safe to ask again after it was sent, looked at when it matters; None: it is.

        Raises:
            NoAnswer: nothing comes back.
        """
        was_sent = False
        while True:
            outcome: Reply | NoAnswer
            try:
                outcome = yield Ask(question, trying.left_s())
            except NoAnswer as failure:
                outcome = failure
            is_unsent = isinstance(outcome, NoAnswer) and not outcome.was_sent
            was_sent = was_sent or not is_unsent
            pause_s = None
            if outcome.is_passing and (is_unsent or may_repeat is None or (yield from may_repeat())):
                pause_s = trying.pause_s(outcome.retry_after_s)
            if pause_s is not None:
                yield Pause(pause_s)
            elif isinstance(outcome, Reply):
                return outcome.value
            else:
                outcome.was_sent = was_sent
                raise outcome

    def _may_repeat(self, question: Dispatch, trying: Trying) -> Steps[bool]:
        for request in question.requests:
            has_key = "idempotency_key" in request
            patience = trying.once() if has_key else trying.afresh()
            facts = yield from self._facts(request, question.session_token, patience)
            is_safe = has_key if facts is None else facts.is_read or (has_key and facts.takes_key)
            # Each time a command is queued it is another job, also one that reads.
            if not is_safe or (request.get("mode") == "queue" and not has_key):
                return False
        return True

    def _facts(self, request: dict[str, Any], session_token: str | None, trying: Trying) -> Steps[Facts | None]:
        """What the bus says of the command of a request; None: it does not say."""
        name = str(request.get("command")).partition("@")[0]
        if name not in self._known:
            described = {"command": "command_describe", "args": {"command": name}}
            named = {**described, "correlation_id": request["correlation_id"]}
            question = Dispatch((named,), session_token)
            try:
                reply = yield from self.replied(question, trying)
            except NoAnswer:
                return None
            if not is_envelope(reply) or not reply["ok"]:
                return None
            self._known[name] = Facts(reply["data"]["effect"] == "read", not reply["data"]["is_secret"])
        return self._known[name]
