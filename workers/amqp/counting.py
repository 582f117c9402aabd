"""How many letters wait in RabbitMQ. Nobody can tell how long: to look at one is to have it delivered.

Each queue is asked for on a channel of its own, which RabbitMQ closes where there is no such queue.

Not here: jobs, which are counted in SQL (bus/jobs/overview.py).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from workers.amqp.line import Line

#: Seconds an answer is waited for: an operator looks because something is wrong.
COUNT_TIMEOUT_S = 2.0
#: RabbitMQ's reply code and the beginning of its words; it says 404 as well of a queue whose node is down.
_NO_QUEUE = (404, "NOT_FOUND - no queue")


class Question(NamedTuple):
    """Queues to be counted; and who waits for it."""

    queues: frozenset[str]
    #: Letters of those that have been counted.
    found: dict[str, int]
    answer: Future[dict[str, int]]


class Counts:
    """A guest of the publisher's line.

    Args:
        line: whoever asks wakes it.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self._asked: deque[Question] = deque()
        self._connection: Any = None

    def ask(self, queues: Iterable[str]) -> Future[dict[str, int]]:
        """Leave a question; the answer comes when all queues are counted. From any thread."""
        question = Question(frozenset(queues), {}, Future())
        self._asked.append(question)
        return question.answer

    def opened(self, connection: Any, prefix: str) -> None:
        """There is somebody to ask."""
        self._connection = connection

    def look(self) -> None:
        """Ask what was left here."""
        while self._asked:
            question = self._asked.popleft()
            if question.answer.set_running_or_notify_cancel():
                for queue in question.queues:
                    count = self._line.guard(partial(self._count, question, queue))
                    self._connection.channel(on_open_callback=count)

    def _count(self, question: Question, queue: str, channel: Any) -> None:
        guard = self._line.guard
        channel.add_on_close_callback(guard(partial(self._closed, question, queue)))
        channel.queue_declare(queue, passive=True, callback=guard(partial(self._counted, question, queue, channel)))

    def _counted(self, question: Question, queue: str, channel: Any, frame: Any) -> None:
        self._found(question, queue, frame.method.message_count)
        channel.close()

    def _closed(self, question: Question, queue: str, _channel: Any, error: Any) -> None:
        """The queue was counted, or RabbitMQ closes the channel and says why."""
        if queue in question.found or question.answer.done():
            return
        code, words = _NO_QUEUE
        if getattr(error, "reply_code", None) == code and error.reply_text.startswith(words):
            self._found(question, queue, 0)
        else:
            question.answer.set_exception(error)

    @staticmethod
    def _found(question: Question, queue: str, letters: int) -> None:
        question.found[queue] = letters
        if question.found.keys() == question.queues and not question.answer.done():
            question.answer.set_result(question.found)

    def lost(self, error: Exception) -> None:
        """Tell whoever has not been asked for yet; the others hear of it by their channels."""
        while self._asked:
            answer = self._asked.popleft().answer
            if answer.set_running_or_notify_cancel():
                answer.set_exception(error)
