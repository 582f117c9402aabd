"""An HTTP server is driven by wrk, and where wrk is missing by a client of our own, for trials alone."""

from __future__ import annotations

from typing import NoReturn

import pytest

from benchmarks.load import drive
from benchmarks.stage import Stage
from benchmarks.web import BODY, RAW, peer
from tests.servers import HOST


def nobody() -> NoReturn:
    """A load on HTTP needs neither of the other servers."""
    raise NotImplementedError


def test_without_wrk_a_trial_is_driven_and_a_serious_run_is_told(tmp_path, monkeypatch, capsys) -> None:
    def stage(share: float) -> Stage:
        return Stage(tmp_path, nobody, nobody, share)

    monkeypatch.setenv("PATH", str(tmp_path))
    with peer(tmp_path, RAW) as port:
        load = drive(stage(0.001), f"http://{HOST}:{port}/commands/nothing", BODY, 1)
        assert load.requests > 0
        assert load.p99_ms > 0
        assert "apt-get install wrk" in capsys.readouterr().err
        with pytest.raises(RuntimeError, match="failed"):  # the peer takes no other arguments
            drive(stage(0.001), f"http://{HOST}:{port}/commands/nothing", b"{}", 1)
        with pytest.raises(RuntimeError, match="apt-get install wrk"):
            drive(stage(1.0), f"http://{HOST}:{port}/commands/nothing", BODY, 1)
