"""Points at which faults can be ordered."""

import signal

import pytest

from workers import points
from workers.points import POINTS, TICK_POINTS, reach


@pytest.fixture
def struck(monkeypatch, tmp_path):
    """What would have been done to this process."""
    signals = []
    monkeypatch.setattr(points, "_folder", str(tmp_path))
    monkeypatch.setattr(signal, "pthread_kill", lambda _thread, number: signals.append(number))
    return signals


@pytest.mark.parametrize("point", [*POINTS, *TICK_POINTS])
@pytest.mark.parametrize(("order", "number"), [("kill", signal.SIGKILL), ("stop", signal.SIGSTOP)])
def test_an_order_is_carried_out_once(struck, tmp_path, point, order, number):
    (tmp_path / point).write_text(order)

    reach(point)
    reach(point)

    assert struck == [number]
    assert list(tmp_path.iterdir()) == []


def test_without_an_order_nothing_happens(struck):
    reach("begun")

    assert struck == []


def test_without_the_variable_no_file_is_looked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(points, "_folder", None)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "begun").write_text("kill")

    reach("begun")

    assert (tmp_path / "begun").exists()
