"""Where no bell can reach a worker, there is a silent one."""

from __future__ import annotations

from bus.database import Database
from workers.bells import SilentBell, bell_for


def test_a_database_in_memory_has_no_meeting_place(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))

    assert isinstance(bell_for(Database("sqlite://")), SilentBell)
    assert list(tmp_path.iterdir()) == []


def test_where_the_folder_cannot_be_made_workers_look_by_themselves(tmp_path):
    (tmp_path / "a.sqlite.run").write_text("in the way")

    assert isinstance(bell_for(Database(f"sqlite:///{tmp_path}/a.sqlite")), SilentBell)
