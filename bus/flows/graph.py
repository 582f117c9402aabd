"""The graph of a flow as its author writes it down, and what can be wrong with it.

flow = (
    Flow("import")
    .step("fetch", "page.fetch", {"url": url})
    .step("store", "page.store", {"text": result("fetch", "text")}, after=["fetch"], undo="page.forget")
    .on_failure("operator.tell", {"what": "import"})
)
bus.call("flow_start", flow.args)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, Self, cast

#: The only member of an argument that stands for a part of another step's data.
RESULT = "$result"


def result(step: str, path: str = "") -> dict[str, str]:
    """A part of another step's data, for use in arguments.

    Args:
        step: the name of a step before this one.
        path: dotted (``project.id``, ``items.0``); empty: all of its data.
    """
    return {RESULT: f"{step}.{path}" if path else step}


class Flow:
    """A graph of commands.

    Args:
        name: for people; need not be unique.
    """

    def __init__(self, name: str) -> None:
        #: The arguments of ``flow_start``.
        self.args: dict[str, Any] = {"name": name, "steps": [], "callbacks": {}}

    def step(
        self,
        name: str,
        command: str,
        args: Mapping[str, Any] | None = None,
        *,
        after: Iterable[str] = (),
        undo: str | None = None,
        undo_args: Mapping[str, Any] | None = None,
    ) -> Self:
        """Add a command.

        Args:
            name: of the step, unlike every other one of this flow.
            command: also ``name@version``.
            args: may hold ``result(...)`` of steps before this one.
            after: steps that must have succeeded.
            undo: a command that undoes this one when the flow fails or is cancelled later.
            undo_args: its arguments; None: those of the step. May hold ``result(...)`` of the step itself, too.
        """
        given = dict(args or {})
        step: dict[str, Any] = {"name": name, "command": command, "args": given, "after": list(after)}
        if undo is not None:
            step["undo"] = {"command": undo, "args": given if undo_args is None else dict(undo_args)}
        self.args["steps"].append(step)
        return self

    def on_success(self, command: str, args: Mapping[str, Any] | None = None) -> Self:
        """Queue a command when every step has succeeded."""
        return self._on("success", command, args)

    def on_failure(self, command: str, args: Mapping[str, Any] | None = None) -> Self:
        """Queue a command when the flow has failed or was cancelled, and what can be undone is undone."""
        return self._on("failure", command, args)

    def on_completion(self, command: str, args: Mapping[str, Any] | None = None) -> Self:
        """Queue a command at the end, however the flow ends."""
        return self._on("completion", command, args)

    def _on(self, event: str, command: str, args: Mapping[str, Any] | None) -> Self:
        self.args["callbacks"][event] = {"command": command, "args": dict(args or {})}
        return self


def chain(name: str, *commands: tuple[str, Mapping[str, Any]]) -> Flow:
    """Commands one after the other; the steps are named ``1``, ``2`` and so on."""
    flow = Flow(name)
    for n, (command, args) in enumerate(commands, 1):
        flow.step(str(n), command, args, after=[str(n - 1)] if n > 1 else [])
    return flow


def batch(name: str, command: str, many: Iterable[Mapping[str, Any]]) -> Flow:
    """One command with many arguments, side by side; the steps are named ``1``, ``2`` and so on."""
    flow = Flow(name)
    for n, args in enumerate(many, 1):
        flow.step(str(n), command, args)
    return flow


def references(value: Any) -> Iterator[tuple[str, str]]:
    """Step and path of every ``result(...)`` in a JSON value."""
    level: list[Any] = [value]
    while level:
        one = level.pop()
        found = _reference(one)
        if found is not None:
            yield found
        elif isinstance(one, dict):
            level.extend(cast("dict[str, Any]", one).values())
        elif isinstance(one, list):
            level.extend(cast("list[Any]", one))


def resolved(value: Any, data: Mapping[str, Any]) -> Any:
    """A JSON value with each ``result(...)`` replaced.

    Raises:
        LookupError: a path leads nowhere; the text names it.
    """
    found = _reference(value)
    if found is not None:
        return _part(*found, data)
    if isinstance(value, dict):
        return {name: resolved(one, data) for name, one in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [resolved(one, data) for one in cast("list[Any]", value)]
    return value


def _reference(value: Any) -> tuple[str, str] | None:
    if not isinstance(value, dict) or value.keys() != {RESULT}:
        return None
    text = cast("dict[str, Any]", value)[RESULT]
    if type(text) is not str:
        return None
    step, _, path = text.partition(".")
    return step, path


def _part(step: str, path: str, data: Mapping[str, Any]) -> Any:
    value: Any = data[step]
    for name in path.split(".") if path else ():
        try:
            value = value[int(name) if isinstance(value, list) else name]
        except (KeyError, IndexError, ValueError, TypeError):
            raise LookupError(f"the data of the step {step!r} has no {path!r}") from None
    return value


def graph_faults(steps: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """What is wrong with a graph: where (``steps.2.after``), and why."""
    names = [step["name"] for step in steps]
    before = {step["name"]: step["after"] for step in steps}
    for n, step in enumerate(steps):
        where = f"steps.{n}"
        if names.index(step["name"]) != n:
            yield f"{where}.name", f"the name {step['name']!r} is taken"
        if "." in step["name"]:
            yield f"{where}.name", "must not hold a dot"
        for name in step["after"]:
            if name not in before:
                yield f"{where}.after", f"there is no step {name!r}"
    try:
        order = list(TopologicalSorter(before).static_order())
    except CycleError as error:
        yield "steps", f"wait for each other: {' -> '.join(error.args[1])}"
        return
    yield from _reference_faults(steps, _ancestors(order, before))


def _ancestors(order: list[str], before: Mapping[str, list[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name in order:
        parents = before.get(name, [])
        found[name] = set(parents).union(*(found[parent] for parent in parents))
    return found


def _reference_faults(steps: list[dict[str, Any]], ancestors: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    for n, step in enumerate(steps):
        known = ancestors[step["name"]]
        for name, _ in references(step["args"]):
            if name not in known:
                yield f"steps.{n}.args", f"uses the result of {name!r}, which is no step before it"
        undo: dict[str, Any] = step.get("undo") or {"args": None}
        for name, _ in references(undo["args"]):
            if name not in known | {step["name"]}:
                yield f"steps.{n}.undo", f"uses the result of {name!r}, which is no step before it"
