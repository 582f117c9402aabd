"""Questions as JSON lines, and what the lines that come back mean.

Not here: sending and reading them (bus/client/lines_sync.py, lines_async.py), what a line may hold (bus/stdio.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bus import wire
from bus.client.answers import error_of, is_still_running
from bus.client.failures import NoAnswer
from bus.client.steps import Dispatch, Look, Reply

#: Codes of answers that another time may bring others; HTTP tells as much by its status.
PASSING = frozenset(("DATABASE_BUSY", "QUEUE_UNAVAILABLE", "RATE_LIMITED"))
#: Most bytes of lines that wait for their answers: more could fill the pipes both ways, and nobody would read.
MOST_WAITING = 32_768


def lines_for(question: Dispatch | Look) -> list[bytes]:
    """The lines that ask a question."""
    if isinstance(question, Look):
        job = {"command": "job_get", "args": {"job_id": question.job_id}, "correlation_id": question.correlation_id}
        question = Dispatch((job,), question.session_token)
    token = {} if question.session_token is None else {"session_token": question.session_token}
    return [wire.encode({**token, **request}) + b"\n" for request in question.requests]


def windows(lines: Sequence[bytes]) -> list[list[bytes]]:
    """The lines in groups; each group is answered before the next one is sent."""
    groups: list[list[bytes]] = []
    size = 0
    for line in lines:
        if not groups or size + len(line) > MOST_WAITING:
            groups.append([])
            size = 0
        groups[-1].append(line)
        size += len(line)
    return groups


def reply_of(question: Dispatch | Look, answers: Sequence[bytes]) -> Reply:
    """What the answers say.

    Raises:
        NoAnswer: they are not the bus's.
    """
    try:
        values = [wire.decode_stored(answer) for answer in answers]
    except ValueError:
        raise NoAnswer("the answer is no JSON; is this the socket of a bus?", was_sent=True, is_passing=False) from None
    if isinstance(question, Dispatch) and question.is_batch:
        return Reply(values)
    error = error_of(values[0])
    if error is None:
        return Reply(values[0])
    details: Mapping[str, Any] = error["details"] or {}
    is_passing = error["code"] in PASSING or is_still_running(error)
    return Reply(values[0], is_passing, details.get("retry_after_seconds"))
