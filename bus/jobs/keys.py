"""What a contract says about its jobs' keys, and the key of one job.

    QueuePolicy(key="task:{task_id}", limit=1, rate=Rate(100, per_ms=60_000), unique="report:{day}")

A template names arguments of the contract. Keys are shared by every command that makes the same text of them.

Not here: letting the jobs of a key go (bus/jobs/gates.py), filling a template (bus/templates.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from bus.templates import filled

if TYPE_CHECKING:
    from bus.command import Command


class Keys(NamedTuple):
    """What the row of a job says about its keys."""

    key: str | None
    limit: int | None
    rate_count: int | None
    rate_ms: int | None
    unique: str | None


def keys_of(command: Command, values: Mapping[str, Any]) -> Keys | None:
    """The keys of a job, or None for a command without any.

    Args:
        command: in the version that was asked for; what the newest one says counts, for that is what runs.
        values: the loaded arguments of the newest version.
    """
    while command.newer is not None:
        command = command.newer
    policy = command.queue
    if policy.key is None and policy.unique is None:
        return None
    rate = policy.rate
    return Keys(
        None if policy.key is None else filled(policy.key, values),
        None if policy.key is None else policy.limit,
        None if rate is None else rate.count,
        None if rate is None else rate.per_ms,
        None if policy.unique is None else filled(policy.unique, values),
    )
