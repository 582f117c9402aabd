"""What a client does one after another, as plain data: ask, wait, open a stream, read it, hand something on.

The ways of a call (bus/client/calling.py, following.py) are generators of such steps and decide everything; what
carries a step out is sent back into them, and what goes wrong is thrown into them. So Client and AsyncClient differ in
nothing but how they wait.

Not here: carrying steps out (bus/client/client.py, async_client.py).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from bus.client.failures import NoAnswer

T = TypeVar("T")


@dataclass(frozen=True)
class Dispatch:
    """One request, or several at once."""

    #: Members as in the reference, without the session token.
    requests: tuple[dict[str, Any], ...]
    session_token: str | None
    #: Whether the answer is a list.
    is_batch: bool = False


@dataclass(frozen=True)
class Look:
    """How does a job stand?"""

    job_id: str
    session_token: str | None
    correlation_id: str
    #: How long to wait for its end before answering, milliseconds.
    wait_ms: int = 0


@dataclass(frozen=True)
class Follow:
    """Tell of a job until it has ended."""

    job_id: str
    session_token: str | None
    correlation_id: str
    #: The id of the last event already seen; None: tell from now on.
    after: str | None = None


class Reply(NamedTuple):
    """What came back."""

    #: As JSON says it; envelopes where the bus has answered.
    value: Any
    #: Whether trying again may bring another one.
    is_passing: bool = False
    #: How long the bus asks to wait before that; None: it does not say.
    retry_after_s: float | None = None


@dataclass(frozen=True)
class Event:
    """Something happened to a job."""

    #: ``state``, ``progress`` or, as the last one, ``envelope``.
    kind: str
    data: dict[str, Any]
    #: Its place in the stream; None: the stream has none.
    id: str | None = None


@dataclass(frozen=True)
class Ask:
    """Send it, and come back with the ``Reply``."""

    question: Dispatch | Look
    #: Seconds.
    timeout_s: float


@dataclass(frozen=True)
class Open:
    """Come back with a stream; with a ``Reply`` where the bus does not tell."""

    question: Follow
    timeout_s: float


@dataclass(frozen=True)
class Next:
    """Come back with the next ``Event`` of a stream; None: it has ended."""

    #: What came of ``Open``.
    stream: Any


@dataclass(frozen=True)
class Pause:
    """Come back later."""

    seconds: float


Step = Ask | Open | Next | Pause | Event
#: A way of a call; ends with its outcome.
Steps = Generator[Step, Any, T]


class Walk(Generic[T]):
    """A way under way: iterate over its steps, and leave what came of each one as ``came``."""

    def __init__(self, steps: Steps[T]) -> None:
        self._steps = steps
        #: What came of the step in hand; a ``NoAnswer`` is thrown into the way.
        self.came: Any = None
        self._outcome: list[T] = []

    def __iter__(self) -> Iterator[Step]:
        while True:
            try:
                is_failure = isinstance(self.came, NoAnswer)
                step = self._steps.throw(self.came) if is_failure else self._steps.send(self.came)
            except StopIteration as end:
                self._outcome.append(end.value)
                return
            self.came = None
            yield step

    @property
    def outcome(self) -> T:
        """What the way led to, once it has been walked."""
        return self._outcome[0]
