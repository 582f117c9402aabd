"""The publisher's side of RabbitMQ: it wakes workers and takes letters, over one line a process.

Not here: what is said on the line (workers/amqp/post.py), what becomes of a letter (workers/amqp/mailbox.py).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import TimeoutError as TimedOut
from typing import TYPE_CHECKING

from bus.errors import QueueUnavailable
from bus.jobs.port import Waiting
from workers.amqp.counting import COUNT_TIMEOUT_S, Counts
from workers.amqp.line import CLOSE_S, Line
from workers.amqp.post import NotTaken, Post
from workers.brokers.identity import mail_key, prefix_of
from workers.letters.seal import Seal

if TYPE_CHECKING:
    from bus.database import Database
    from bus.jobs.rows import Row
    from bus.settings import Settings
    from workers.amqp.ears import AmqpListener
    from workers.amqp.place import Place
    from workers.bells.notify import NotifyEar
    from workers.letters.mail import Mail, Workplace

#: Seconds a caller waits for RabbitMQ to connect and to confirm its letters.
TIMEOUT_S = 5.0

_beginning = threading.Lock()


class AmqpCarrier:
    """Wakes workers, and takes letters; costs a publisher of jobs nothing but a note.

    Args:
        place: where RabbitMQ is.
        database: whose workers are meant.
        settings: hold the keys.
    """

    def __init__(self, place: Place, database: Database, settings: Settings) -> None:
        self._place = place
        self._database = database
        self.seal = Seal(settings.signing_keys, settings.keep_jobs_hours * 3_600_000)
        self._post: Post | None = None
        self._counts: Counts | None = None
        self._line: Line | None = None
        self._prefix = ""

    def announce(self, queues: Iterable[str]) -> None:
        """Wake a worker of each queue."""
        post, line = self._begun()
        post.ring(queues)
        line.wake()

    def send(self, rows: Sequence[Row]) -> None:
        """Put letters into their mailboxes."""
        post, line = self._begun()
        answer = post.send([self._letter(row) for row in rows])
        line.wake(hurry=True)
        try:
            answer.result(TIMEOUT_S)
        except Exception as error:
            answer.cancel()  # what is not on its way yet need not go
            raise QueueUnavailable(
                f"RabbitMQ did not take the request ({_why(error)}); call again, it may run twice then"
            ) from error

    def _letter(self, row: Row) -> tuple[str, bytes]:
        queue = self._mail(row.queue)
        return queue, self.seal.write(row, queue.encode())

    def _mail(self, queue: str) -> str:
        self._prefix = self._prefix or prefix_of(self._database)
        return mail_key(self._prefix, queue)

    def waiting(self, queues: Iterable[str]) -> dict[str, Waiting]:
        """How many letters wait; nobody can tell how long."""
        mail = {queue: self._mail(queue) for queue in queues}
        _, line = self._begun()
        assert self._counts is not None
        answer = self._counts.ask(mail.values())
        line.wake(hurry=True)
        try:
            found = answer.result(COUNT_TIMEOUT_S)
        except Exception as error:
            answer.cancel()
            raise QueueUnavailable(f"RabbitMQ did not tell what waits ({type(error).__name__}); ask again") from error
        return {queue: Waiting(found[name], None) for queue, name in mail.items()}

    def _begun(self) -> tuple[Post, Line]:
        if self._post is None or self._line is None or self._line.pid != os.getpid():  # threads do not follow a fork
            self._begin()
        assert self._post is not None
        assert self._line is not None
        return self._post, self._line

    def _begin(self) -> None:
        with _beginning:
            if self._line is None or self._line.pid != os.getpid():
                line = Line(self._place, self._database, "publisher")
                self._post, self._counts = Post(line), Counts(line)
                line.add(self._post)
                line.add(self._counts)
                self._line = line

    def listener(self) -> AmqpListener:
        """The other end of what publishers ring."""
        from workers.amqp.ears import AmqpListener  # a publisher needs none

        return AmqpListener(self._place, self._database)

    def mail(self, workplace: Workplace, ear: Callable[[str], NotifyEar]) -> Mail:
        """The letters of a worker process."""
        from workers.amqp.mail import AmqpMail  # most workers have none

        return AmqpMail(workplace, self._place, self.seal)

    def flush(self, queues: Iterable[str]) -> None:
        """Lose all of these queues."""
        from workers.amqp.flushing import flush  # a drill's alone

        flush(self._place, prefix_of(self._database), queues)

    def close(self) -> None:
        """Ring for the last time, and let go of the connection."""
        if self._post is not None and self._line is not None and self._line.pid == os.getpid():
            self._post.wait_still(CLOSE_S)
            self._line.close()


def _why(error: Exception) -> str:
    if isinstance(error, TimedOut):
        return f"no confirmation within {TIMEOUT_S:g} s"
    return str(error) if isinstance(error, NotTaken) else type(error).__name__


def _after_fork() -> None:
    global _beginning  # noqa: PLW0603  # somebody may have held it, and that thread is not here
    _beginning = threading.Lock()


os.register_at_fork(after_in_child=_after_fork)
