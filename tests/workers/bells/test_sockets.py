"""Waking sleepers by sockets: nobody is missed, nobody is asked in vain, and a publisher never fails over it."""

from __future__ import annotations

import os
import shutil
import threading
import time
import zlib

import pytest

from bus.database import Database
from workers.bells import bell_for
from workers.bells.sockets import MARKS, SocketBell, SocketEar
from workers.folder import folder_of


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "run"
    folder.mkdir()
    return folder


@pytest.fixture
def bell(folder):
    bell = SocketBell(folder)
    yield bell
    bell.close()


@pytest.fixture
def make_ear(folder):
    """An ear at a queue, each as if in a process of its own."""
    ears = []

    def make(queue="default"):
        ears.append(SocketEar(folder, f"host_{len(ears)}-ab", queue))
        return ears[-1]

    yield make
    for ear in ears:
        ear.close()


def slept_s(ear, timeout_s=5.0) -> float:
    began = time.monotonic()
    ear.sleep(timeout_s)
    return time.monotonic() - began


def test_a_sleeper_is_woken(bell, make_ear):
    ear = make_ear()
    ear.lie_down()
    bell.announce(["default"])

    assert slept_s(ear) < 4


def test_whoever_is_rung_between_looking_and_sleeping_does_not_sleep(bell, make_ear):
    """It has said that it lies down before it looked: the bell reaches its socket, not its sleep."""
    ear = make_ear()
    ear.lie_down()
    bell.announce(["default"])
    time.sleep(0.05)

    assert slept_s(ear) < 4


def test_only_sleepers_of_the_queue_are_woken(bell, make_ear):
    """A bell that only woke somebody would leave the right one to its timeout."""
    others = [make_ear("other") for _ in range(5)]
    ear = make_ear("mine")
    for sleeper in (*others, ear):
        sleeper.lie_down()

    bell.announce(["mine"])

    assert slept_s(ear) < 4
    assert all(slept_s(other, 0.0) >= 0 and not heard(other) for other in others)


def heard(ear) -> bool:
    try:
        return bool(ear._socket.recv(1))
    except BlockingIOError:
        return False


def test_one_ring_wakes_one_sleeper(bell, make_ear):
    ears = [make_ear() for _ in range(4)]
    for ear in ears:
        ear.lie_down()

    bell.announce(["default"])

    assert sum(heard(ear) for ear in ears) == 1


def test_while_nobody_sleeps_ringing_looks_at_a_byte_and_no_more(bell, make_ear, monkeypatch):
    ear = make_ear()
    ear.lie_down()
    ear.get_up()
    bell.announce(["default"])  # finds nobody, and takes the mark down
    monkeypatch.setattr(bell, "_ring", lambda _queue: pytest.fail("rang"))

    bell.announce(["default"])


def test_a_sleeper_of_one_queue_does_not_make_publishers_of_another_ring(bell, make_ear, monkeypatch):
    make_ear("idle").lie_down()
    monkeypatch.setattr(bell, "_ring", lambda _queue: pytest.fail("rang"))

    bell.announce(["busy"])


def test_queues_that_share_a_mark_do_not_silence_each_other(bell, make_ear):
    """Ringing for one finds nobody; the other's sleeper keeps its mark."""
    mine = "q0"
    twin = next(f"t{n}" for n in range(10_000) if zlib.crc32(f"t{n}".encode()) % MARKS == zlib.crc32(b"q0") % MARKS)
    ear = make_ear(mine)
    ear.lie_down()

    bell.announce([twin])
    bell.announce([mine])

    assert heard(ear)


def test_the_socket_of_a_dead_process_is_passed_over(bell, folder, make_ear):
    dead = SocketEar(folder, "host_0-dead", "default")
    dead.lie_down()
    dead._socket.close()
    living = make_ear()
    living.lie_down()

    bell.announce(["default"])

    assert heard(living)
    dead.close()


def test_a_lie_down_is_never_lost_among_publishers(folder, bell, make_ear):
    """A publisher that has just found nobody takes the mark down while a sleeper raises it: one sees the other.

    Each time the sleeper lies down it looks for work, then sleeps; a publisher puts work there and rings. Had the
    mark been lost once, the sleeper would sleep its whole time while work waits.
    """
    ear, work, slept = make_ear(), [], []
    is_over = threading.Event()

    def publish():
        while not is_over.is_set():
            bell.announce(["default"])  # mostly finds nobody: takes the mark down as often as it can

    noise = threading.Thread(target=publish)
    noise.start()
    mine = SocketBell(folder)
    try:
        for n in range(300):
            ear.lie_down()
            publisher = threading.Thread(target=lambda n=n: (work.append(n), mine.announce(["default"])))
            publisher.start()
            if not work:
                slept.append(slept_s(ear, 2.0))
            ear.get_up()
            publisher.join()
            work.clear()
    finally:
        is_over.set()
        noise.join()
        mine.close()

    assert all(seconds < 1.5 for seconds in slept)


def test_the_mark_survives_a_publisher_that_is_interrupted_before_it_takes_it_down(bell, make_ear, monkeypatch):
    """It finds nobody, takes the mark down, and looks again: somebody lay down in between, and stays marked."""
    ear = make_ear()
    ear.lie_down()
    ear.get_up()
    listings = iter([list, lambda: ear.lie_down() or bell_sleepers(bell), lambda: bell_sleepers(bell)])
    monkeypatch.setattr(bell, "_sleepers", lambda: next(listings)())

    bell.announce(["default"])
    bell.announce(["default"])

    assert heard(ear)


def bell_sleepers(bell):
    return [name for name in os.listdir(bell._folder) if name.endswith(".idle")]  # noqa: PTH208


def test_closing_twice_closes_nobody_elses_descriptor(folder):
    """Dramatiq closes a consumer that failed twice; the number may belong to the database by then."""
    ear = SocketEar(folder, "host_1-ab", "default")
    ear.close()
    descriptors = [os.open(folder, os.O_RDONLY) for _ in range(5)]

    ear.close()

    for descriptor in descriptors:
        os.close(descriptor)  # raises if somebody has done so already


def test_a_closed_ear_leaves_the_folder(folder):
    ear = SocketEar(folder, "host_1-ab", "default")
    ear.lie_down()
    ear.close()

    assert [path.name for path in folder.iterdir()] == ["asleep"]


def test_publishing_never_fails_over_a_bell(folder, bell, make_ear):
    """The folder is gone, a sleeper's socket refuses: the job is stored all the same."""
    ear = make_ear()
    ear.lie_down()
    shutil.rmtree(folder)
    bell._mark[zlib.crc32(b"default") % MARKS] = 1

    bell.announce(["default"])


def test_the_bell_of_a_file_is_its_folders(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/a.sqlite")
    bell = bell_for(database)
    ear = SocketEar(folder_of(database), "host_1-ab", "default")
    ear.lie_down()

    bell.announce(["default"])

    assert heard(ear)
    ear.close()
    bell.close()
