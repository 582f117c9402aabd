"""``GET /jobs/{id}``: a job as its publisher and the operators see it, at once or when it has ended.

Whoever asks goes through the command ``job_get``: what a session may not see does not exist for it.

Not here: following a job (bus/gateway/events.py).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from bus import ids
from bus.envelope import Envelope
from bus.errors import InvalidArguments
from bus.gateway.commands import answered
from bus.gateway.headers import Head, read_head
from bus.gateway.queries import read_query, whole
from bus.gateway.replies import Reply, plain, reply
from bus.jobs.states import ENDED
from bus.requests import lifted, refused_envelope

if TYPE_CHECKING:
    from bus.gateway.application import Gateway

#: Longest wait of one request, milliseconds: proxies give up on what is silent for long.
MOST_WAIT_MS = 30_000


class Asker:
    """Somebody on the network who asks for one job, as often as needed.

    Args:
        gateway: asks for them.
        head: of their request.
        job_id: the job.
    """

    def __init__(self, gateway: Gateway, head: Head, job_id: str) -> None:
        self._gateway = gateway
        self._head = head
        members = {name: value for name, value in head.members.items() if name != "idempotency_key"}
        # All looks of one request are one call.
        members["correlation_id"] = lifted("correlation_id", members.get("correlation_id", ids.correlation_id()))
        self._members = {"command": "job_get", **members}
        self._job_id = job_id

    async def ask(self) -> Envelope:
        """The envelope of ``job_get``."""
        members = {**self._members, "args": {"job_id": self._job_id}}
        return await self._gateway.threads.run(answered, self._gateway.bus, members, self._head)


async def job_reply(gateway: Gateway, scope: Any, job_id: str) -> Reply:
    """The job; with ``?wait_ms=``, as soon as it has ended or that time is over."""
    head = read_head(scope)
    if isinstance(head, str):
        return plain(400, head)
    try:
        wait_ms = whole(read_query(scope, "wait_ms"), "wait_ms", 0, MOST_WAIT_MS) or 0
    except InvalidArguments as error:
        envelope = refused_envelope({"command": "job_get", **head.members}, error)
    else:
        asker = Asker(gateway, head, job_id)
        envelope = await (_ended(gateway, asker, job_id, wait_ms / 1_000) if wait_ms else asker.ask())
    return reply(envelope, gateway.bus.registry, head, scope.get("root_path", ""))


async def _ended(gateway: Gateway, asker: Asker, job_id: str, wait_s: float) -> Envelope:
    """The job when it has ended, or as it is after ``wait_s``."""
    give_up = time.monotonic() + wait_s
    with gateway.watching.watch(job_id) as watch:
        while True:
            envelope = await asker.ask()
            if has_ended(envelope) or watch.is_over:
                return envelope
            left_s = give_up - time.monotonic()
            if left_s <= 0:
                return envelope
            await watch.changed(left_s)


def has_ended(envelope: Envelope) -> bool:
    """Whether an answer of ``job_get`` is the last one to wait for."""
    return envelope.data is None or envelope.data["job"]["state"] in ENDED
