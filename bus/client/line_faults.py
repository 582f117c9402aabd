"""What goes wrong on a socket of lines, in our words, and the time that is left.

Not here: what is tried again (bus/client/calling.py).
"""

from __future__ import annotations

import contextlib
import select
import time
from collections.abc import Generator

from bus.client.failures import NoAnswer, NoAnswerInTime

#: Read at once.
CHUNK_BYTES = 64 * 1024


@contextlib.contextmanager
def told(where: str, *, was_sent: bool) -> Generator[None]:
    """Say in our words what goes wrong inside.

    Args:
        where: the place that is asked, for people.
        was_sent: whether the request, or a part of it that may run, was sent before what happens inside. A line
            that is cut off is no request.

    Raises:
        NoAnswer: something did.
    """
    try:
        yield
    except TimeoutError as error:
        raise NoAnswerInTime(where, was_sent=was_sent) from error
    except (OSError, EOFError) as error:
        why = getattr(error, "strerror", None) or "the other end closed it"
        state = "broke off" if was_sent else "cannot be reached"
        raise NoAnswer(f"{where} {state} ({why})", was_sent=was_sent) from error


def left_s(deadline_s: float) -> float:
    """Seconds until then.

    Raises:
        TimeoutError: none.
    """
    left = deadline_s - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def has_news(descriptor: int) -> bool:
    """Whether an idle connection has something to say: that it has ended."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))
