"""The memory that a supervisor and its worker share."""

from __future__ import annotations

import os
import threading

import pytest

from bus.testing import wait_until
from workers import slots as module
from workers.slots import MAX_THREADS, Slots


@pytest.fixture
def no_grace(monkeypatch):
    """Limits without the second on top."""
    monkeypatch.setattr(module, "GRACE_S", 0.0)


def test_a_job_past_its_limit_is_named_until_its_thread_ends_it(no_grace):
    slots = Slots()
    slots.begin("0123-job", -1.0)
    assert slots.overdue() == ["0123-job"]

    slots.end()
    assert slots.overdue() == []


def test_a_job_within_its_limit_is_left_alone():
    slots = Slots()
    slots.begin("a", 0.0)

    assert slots.overdue() == []


def test_each_thread_has_a_place_of_its_own(no_grace):
    slots = Slots()

    def begin(name):
        slots.begin(name, -1.0)

    threads = [threading.Thread(target=begin, args=(f"job-{n}",)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(slots.overdue()) == sorted(f"job-{n}" for n in range(20))


def test_what_a_child_says_its_parent_hears():
    """Beat, name and wish cross a fork."""
    slots = Slots()
    slots._numbers[0] -= 100
    assert slots.silent_s() > 99
    pid = os.fork()
    if pid == 0:
        slots.beat()
        slots.name("/folder/owner.lock")
        slots.want_ward()
        os._exit(0)
    os.waitpid(pid, 0)

    assert slots.silent_s() < 50
    assert slots.lock == "/folder/owner.lock"
    assert slots.take_ward_wish()
    assert not slots.take_ward_wish()


def test_a_running_job_is_never_taken_for_one_long_overdue():
    """A reader that meets the writer in the middle sees a whole deadline or none."""
    slots = Slots()
    pid = os.fork()
    if pid == 0:  # another process: threads of one never meet inside a store
        while True:
            slots.begin("x" * 36, 3600.0)
            slots.end()
    try:
        wait_until(lambda: slots._id(0) == "x" * 36, what="the writer")
        for _ in range(3_000):
            assert slots.overdue() == []
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)


def test_there_is_room_for_every_thread_that_can_be_configured():
    slots = Slots()
    for place in range(MAX_THREADS):
        slots._local.place = place
        slots.begin(f"{place:036}", -10.0)

    assert len(slots.overdue()) == MAX_THREADS
