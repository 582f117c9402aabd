"""Letters in RabbitMQ: delivered ahead as far as they are quick, held until they are done with, found again."""

from __future__ import annotations

import pika
import pytest

from bus.database import Database
from bus.testing import wait_until
from tests.bus.database.proxy import Proxy
from tests.servers import HOST
from workers.amqp import mailbox as module
from workers.amqp.line import Line
from workers.amqp.mailbox import AmqpMailbox
from workers.amqp.names import MOST_REFUSED, mail_arguments, refused_key
from workers.amqp.place import place_of
from workers.bells.notify import NotifyEar
from workers.brokers.identity import mail_key, prefix_of

THREADS = 2


@pytest.fixture
def database(sqlite_url):
    database = Database(sqlite_url)
    yield database
    database.close()


@pytest.fixture
def address(database):
    return mail_key(prefix_of(database), "q")


@pytest.fixture
def proxy(rabbitmq_server):
    proxy = Proxy(HOST, rabbitmq_server.port)
    yield proxy
    proxy.close()


@pytest.fixture
def mailbox(database, address, proxy):
    line = Line(place_of(f"amqp://{HOST}:{proxy.port}"), database, "mailbox")
    mailbox = AmqpMailbox("q", address, THREADS, NotifyEar(), line)
    yield mailbox
    mailbox.close()
    line.close()
    line._thread.join()


@pytest.fixture
def put(rabbitmq_server, database, address):
    """Put letters into the queue."""

    def put_all(*texts: str) -> None:
        with rabbitmq_server.connect() as connection:
            channel = connection.channel()
            channel.queue_declare(address, durable=True, arguments=mail_arguments(prefix_of(database)))
            channel.confirm_delivery()
            for text in texts:
                channel.basic_publish("", address, text.encode(), pika.BasicProperties(delivery_mode=2))

    return put_all


@pytest.fixture
def count_left(rabbitmq_server, address):
    return lambda: rabbitmq_server.count(address)


def take(mailbox, most=1):
    """A batch, once one has come."""
    return wait_until(lambda: mailbox.take(most), 20, "a batch")


def has_said_all(mailbox):
    """Whether RabbitMQ has been told what is done with."""
    return not mailbox._done and not mailbox._refused


def test_letters_are_taken_in_their_order_and_held(mailbox, put, count_left):
    put("1", "2", "3")
    first = take(mailbox)
    wait_until(lambda: count_left() == 0 or len(mailbox._waiting), 20)

    assert first.letters == [b"1"]
    wait_until(lambda: len(mailbox._waiting) == THREADS - 1)
    assert take(mailbox).letters == [b"2"]
    assert count_left() == 1, "nobody knows yet what a letter costs: one for each thread"


def test_what_is_done_with_makes_room_for_the_next(mailbox, put, count_left):
    put("1", "2", "3")
    mailbox.let_go(take(mailbox))
    mailbox.let_go(take(mailbox))
    mailbox.let_go(take(mailbox))
    wait_until(lambda: has_said_all(mailbox))
    mailbox.close()

    assert count_left() == 0
    assert not mailbox._acks._open


def test_quick_letters_are_delivered_ahead_of_need_and_slow_ones_are_not(mailbox, put):
    put(*(str(n) for n in range(100)))
    mailbox.let_go(take(mailbox))
    for most in (2, 4, 8):
        batch = take(mailbox, most)
        assert len(batch.letters) <= most
        mailbox.let_go(batch)
    wait_until(lambda: len(mailbox._waiting) >= THREADS * 8, 20, "letters to be delivered ahead")
    ahead = sum(count for _, count in mailbox._tiers)
    assert THREADS * 8 <= ahead <= THREADS * 8 * 4

    mailbox.let_go(take(mailbox))
    wait_until(lambda: sum(count for _, count in mailbox._tiers) <= THREADS * 4, 20, "fewer to be wanted")


def test_large_letters_are_few(mailbox, put, monkeypatch):
    monkeypatch.setattr(module, "MOST_BATCH_BYTES", 1_000)
    put(*["x" * 400] * 12)
    mailbox.let_go(take(mailbox))
    mailbox.let_go(take(mailbox, 8))
    wait_until(lambda: len(mailbox._waiting) >= 5, 20)

    assert len(take(mailbox, 8).letters) == 3


def test_what_is_left_comes_first_again(mailbox, put):
    put("1", "2", "3", "4")
    mailbox._want(3)
    wait_until(lambda: len(mailbox._waiting) == 4)
    batch = take(mailbox, 3)
    batch.letters.pop()

    mailbox.put_back(batch)

    assert list(reversed(take(mailbox, 3).letters)) == [b"2", b"3", b"4"]
    assert mailbox._done or mailbox._acks._open[0] == 2, "1 is done with"


def test_what_lies_here_too_long_goes_back_and_comes_as_returned(mailbox, put, count_left, monkeypatch):
    """Only what nobody has begun; whatever is in hand stays."""
    monkeypatch.setattr(module, "LINGER_S", 0.1)
    put("1", "2", "3")
    in_hand = take(mailbox)

    wait_until(lambda: count_left() == 2, 20, "letters to go back")
    mailbox.let_go(in_hand)
    batch = take(mailbox)
    assert (batch.letters, batch.are_returned) == ([b"2"], True)
    assert take(mailbox).are_returned is False, "3 was never delivered"


def test_batches_do_not_mix_what_was_returned_with_what_was_not(mailbox, put, monkeypatch):
    monkeypatch.setattr(module, "LINGER_S", 0.1)
    put("1", "2")
    take(mailbox)
    wait_until(lambda: not mailbox._tiers, 20, "2 to go back")
    monkeypatch.setattr(module, "LINGER_S", 60)
    put("3")
    mailbox._want(4)
    wait_until(lambda: len(mailbox._waiting) == 2, 20)

    batches = [mailbox.take(4), mailbox.take(4)]
    assert [(batch.letters, batch.are_returned) for batch in batches] == [([b"2"], True), ([b"3"], False)]


def test_a_cut_line_forgets_what_it_held_and_gets_it_again(mailbox, put, proxy):
    """RabbitMQ gives it to whoever asks; an ack for the old delivery would be for another letter."""
    put("1", "2")
    batch = take(mailbox)
    for end in list(proxy._open):
        proxy._cut(end)
    wait_until(lambda: not mailbox._held, 20, "the loss to be seen")
    mailbox.let_go(batch)
    mailbox.put_back(batch)

    assert not mailbox._done
    assert not mailbox._waiting
    again = take(mailbox)
    assert (again.letters, again.are_returned) == ([b"1"], True)


def test_refused_letters_are_kept_aside_and_few(mailbox, put, count_left, rabbitmq_server, database):
    put(*(str(n) for n in range(5)))
    batch = take(mailbox)
    mailbox.refuse(batch.letters[-1], "why")
    mailbox.let_go(batch)
    aside = refused_key(prefix_of(database))

    wait_until(lambda: rabbitmq_server.count(aside) == 1, 20)
    with rabbitmq_server.connect() as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        for n in range(MOST_REFUSED + 5):
            channel.basic_publish("", aside, str(n).encode())
    assert rabbitmq_server.count(aside) == MOST_REFUSED


def test_a_mailbox_that_closes_gives_back_what_is_not_begun(mailbox, put, count_left):
    put("1", "2", "3")
    take(mailbox)
    wait_until(lambda: mailbox._waiting)

    mailbox.close()

    wait_until(lambda: count_left() == 2, 20)
