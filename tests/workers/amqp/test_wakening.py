"""Publishers ring, sleepers wake: who is busy leaves the token to others, and no publisher waits for RabbitMQ."""

from __future__ import annotations

import os
import socket
import threading
import time

import pytest

from bus.database import Database
from bus.settings import Settings
from bus.testing import wait_until
from tests.bus.database.proxy import Proxy
from tests.servers import HOST
from workers import workers
from workers.amqp.carrier import AmqpCarrier
from workers.amqp.ears import AmqpListener
from workers.amqp.names import MOST_TOKENS
from workers.amqp.place import place_of
from workers.bells import SilentBell
from workers.brokers.identity import prefix_of, wake_key


@pytest.fixture
def database(sqlite_url):
    database = Database(sqlite_url)
    yield database
    database.close()


@pytest.fixture
def make_bell(database, rabbitmq_server):
    bells = []

    def make(url=None):
        bells.append(AmqpCarrier(place_of(url or rabbitmq_server.url), database, Settings()))
        return bells[-1]

    yield make
    for bell in bells:
        bell.close()


@pytest.fixture
def make_listener(database, rabbitmq_server):
    listeners = []

    def make(url=None):
        listeners.append(AmqpListener(place_of(url or rabbitmq_server.url), database))
        return listeners[-1]

    yield make
    for listener in listeners:
        listener.close()
        listener._line._thread.join()


@pytest.fixture
def count_tokens(rabbitmq_server, database):
    return lambda queue="default": rabbitmq_server.count(wake_key(prefix_of(database), queue))


@pytest.fixture
def with_queue(make_listener):
    """Queues that somebody listened to once, so that tokens stay in them."""

    def declare(*queues):
        listener = make_listener()
        for queue in queues:
            listen(listener, queue)
        listener.close()
        listener._line._thread.join()

    return declare


@pytest.fixture
def proxy(rabbitmq_server):
    """A line to the server that can be cut."""
    proxy = Proxy(HOST, rabbitmq_server.port)
    yield proxy
    proxy.close()


def listen(listener, queue="default"):
    """An ear that lies, whose subscription RabbitMQ has confirmed."""
    ear = listener.ear(queue)
    ear.lie_down()
    wait_until(lambda: is_heard(listener, ear), 20, "the subscription")
    return ear


def is_heard(listener, ear):
    return ear.is_subscribed and listener._channel is not None and not listener._channel._blocking


def is_woken(ear, timeout_s=20.0):
    """Whether somebody rings before the time is over."""
    return ear._event.wait(timeout_s)


def test_each_publish_leaves_a_token_at_its_queue(make_bell, with_queue, count_tokens):
    with_queue("default", "other")
    bell = make_bell()
    bell.announce({"default", "other"})
    bell.announce(["default"])

    wait_until(lambda: (count_tokens(), count_tokens("other")) == (2, 1))


def test_tokens_that_nobody_takes_are_few(make_bell, with_queue, count_tokens):
    with_queue("default")
    bell = make_bell()
    bell.announce(["default"] * 100)
    wait_until(lambda: count_tokens() == MOST_TOKENS)
    bell.announce(["default"] * 100)
    bell.close()

    assert count_tokens() == MOST_TOKENS


def test_a_bus_that_is_closed_has_rung_before(make_bell, with_queue, count_tokens):
    """A program that publishes and ends does not leave its job to the workers' next look."""
    with_queue("default")
    bell = make_bell()
    bell.announce(["default"])
    bell.close()

    assert count_tokens() == 1


def test_a_bell_that_never_rang_has_no_thread(make_bell):
    make_bell()
    assert "bus-amqp-publisher" not in {thread.name for thread in threading.enumerate()}


def test_a_sleeper_is_woken_and_the_token_is_gone(make_bell, make_listener, count_tokens):
    listener = make_listener()
    ear = listen(listener)
    make_bell().announce(["default"])

    assert is_woken(ear)
    listener.close()
    assert count_tokens() == 0


def test_a_token_that_came_before_somebody_lay_down_is_not_missed(make_bell, make_listener, with_queue, count_tokens):
    with_queue("default")
    make_bell().announce(["default"])
    wait_until(lambda: count_tokens() == 1)
    ear = make_listener().ear("default")
    ear.lie_down()

    assert is_woken(ear)


def test_only_the_queue_that_rang_is_woken(make_bell, make_listener):
    listener = make_listener()
    mine, other = listen(listener, "mine"), listen(listener, "other")
    make_bell().announce(["mine"])

    assert is_woken(mine)
    assert not is_woken(other, 0.1)


def test_a_token_that_reaches_a_busy_process_goes_to_an_idle_one(make_bell, make_listener):
    """It slept when it asked for a token, and has found work since."""
    busy = listen(make_listener())
    busy.get_up()
    idle = listen(make_listener())
    bell = make_bell()
    for _ in range(2):  # RabbitMQ asks one after the other
        bell.announce(["default"])
        assert is_woken(idle)
        idle.get_up()
        idle.lie_down()

    assert not is_woken(busy, 0.1)


def test_a_burst_wakes_several_processes(make_bell, make_listener):
    """One sleeper takes one token and leaves the others."""
    ears = [listen(make_listener()) for _ in range(3)]
    bell = make_bell()
    for _ in ears:
        bell.announce(["default"])

    assert all(is_woken(ear) for ear in ears)


def test_whoever_sleeps_again_is_woken_again(make_bell, make_listener):
    listener, bell = make_listener(), make_bell()
    ear = listen(listener)
    for _ in range(20):
        ear.lie_down()
        bell.announce(["default"])
        assert is_woken(ear)
        ear.get_up()
    assert len(listener._channel._cancelled) <= 1, "pika remembers subscriptions that have ended"


def test_a_listener_whose_queue_is_deleted_declares_it_again(make_bell, make_listener, rabbitmq_server, database):
    ear = listen(make_listener())
    with rabbitmq_server.connect() as connection:
        connection.channel().queue_delete(wake_key(prefix_of(database), "default"))
    bell = make_bell()

    def is_rung():
        bell.announce(["default"])
        return is_woken(ear, 0.1)

    wait_until(is_rung, 20, "the new queue")


def test_a_connection_that_is_cut_comes_back_on_both_ends(make_bell, make_listener, proxy, capsys):
    """One line in the log when it goes, one when it comes, for each end."""
    url = f"amqp://{HOST}:{proxy.port}"
    bell, ear = make_bell(url), listen(make_listener(url))
    bell.announce(["default"])
    assert is_woken(ear)
    ear.get_up()
    ear.lie_down()
    for end in list(proxy._open):
        proxy._cut(end)

    def is_rung():
        bell.announce(["default"])
        return is_woken(ear, 0.1)

    wait_until(is_rung, 20, "a new connection")
    log = ""

    def told():
        nonlocal log
        log += capsys.readouterr().err
        return log.count("rabbitmq_back") == 2

    wait_until(told, 20)
    assert log.count("rabbitmq_away") == 2


def test_whoever_is_refused_again_and_again_says_so_once(make_bell, make_listener, rabbitmq_server, database, capsys):
    """A queue of that name is there and has other limits: each connection ends as soon as it is there."""
    name = wake_key(prefix_of(database), "default")
    with rabbitmq_server.connect() as connection:
        connection.channel().queue_declare(name, durable=True, arguments={"x-max-length": 5})
    listener = make_listener()
    ear = listener.ear("default")
    attempts = []
    opened = listener.opened
    listener.opened = lambda *given: (attempts.append(given), opened(*given))
    wait_until(lambda: len(attempts) >= 4, 20)

    log = capsys.readouterr().err
    assert log.count("rabbitmq_away") == 1
    assert "PRECONDITION_FAILED" in log
    assert "rabbitmq_back" not in log
    with rabbitmq_server.connect() as connection:
        connection.channel().queue_delete(name)
    bell = make_bell()
    ear.lie_down()

    def is_rung():
        bell.announce(["default"])
        return is_woken(ear, 0.1)

    wait_until(is_rung, 20)


@pytest.fixture
def deaf_server():
    """A port that takes connections and says nothing, ever."""
    with socket.create_server((HOST, 0)) as server:
        yield f"amqp://{HOST}:{server.getsockname()[1]}"


@pytest.mark.parametrize("where", ["refusing", "deaf", "nowhere"])
def test_no_publisher_waits_for_a_rabbitmq_that_does_not_answer(make_bell, deaf_server, where):
    """Nobody ever answers here: whoever waited would wait for the test's end. What is noted stays small."""
    bell = make_bell({"refusing": f"amqp://{HOST}:1", "deaf": deaf_server, "nowhere": "amqp://192.0.2.1"}[where])
    for _ in range(5_000):
        bell.announce(["default"])
    bell.close()

    assert bell._post._due["default"] <= MOST_TOKENS


def test_an_idle_publisher_is_not_cut_off(make_bell, with_queue, count_tokens, rabbitmq_server, capsys):
    """RabbitMQ cuts whoever is silent for two heartbeats; ours are answered however idle the publisher is."""
    with_queue("default")
    bell = make_bell(f"{rabbitmq_server.url}?heartbeat=1")
    bell.announce(["default"])
    wait_until(lambda: count_tokens() == 1)
    connection = bell._line._connection
    time.sleep(3.5)  # what is tested is that nothing happens meanwhile
    bell.announce(["default"])

    wait_until(lambda: count_tokens() == 2)
    assert bell._line._connection is connection
    assert "rabbitmq_away" not in capsys.readouterr().err


def test_a_fork_rings_by_itself(make_bell, with_queue, count_tokens):
    """The thread that rings stays with the parent."""
    with_queue("default")
    bell = make_bell()
    bell.announce(["default"])
    wait_until(lambda: count_tokens() == 1)
    child = os.fork()
    if child == 0:
        bell.announce(["default"])
        bell.close()
        os._exit(0)
    os.waitpid(child, 0)

    assert count_tokens() == 2
    bell.announce(["default"])
    wait_until(lambda: count_tokens() == 3)


def test_a_database_in_memory_rings_nowhere(open_bus):
    bus = open_bus("sqlite://", plugins=[workers], broker="amqp://h")
    assert isinstance(bus.provider, SilentBell)
