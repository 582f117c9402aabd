"""How many lines a second does ``bus stdio`` answer when requests are sent without waiting?

Repeat: python -m benchmarks --only stdio_lines

The peer is the loop one would write by hand: json, ``Schema.load``, the function, json, one flushed line an answer.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Sequence

import orjson

from benchmarks.domain import NOTE, prepare
from benchmarks.line import Line
from benchmarks.machine import ROOT
from benchmarks.programs import BUS, environment
from benchmarks.stage import Stage

UNIT = "lines/s"
LINES = (Line("bus stdio, pipelined", "a loop of json and Schema.load"),)
HAND_WRITTEN = """
import json, sys
from benchmarks.domain import NoteCheck, check
schema = NoteCheck.Params()
for line in sys.stdin:
    request = json.loads(line)
    data = check(**schema.load(request["args"]))
    print(json.dumps({"id": request["id"], "ok": True, "data": data, "error": None}), flush=True)
"""
#: Lines before the clock starts: the program has then loaded everything.
WARM_UP = 200


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    env = environment(stage.folder)
    prepare(f"sqlite:///{stage.folder}/bus.sqlite")
    count = stage.times(20_000, least=50)
    return {
        "bus stdio, pipelined": lines_a_second([*BUS, "stdio"], env, count),
        "a loop of json and Schema.load": lines_a_second([sys.executable, "-c", HAND_WRITTEN], env, count // 2),
    }


def lines_a_second(command: Sequence[str], env: dict[str, str], count: int) -> float:
    """Answers a second of a program, all requests written as fast as it takes them."""
    lines = [orjson.dumps({"id": n, "command": "note_check", "args": NOTE}) + b"\n" for n in range(WARM_UP + count)]
    with subprocess.Popen(
        command, env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        source, target = process.stdin, process.stdout
        assert source is not None
        assert target is not None
        source.write(b"".join(lines[:WARM_UP]))
        source.flush()
        for _ in range(WARM_UP):
            target.readline()

        def feed() -> None:
            source.write(b"".join(lines[WARM_UP:]))
            source.close()

        started = time.perf_counter()
        writer = threading.Thread(target=feed)
        writer.start()
        answers = target.read().splitlines()
        taken_s = time.perf_counter() - started
        writer.join()
    last = orjson.loads(answers[-1])
    if len(answers) != count or last["id"] != WARM_UP + count - 1 or not last["ok"]:
        raise RuntimeError(f"{len(answers)} answers to {count} lines, the last one: {answers[-1]!r}")
    return count / taken_s
