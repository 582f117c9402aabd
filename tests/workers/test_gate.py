from __future__ import annotations

import os
import signal
from pathlib import Path

import psutil

from bus import Bus
from bus.settings import Settings
from bus.testing import wait_until
from tests.deeds import create_tables, deeds, done
from tests.fleet import SETTINGS, Fleet
from workers import gate, workers
from workers.gate import Gate


def test_one_at_a_time(tmp_path: Path) -> None:
    first, second, elsewhere = Gate(tmp_path, "a"), Gate(tmp_path, "a"), Gate(tmp_path, "b")
    assert first.enter()
    assert not second.enter()
    assert elsewhere.enter()
    first.leave()
    assert second.enter()
    assert not first.enter()
    second.close()  # as the kernel does for whoever dies
    assert first.enter()
    first.close()
    first.close()
    first.leave()
    elsewhere.close()


def test_who_waits_in_vain_goes_on(tmp_path: Path, monkeypatch) -> None:
    """Only speed hangs on it: whoever has it may be stopped."""
    first, second = Gate(tmp_path, "a"), Gate(tmp_path, "a")
    assert first.enter()
    assert not second.enter()
    wait_until(second.enter, gate.PATIENCE_S * 10, "its patience's end")
    second.leave()
    first.leave()
    assert second.enter()
    second.leave()
    assert first.enter()
    assert not second.enter()
    first.close()
    second.close()


def test_a_stopped_worker_does_not_keep_the_others_out(sqlite_url: str, tmp_path: Path) -> None:
    settings = Settings(database_url=sqlite_url, **SETTINGS | {"beat_timeout_ms": 60_000})
    with Bus.open(sqlite_url, plugins=[deeds, workers], settings=settings) as bus:
        create_tables(bus.database)
        with Fleet(sqlite_url, tmp_path, **SETTINGS | {"beat_timeout_ms": 60_000}) as fleet:
            fleet.wait_ready()
            stopped, _ = fleet.children()
            stopped.suspend()
            try:
                ids = [bus.submit("deed", {"n": n}).job["id"] for n in range(20)]
                for job_id in ids:
                    assert bus.wait(job_id, timeout_ms=20_000).ok
            finally:
                os.kill(stopped.pid, signal.SIGCONT)
            wait_until(lambda: stopped.status() != psutil.STATUS_STOPPED, 10, "it to go on")
        assert set(done(bus).values()) == {1}
