"""Playing the demo: scene after scene, shown as it happens."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bus.demo.engine import ENGINE
from bus.demo.notebook import NOTEBOOK
from bus.demo.scene import Answer, Scene, fault_of, filled
from bus.demo.stage import Stage
from bus.demo.workshop import WORKSHOP

#: How a scene's way in is called on the screen.
WAYS = {
    "python": "bus.call(...)",
    "cli": "bus call",
    "stdio": "bus stdio",
    "queue": "queued, run by a worker",
    "inbox": "bus.call(...), once a worker has done its part",
    "killed queue": "queued, run by two workers: the first one dies",
}


def play() -> bool:
    """Play all scenes; answers whether everything was as expected."""
    show = _show_rich if sys.stdout.isatty() else _show_plain
    faults = 0
    with tempfile.TemporaryDirectory(prefix="charterbus-demo-") as folder, Stage(Path(folder)) as stage:
        data: dict[str, Any] = {}
        for number, written in enumerate((*ENGINE, *NOTEBOOK, *WORKSHOP), 1):
            scene = filled(written, data)
            answer = stage.play(scene)
            data[scene.name] = answer["data"]
            fault = fault_of(scene, answer)
            faults += fault is not None
            show(number, scene, answer, fault)
    return faults == 0


Show = Callable[[int, Scene, Answer, str | None], None]


def _show_plain(number: int, scene: Scene, answer: Answer, fault: str | None) -> None:
    lines = (
        f"{number}. {scene.title} [{WAYS[scene.way]}]",
        f"   > {json.dumps({'command': scene.command, 'args': scene.args}, ensure_ascii=False)}",
        f"   < {json.dumps(answer, ensure_ascii=False)}",
        f"   {_verdict(fault)}",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _verdict(fault: str | None) -> str:
    return "as expected" if fault is None else f"NOT AS EXPECTED: {fault}"


def _show_rich(number: int, scene: Scene, answer: Answer, fault: str | None) -> None:
    from rich.console import Console  # a pipe needs none of it
    from rich.json import JSON
    from rich.text import Text

    console = Console()
    console.print(Text.assemble((f"\n{number}. {scene.title} ", "bold"), (f"[{WAYS[scene.way]}]", "dim")))
    console.print(
        Text(f"   {scene.command} {json.dumps(scene.args, ensure_ascii=False)}", style="cyan"), soft_wrap=True
    )
    console.print(JSON(json.dumps(answer), indent=2, ensure_ascii=False))
    console.print(
        Text(
            "   as expected" if fault is None else f"   NOT AS EXPECTED: {fault}",
            style="green" if fault is None else "bold red",
        )
    )
