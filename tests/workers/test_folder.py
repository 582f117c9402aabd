"""The folder in which the processes of one host meet."""

from __future__ import annotations

import fcntl
import os

import pytest

from bus.database import Database
from bus.errors import SetupError
from workers import folder as module
from workers.folder import Life, certify, dead_owners, folder_of, forget, is_dead, overdue_of, stem_of


@pytest.fixture
def meeting_place(tmp_path):
    place = tmp_path / "run"
    place.mkdir()
    return place


def die(life: Life) -> None:
    """What the kernel does for a dead process."""
    os.close(life._file)


def test_a_database_opened_by_a_link_has_the_same_meeting_place(tmp_path):
    """Two folders for one file would make each half take the other for dead."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")

    assert folder_of(Database(f"sqlite:///{tmp_path}/link/a.sqlite")) == folder_of(
        Database(f"sqlite:///{tmp_path}/real/a.sqlite")
    )


def test_the_folder_is_for_its_owner_alone(tmp_path):
    assert folder_of(Database(f"sqlite:///{tmp_path}/a.sqlite")).stat().st_mode & 0o777 == 0o700


def test_databases_of_a_server_have_folders_of_their_own_and_passwords_make_no_difference(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    folders = [
        folder_of(Database(f"postgresql://u:{secret}@h/{name}")) for secret, name in ((1, "a"), (2, "a"), (1, "b"))
    ]

    assert folders[0] == folders[1] != folders[2]
    assert not any(part in str(folders[0]) for part in ("u:", "@h"))


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "file"))
    (tmp_path / "file").write_text("")

    with pytest.raises(SetupError, match="where workers meet, cannot be made"):
        folder_of(Database("postgresql://h/a"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make another user's folder")
def test_somebody_elses_folder_is_refused(tmp_path, monkeypatch):
    """Its name can be foreseen; in /tmp anybody could have made it."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    os.chown(folder_of(Database("postgresql://h/a")), 65534, 65534)

    with pytest.raises(SetupError, match="belongs to another user"):
        folder_of(Database("postgresql://h/a"))


def test_a_process_is_dead_when_its_lock_is_free(meeting_place):
    life = Life(meeting_place)
    assert not is_dead(meeting_place, life.owner, missing_is_dead=True)

    die(life)
    assert is_dead(meeting_place, life.owner, missing_is_dead=False)


def test_a_missing_lock_file_proves_death_only_where_all_meet(meeting_place):
    assert is_dead(meeting_place, "host/1-ab", missing_is_dead=True)
    assert not is_dead(meeting_place, "host/1-ab", missing_is_dead=False)


def test_two_who_look_at_once_both_see_the_death(meeting_place):
    """Looking takes a shared lock: nobody takes another one's look for life."""
    life = Life(meeting_place)
    die(life)
    looking = os.open(life.path, os.O_RDWR)
    fcntl.flock(looking, fcntl.LOCK_SH)

    assert is_dead(meeting_place, life.owner, missing_is_dead=False)
    os.close(looking)


def test_whoever_leaves_leaves_nothing_behind(meeting_place):
    life = Life(meeting_place)
    (meeting_place / f"{life.stem}.1a.sock").touch()

    life.close()

    assert list(meeting_place.iterdir()) == []


def test_what_the_dead_have_left_is_swept_and_the_living_keep_theirs(meeting_place):
    dead, living = Life(meeting_place), Life(meeting_place)
    (meeting_place / f"{dead.stem}.1a.sock").touch()
    (meeting_place / f"{living.stem}.1a.sock").touch()
    die(dead)

    assert dead_owners(meeting_place) == [stem_of(dead.owner)]
    for owner in (dead.owner, living.owner):
        forget(meeting_place, owner)

    assert {path.name for path in meeting_place.iterdir()} == {f"{living.stem}.lock", f"{living.stem}.1a.sock"}


def test_a_lock_file_that_is_swept_before_it_is_locked_is_made_again(meeting_place, monkeypatch):
    """A sweeper finds a new process's file still free; the process notices and makes another."""
    flock, swept = fcntl.flock, []

    def sweep_first(file, kind):
        if not swept:
            swept.append(kind)
            for path in meeting_place.glob("*.lock"):
                path.unlink()
        flock(file, kind)

    monkeypatch.setattr(module.fcntl, "flock", sweep_first)
    life = Life(meeting_place)

    assert life.path.exists()
    assert not is_dead(meeting_place, life.owner, missing_is_dead=True)


def test_a_process_that_was_only_about_to_take_its_lock_is_let_live(meeting_place):
    """Found dead in the moment between making and locking, locked by the time it is swept."""
    path = meeting_place / "host_1-ab.lock"
    path.touch()
    assert dead_owners(meeting_place) == ["host_1-ab"]
    file = module._locked(path)

    forget(meeting_place, "host/1-ab")

    assert path.exists()
    os.close(file)


def test_the_supervisor_says_what_a_process_was_killed_for(meeting_place):
    life = Life(meeting_place)
    certify(str(life.path), ["job-1", "job-2"])
    die(life)

    assert overdue_of(meeting_place, life.owner) == {"job-1", "job-2"}


def test_a_process_that_died_of_itself_has_no_certificate(meeting_place):
    life = Life(meeting_place)

    assert overdue_of(meeting_place, life.owner) == frozenset()
    assert overdue_of(meeting_place, "host/gone") == frozenset()


def test_a_certificate_makes_no_lock_file_where_there_is_none(meeting_place):
    certify(str(meeting_place / "gone.lock"), ["job"])
    certify("", ["job"])

    assert list(meeting_place.iterdir()) == []
