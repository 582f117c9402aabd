"""What has changed between two shapes, each change with its verdicts.

Edited in place, a released version has no second chance: its own callers and jobs meet the new shape. Between a
version and its successor stands ``upcast`` or ``downcast``: what would break in place needs one of them there.

Not here: documents that prove a change (bus/lock/check.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bus.lock.differences import differences
from bus.lock.manner import manner_changes
from bus.lock.rules import RULES
from bus.lock.verdicts import BREAKING, NEEDS_UPCASTER, SAFE, Change

#: A shape (bus/lock/shapes.py).
Shape = Mapping[str, Any]
#: What an answer of the old version cannot hold: a refusal becomes HANDLER_ERROR, a member must be taken out.
_NOT_PASSED_ON = frozenset({"codes.added", "data.member_added", "data.required_member_added"})


def changes(old: Shape, new: Shape) -> list[Change]:
    """What has changed from one shape to another of the same command.

    Args:
        old: the released shape.
        new: what it was edited into; or, with a higher version, what comes after it.
    """
    inside = [_change(old, kind, path, says) for kind, path, says in _schema_changes(old, new)]
    codes = [_change(old, kind, "", says) for kind, says in _code_changes(old, new)]
    if old["version"] != new["version"]:
        # Its callers go on naming the old version: access and manner of the new one are nothing to them.
        return [_of_successor(change, new["version"]) for change in (*codes, *inside)]
    return [*(_change(old, kind, "", says) for kind, says in manner_changes(old, new)), *codes, *inside]


def compare(old: Mapping[str, Shape], new: Mapping[str, Shape], today: date | None = None) -> list[Change]:
    """What has changed between two sets of shapes, by ``name@version``; a version that is new, to its predecessor.

    Args:
        old: the released ones.
        new: the others.
        today: decides whether a sunset has passed; None: none has.
    """
    found: list[Change] = []
    for key in sorted({*old, *new}, key=lambda key: _place(old.get(key) or new[key])):
        if key not in new:
            found.append(_gone(old[key], new, today))
        elif key in old:
            found += changes(old[key], new[key])
        else:
            found += _come(new[key], old, new)
    return found


def predecessor(shape: Shape, shapes: Mapping[str, Shape]) -> Shape | None:
    """The version before this one; None: it is the first."""
    earlier = [one for one in shapes.values() if one["name"] == shape["name"] and one["version"] < shape["version"]]
    return max(earlier, key=_place, default=None)


def _place(shape: Shape) -> tuple[str, int]:
    return shape["name"], shape["version"]


def _come(shape: Shape, old: Mapping[str, Shape], new: Mapping[str, Shape]) -> Iterator[Change]:
    before = predecessor(shape, new)
    if all(one["name"] != shape["name"] for one in old.values()):
        yield _change(shape, "command.added", "", "the command is new")
    else:
        yield _change(shape, "command.version_added", "", "the version is new")
        if before is not None:
            yield from changes(before, shape)


def _gone(shape: Shape, new: Mapping[str, Shape], today: date | None) -> Change:
    if shape["sunset"] and today is not None and date.fromisoformat(shape["sunset"]) <= today:
        says = f"the version is gone, as announced for {shape['sunset']}; jobs of it are found by --live"
        return _change(shape, "command.version_sunset", "", says)
    if any(one["name"] == shape["name"] for one in new.values()):
        return _change(shape, "command.version_removed", "", "the version is gone; keep it until its sunset")
    return _change(shape, "command.removed", "", "the command is gone; keep it until the sunset of its versions")


def _change(shape: Shape, kind: str, path: str, says: str) -> Change:
    rule = RULES[kind]
    verdicts = rule.for_callers, rule.for_jobs, rule.for_answers
    return Change(kind, shape["name"], shape["version"], path, kind.partition(".")[0], *verdicts, says)


def _of_successor(change: Change, version: int) -> Change:
    """The same between two versions, of which the old one may translate; what was stored for it stays as it was."""
    callers, jobs = (NEEDS_UPCASTER if one is BREAKING else one for one in (change.for_callers, change.for_jobs))
    if change.kind in _NOT_PASSED_ON:
        callers = NEEDS_UPCASTER
    sentence = f"in version {version} {change.sentence}"
    return change._replace(for_callers=callers, for_jobs=jobs, for_answers=SAFE, sentence=sentence, successor=version)


def _schema_changes(old: Shape, new: Shape) -> Iterator[tuple[str, str, str]]:
    """Kind, path and sentence of each difference in arguments and data."""
    for found in differences(old["args"], new["args"]):
        yield f"args.{found.what}", found.path, found.says
    for found in differences(old["data"], new["data"]):
        what = found.what
        if what == "checked_now":
            what = "member_added"
        if f"data.{what}" in RULES:  # codes and defaults say something about arguments alone
            yield f"data.{what}", found.path, found.says


def _code_changes(old: Shape, new: Shape) -> Iterator[tuple[str, str]]:
    for code in sorted({*new["errors"]} - {*old["errors"]}):
        yield "codes.added", f"{code} is a new refusal"
    for code in sorted({*old["errors"]} - {*new["errors"]}):
        yield "codes.removed", f"{code} is a refusal no longer"
