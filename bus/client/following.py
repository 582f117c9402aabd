"""The way of following a job: wait for its end, or watch it.

Over HTTP the bus tells of a job as it goes on, and a stream that is cut goes on after the last event seen. Where a
connection carries answers alone, the job is looked at again and again.

Not here: calls (bus/client/calling.py).
"""

from __future__ import annotations

import time
from typing import Any, NoReturn

from bus.client.ambient import correlation_of
from bus.client.answers import envelope_of
from bus.client.calling import Calling, JobOptions
from bus.client.failures import CommandError, NoAnswer
from bus.client.retrying import Trying
from bus.client.steps import Event, Follow, Look, Next, Open, Pause, Reply, Steps
from bus.client.texts import text_for
from bus.envelope import Envelope
from bus.errors import TimedOut
from bus.jobs.states import ENDED

#: Longest wait that one question asks for, milliseconds.
LONG_POLL_MS = 25_000
#: Seconds between two looks at a job, where nobody tells of it: the first pause, and the longest.
FIRST_LOOK_S, LONGEST_LOOK_S = 0.02, 0.25
#: What the event ``state`` tells of a job.
FACTS = ("id", "state", "attempt", "is_cancelled", "run_at")
#: Seconds that opening a stream may take.
OPEN_S = 30.0


class Following:
    """The ways to follow a job.

    Args:
        calling: whose session and patience they share.
        tells: whether the connection carries streams and long waits.
    """

    def __init__(self, calling: Calling, *, tells: bool) -> None:
        self._calling = calling
        self._tells = tells

    def wait(self, job_id: str, timeout_ms: float, options: JobOptions) -> Steps[Envelope]:
        """The envelope of a job, once it has ended.

        Raises:
            TimedOut: it has not ended within ``timeout_ms``; it goes on.
            LookupError: there is no such job, or it is somebody else's.
            CommandError: the bus refused to tell.
            NoAnswer: the bus did not answer.
        """
        give_up = time.monotonic() + timeout_ms / 1000
        look = self._look(job_id, options)
        pause_s = FIRST_LOOK_S
        while True:
            left_ms = max(0, int((give_up - time.monotonic()) * 1000))
            job = yield from self._seen(look, min(left_ms, LONG_POLL_MS) if self._tells else 0)
            if job["state"] in ENDED and job["envelope"] is not None:
                return _ended(job)
            left_s = give_up - time.monotonic()
            if left_s <= 0:
                raise TimedOut(
                    f"the job {job_id} is still {job['state']} after {timeout_ms:g} ms; it goes on",
                    {"state": job["state"]},
                )
            if not self._tells:
                yield Pause(min(pause_s, left_s))
                pause_s = min(pause_s * 1.5, LONGEST_LOOK_S)

    def watch(self, job_id: str, options: JobOptions) -> Steps[None]:
        """Events until the job has ended; the last one is its envelope.

        Raises:
            LookupError, CommandError, NoAnswer: as ``wait``.
        """
        return self._told(job_id, options) if self._tells else self._looked_at(job_id, options)

    def _told(self, job_id: str, options: JobOptions) -> Steps[None]:
        """Events as the bus tells them; after a cut it goes on where it was."""
        look = self._look(job_id, options)
        after: str | None = None
        trying: Trying | None = None
        while True:
            try:
                opened = yield Open(Follow(job_id, look.session_token, look.correlation_id, after), OPEN_S)
                if isinstance(opened, Reply):
                    _refuse(opened, job_id)
                trying = None  # what goes wrong from here on is another failure
                while (event := (yield Next(opened))) is not None:
                    after = event.id or after
                    if event.kind == "refused":  # the session has ended, or the job is gone
                        raise refusal(envelope_of(event.data), job_id)
                    yield event
                    if event.kind == "envelope":
                        return
                failure = NoAnswer(f"the bus ended the events of the job {job_id} too soon", was_sent=True)
            except NoAnswer as error:
                failure = error
            trying = trying or self._calling.trying(OPEN_S * 1000)
            pause_s = trying.pause_s(failure.retry_after_s) if failure.is_passing else None
            if pause_s is None:
                raise failure
            yield Pause(pause_s)

    def _looked_at(self, job_id: str, options: JobOptions) -> Steps[None]:
        """Events as one look differs from the last."""
        look = self._look(job_id, options)
        seen: dict[str, Any] = {}
        progress: dict[str, Any] | None = None
        pause_s = FIRST_LOOK_S
        while True:
            job = yield from self._seen(look, 0)
            if (facts := {name: job[name] for name in FACTS}) != seen:
                seen, pause_s = facts, FIRST_LOOK_S
                yield Event("state", facts)
            if job["progress"] != progress:
                progress, pause_s = job["progress"], FIRST_LOOK_S
                yield Event("progress", job["progress"])
            if job["state"] in ENDED and job["envelope"] is not None:
                yield Event("envelope", _ended(job).to_dict())
                return
            yield Pause(pause_s)
            pause_s = min(pause_s * 1.5, LONGEST_LOOK_S)

    def _look(self, job_id: str, options: JobOptions) -> Look:
        token = self._calling.token(options.get("session_token"))
        return Look(job_id, token, correlation_of(options.get("correlation_id")))

    def _seen(self, look: Look, wait_ms: int) -> Steps[dict[str, Any]]:
        """The job as ``job_get`` shows it."""
        trying = self._calling.trying(wait_ms + OPEN_S * 1000)
        question = Look(look.job_id, look.session_token, look.correlation_id, wait_ms)
        envelope = envelope_of((yield from self._calling.replied(question, trying)))
        if envelope.ok and envelope.data is not None:
            return envelope.data["job"]
        raise refusal(envelope, look.job_id)


def _refuse(reply: Reply, job_id: str) -> NoReturn:
    """Raise what a bus says that does not tell of a job."""
    envelope = envelope_of(reply.value)
    if reply.is_passing:
        why = f"the bus does not tell of the job {job_id} now ({envelope.code})"
        raise NoAnswer(why, was_sent=True, retry_after_s=reply.retry_after_s)
    raise refusal(envelope, job_id)


def refusal(envelope: Envelope, job_id: str) -> Exception:
    """Why there is nothing to tell of a job."""
    error: dict[str, Any] = envelope.error or {"code": "HANDLER_ERROR", "message": "", "details": None}
    if error["code"] == "job_not_found":
        return LookupError(f"there is no job {job_id}")
    return CommandError(
        error["code"],
        text_for(error["code"], error["message"]),
        original_message=error["message"],
        details=error["details"],
        correlation_id=envelope.correlation_id,
        command=envelope.command or "job_get",
    )


def _ended(job: dict[str, Any]) -> Envelope:
    envelope = Envelope.from_dict(job["envelope"])
    envelope.job = {"id": job["id"], "state": job["state"]}
    return envelope
