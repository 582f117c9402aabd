"""One scene of the demo: what is sent, which way, and what must come back.

Not here: the scenes themselves (engine.py, notebook.py, workshop.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

#: An envelope as a JSON object.
Answer = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """One request and what is expected of its envelope."""

    title: str
    #: ``python``, ``cli``, ``stdio``, ``queue``, ``killed queue``, or ``inbox``.
    way: str
    command: str
    #: ``$note.note.atom_id`` stands for that member of the data that the scene named ``note`` was answered with.
    args: dict[str, Any]
    #: The error's code; None: ``ok``.
    code: str | None = None
    #: What must also be true of the data.
    holds: Callable[[dict[str, Any]], bool] = lambda _data: True
    #: By which later scenes refer to this one's answer.
    name: str = ""


def filled(scene: Scene, data: Mapping[str, Any]) -> Scene:
    """The scene with the members of earlier answers in the places that refer to them."""
    return replace(scene, args={name: _value(value, data) for name, value in scene.args.items()})


def _value(value: Any, data: Mapping[str, Any]) -> Any:
    if isinstance(value, dict):
        return {name: _value(one, data) for name, one in cast("dict[str, Any]", value).items()}
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    found: Any = data
    for member in value[1:].split("."):
        if found is not None:  # a scene that went wrong has no data
            found = found[int(member)] if member.isdecimal() else found.get(member)
    return found


def fault_of(scene: Scene, answer: Answer) -> str | None:
    """Why an answer is not what the scene expects; None when it is."""
    code = None if answer["ok"] else answer["error"]["code"]
    if code != scene.code:
        return f"expected {scene.code or 'ok'}, got {code or 'ok'}"
    if code is None and not scene.holds(answer["data"] or {}):
        return "the data is not what it should be"
    return None
