"""The path of a socket: taken by one server, left behind by dead ones, closed to other users."""

from __future__ import annotations

import os
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bus import SetupError
from bus.gateway.unix_place import Place
from tests.bus.gateway.unix_server import short_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    with short_folder() as folder:
        yield folder


def leave_behind(path: Path) -> None:
    """A socket at which nobody listens any more."""
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))


def test_the_socket_is_the_users_own_whatever_the_mask(folder: Path) -> None:
    before = os.umask(0)
    try:
        place = Place(folder / "s")
        assert os.umask(0) == 0
    finally:
        os.umask(before)
    for path in (folder / "s", folder / "s.lock"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    place.leave()
    assert [*folder.iterdir()] == []


def test_of_servers_that_start_together_one_listens(folder: Path, rng) -> None:
    """Also where a dead one has left its socket behind; the others are told, and take nothing away."""
    for attempt in range(30):
        leave_behind(folder / "s")
        taken: list[Place] = []
        refused: list[SetupError] = []
        together = threading.Barrier(4)

        def start(together=together, taken=taken, refused=refused) -> None:
            together.wait()
            try:
                taken.append(Place(folder / "s"))
            except SetupError as error:
                refused.append(error)

        threads = [threading.Thread(target=start) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(taken), len(refused)) == (1, 3), attempt
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(folder / "s"))
        taken[0].leave()
        assert [*folder.iterdir()] == []


def test_a_path_that_cannot_be_taken_is_one_sentence(folder: Path) -> None:
    (folder / "file").write_text("mine")
    with socket.socket(socket.AF_UNIX) as foreign:
        foreign.bind(str(folder / "foreign"))
        foreign.listen(0)
        for name, words in {
            "file": "is there and is no socket",
            "foreign": "a server listens at",
            "missing/s": "No such file or directory",
            "x" * 120: "path too long",
            ".": "is there and is no socket",
        }.items():
            with pytest.raises(SetupError, match=words) as refusal:
                Place(folder / name)
            assert str(refusal.value).endswith("name another path with --unix"), name
        foreign.accept()[0].close()
    assert (folder / "file").read_text() == "mine"
    assert sorted(path.name for path in folder.iterdir()) == ["file", "foreign"]
