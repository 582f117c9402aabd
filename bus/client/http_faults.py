"""What httpx2 says went wrong, in our words, and the times it is given.

Not here: what is tried again (bus/client/calling.py).
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator

import httpx2

from bus.client.failures import NoAnswer, NoAnswerInTime

#: Longest time for a connection to be made, seconds.
CONNECT_S = 5.0
#: A stream that says nothing for so long is cut, seconds: the bus says something every 15.
SILENCE_S = 45.0
#: Each watch holds a connection; how many calls there are at a time is up to whoever calls.
LIMITS = httpx2.Limits(max_connections=None, max_keepalive_connections=100)
#: Failures before anything was sent.
_UNSENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)


def patience(timeout_s: float, silence_s: float | None = None) -> httpx2.Timeout:
    """What httpx2 may take for each of its steps."""
    return httpx2.Timeout(timeout_s if silence_s is None else silence_s, connect=min(timeout_s, CONNECT_S))


def is_stream(response: httpx2.Response) -> bool:
    """Whether events follow."""
    return response.is_success and response.headers.get("content-type", "").startswith("text/event-stream")


@contextlib.contextmanager
def told(where: str) -> Generator[None]:
    """Say in our words what goes wrong inside.

    Raises:
        NoAnswer: something did.
    """
    try:
        yield
    except NoAnswer:
        raise
    except _UNSENT as error:
        raise NoAnswer(f"{where} cannot be reached ({_words(error)})", was_sent=False) from error
    except (httpx2.TimeoutException, TimeoutError) as error:
        raise NoAnswerInTime(where, was_sent=True) from error
    except httpx2.UnsupportedProtocol as error:
        raise NoAnswer(f"{where} is no address of a bus ({error})", was_sent=False, is_passing=False) from error
    except httpx2.HTTPError as error:
        raise NoAnswer(f"{where} broke off ({_words(error)})", was_sent=True) from error


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ")
