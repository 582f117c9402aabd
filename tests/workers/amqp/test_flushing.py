"""What a drill deletes at RabbitMQ is what it has there itself."""

from __future__ import annotations

import pytest
from pika.exceptions import ChannelClosedByBroker

from bus.errors import QueueUnavailable
from bus.jobs.port import Flushable
from tests.deeds import deeds
from workers import workers
from workers.amqp.flushing import flush
from workers.amqp.place import place_of
from workers.brokers.identity import prefix_of

#: RabbitMQ's reply code.
NOT_FOUND = 404
OURS = ("wake:mine", "wake:mail:mine", "mail:mine", "refused")


def left(server, names):
    """Those of the queues that there are."""
    with server.connect() as connection:
        there = set()
        for name in names:
            channel = connection.channel()
            try:
                channel.queue_declare(name, passive=True)
            except ChannelClosedByBroker as error:
                if error.reply_code != NOT_FOUND:
                    raise
            else:
                there.add(name)
        return there


def test_every_queue_of_a_database_goes_and_no_other(rabbitmq_server, sqlite_url, open_bus):
    bus = open_bus(sqlite_url, broker=rabbitmq_server.url, plugins=[deeds, workers])
    assert isinstance(bus.provider, Flushable)
    prefix = prefix_of(bus.database)
    mine = {prefix + name for name in OURS}
    others = {f"charterbus:b:{name}" for name in OURS} | {f"{prefix}wake:another"}
    with rabbitmq_server.connect() as connection:
        for name in mine | others:
            connection.channel().queue_declare(name)
    assert left(rabbitmq_server, mine | others) == mine | others

    bus.provider.flush(["mine"])
    bus.provider.flush(["mine"])  # what is gone may go again

    assert left(rabbitmq_server, mine | others) == others
    with rabbitmq_server.connect() as connection:
        for name in others:
            connection.channel().queue_delete(name)


def test_a_rabbitmq_that_does_not_answer_is_told():
    with pytest.raises(QueueUnavailable, match="RabbitMQ was not flushed"):
        flush(place_of("amqp://127.0.0.1:1"), "charterbus:a:", ["mine"])
