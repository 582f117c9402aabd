"""``bus queues``: how deep, how old, how fast. With ``--json`` the figures that autoscaling needs, in one document.

Not here: holding a queue back (bus/cli/pause.py).
"""

from __future__ import annotations

from typing import Any

import click

from bus.cli.asking import asking, json_option
from bus.cli.show import print_json, print_table

#: Units of an age, the largest that fits first, milliseconds.
_UNITS = (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000))


@click.command()
@json_option
def command(*, is_json: bool) -> None:
    """List the queues: waiting, scheduled and running jobs, the oldest one's age, the pace, pauses.

    With --json this is the one document that autoscaling reads: the figures of each queue and of all together.
    """
    with asking() as ask:
        found = ask("queue_list")
    if is_json:
        print_json(found)
        return
    print_queues(found["items"])


def print_queues(queues: list[dict[str, Any]]) -> None:
    """Print a table; letters have columns where a broker tells of any."""
    head = ("QUEUE", "WAITING", "FOR KEY", "SCHEDULED", "RUNNING", "OLDEST", "LAST MINUTE", "LAST HOUR", "PAUSED")
    has_letters = any(queue["letters"] is not None for queue in queues)
    letters = ("LETTERS", "OLDEST LETTER") if has_letters else ()
    rows = [_row(queue) + (_letters(queue) if has_letters else ()) for queue in queues]
    print_table((*head, *letters), rows)


def _letters(queue: dict[str, Any]) -> tuple[str, ...]:
    count = "" if queue["letters"] is None else str(queue["letters"])
    return count, "" if queue["oldest_letter_ms"] is None else age(queue["oldest_letter_ms"])


def _row(queue: dict[str, Any]) -> tuple[str, ...]:
    depth = [str(queue[name]) for name in ("waiting", "waiting_for_key", "scheduled", "running")]
    oldest = "" if queue["oldest_waiting_ms"] is None else age(queue["oldest_waiting_ms"])
    pace = str(queue["finished_minute"]), str(queue["finished_hour"])
    paused = (queue["pause_reason"] or "yes") if queue["is_paused"] else ""
    return queue["name"], *depth, oldest, *pace, paused


def age(ms: int) -> str:
    """A length of time for people: ``3 d``, ``12 s``, ``40 ms``."""
    unit, length = next((unit for unit in _UNITS if ms >= unit[1]), ("ms", 1))
    return f"{max(0, ms) // length} {unit}"
