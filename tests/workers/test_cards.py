"""What processes say about themselves, and for how long it counts."""

from __future__ import annotations

import os
import socket

import pytest

from workers.cards import SUPERVISOR, WARD, WORKER, introduce, living, worker_processes
from workers.folder import Life, folder_of, forget


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "run"
    place.mkdir()
    return place


def test_a_card_counts_as_long_as_its_process_lives(folder):
    life = Life(folder)
    assert living(folder, WORKER) == []
    introduce(life, WORKER, threads=3, queues=["default"], contracts=["put@1"])
    (card,) = living(folder, WORKER)
    assert (card.owner, card.pid, card.parent, card.threads) == (life.owner, os.getpid(), os.getppid(), 3)
    assert (card.queues, card.contracts, card.is_here) == (["default"], ["put@1"], True)
    assert living(folder, SUPERVISOR, WARD) == []
    os.close(life._file)  # what the kernel does for a dead process
    assert living(folder, WORKER) == []


def test_a_card_goes_with_its_process(folder):
    left, dead = Life(folder), Life(folder)
    for life in (left, dead):
        introduce(life, SUPERVISOR)
    left.close()
    os.close(dead._file)
    forget(folder, dead.owner)
    assert list(folder.iterdir()) == []


def test_a_card_is_replaced_whole(folder):
    life = Life(folder)
    introduce(life, WORKER)
    introduce(life, WARD)
    assert [card.role for card in living(folder, WORKER, WARD)] == [WARD]
    life.close()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"role": "worker"}', '{"later": 1}'])
def test_what_cannot_be_read_is_left_alone(folder, text):
    """A later version of this code may write other cards."""
    life = Life(folder)
    life.path.with_suffix(".card").write_text(text)
    assert living(folder, WORKER) == []
    life.close()


def test_a_process_of_another_host_is_not_here(folder, monkeypatch):
    """Hosts that share a folder do not share process ids."""
    life = Life(folder)
    introduce(life, SUPERVISOR)
    monkeypatch.setattr(socket, "gethostname", lambda: "other")
    (card,) = living(folder, SUPERVISOR)
    assert not card.is_here
    life.close()


def test_worker_processes_introduce_themselves(bus, start_fleet):
    """With what they know and take; and are gone when they have been drained."""
    fleet = start_fleet(bus.database.url.render_as_string(hide_password=False), processes=2, threads=3).wait_ready()
    processes = worker_processes(bus.database)
    assert sorted(process.pid for process in processes) == sorted(child.pid for child in fleet.children())
    for process in processes:
        assert (process.threads, process.is_ward) == (3, False)
        assert process.contracts == bus.known_contracts
        assert process.queues == bus.queue_names
    assert {worker["owner"] for worker in bus.call("worker_list").data["items"]} == {p.owner for p in processes}
    assert fleet.stop() == 0
    assert worker_processes(bus.database) == []
    assert list(folder_of(bus.database).glob("*.card")) == []
