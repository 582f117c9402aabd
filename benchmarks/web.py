"""Three servers on uvicorn with the same settings and one worker: ``bus serve``, raw ASGI with msgspec, FastAPI."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil

from benchmarks.domain import prepare
from benchmarks.load import TRIAL_SHARE, Load, drive
from benchmarks.programs import BUS, environment, running
from benchmarks.stage import Stage
from benchmarks.web_domain import ARGS
from tests.servers import HOST, free_port

OURS, RAW, FASTAPI = "bus serve", "raw ASGI and msgspec", "FastAPI"
PEERS = {RAW: "benchmarks.web_raw:app", FASTAPI: "benchmarks.web_fastapi:app"}
#: As ``bus serve`` runs uvicorn.
UVICORN = ("--loop", "uvloop", "--http", "httptools", "--lifespan", "off", "--no-access-log")
#: Turns of each server in a serious round, and how long one takes.
TURNS, TURN_S = 4, 2
BODY = json.dumps(ARGS).encode()


def loads(stage: Stage) -> dict[str, list[Load]]:
    """What each server makes of the same load, turn by turn."""
    seconds = stage.times(TURN_S)
    found: dict[str, list[Load]] = {name: [] for name in (OURS, *PEERS)}
    with ExitStack() as servers:
        ports = {OURS: servers.enter_context(bus_serve(stage.folder))[0]}
        ports |= {name: servers.enter_context(peer(stage.folder, name)) for name in PEERS}
        warm_up = int(stage.share > TRIAL_SHARE)
        for turn in range(-warm_up, stage.times(TURNS)):
            for name, port in ports.items():
                load = drive(stage, f"http://{HOST}:{port}/commands/nothing", BODY, seconds if turn >= 0 else 1)
                if turn >= 0:
                    found[name].append(load)
    return found


@contextmanager
def bus_serve(folder: Path) -> Iterator[tuple[int, psutil.Process]]:
    """``bus serve`` with the installed plugins and those of the benchmarks, on a new database; its port and process."""
    env = environment(folder)
    (points,) = folder.glob("site/*/entry_points.txt")
    points.write_text(points.read_text() + "web = benchmarks.web_domain:web\n")
    prepare(f"sqlite:///{folder}/bus.sqlite")
    port = free_port()
    with running([*BUS, "serve", "--port", str(port)], env, folder / "serve.log", "listening at", 1) as process:
        yield port, process


@contextmanager
def peer(folder: Path, name: str) -> Iterator[int]:
    """Another server; its port."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", PEERS[name], "--port", str(port), *UVICORN]
    with running(command, environment(folder / name), folder / f"{name}.log", "Uvicorn running", 1):
        yield port
