"""Losing what RabbitMQ holds of a database, as a node that was set back does, and nothing else: every queue is named.

Not here: who wants that (workers/drill).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bus.errors import QueueUnavailable
from workers.amqp.names import refused_key
from workers.brokers.identity import MAIL, mail_key, wake_key

if TYPE_CHECKING:
    from workers.amqp.place import Place


def flush(place: Place, prefix: str, queues: Iterable[str]) -> None:
    """Delete every queue of a database that has these queues.

    Raises:
        QueueUnavailable: RabbitMQ did not answer.
    """
    import pika  # a drill alone wants this

    names = [
        name
        for queue in queues
        for name in (wake_key(prefix, queue), wake_key(prefix, MAIL + queue), mail_key(prefix, queue))
    ]
    try:
        connection: Any = pika.BlockingConnection([place.parameters(n) for n in range(len(place.hosts))])
        try:
            channel = connection.channel()
            for name in (*names, refused_key(prefix)):
                channel.queue_delete(name)
        finally:
            connection.close()
    except Exception as error:
        raise QueueUnavailable(f"RabbitMQ was not flushed ({type(error).__name__}: {error}); try again") from error
