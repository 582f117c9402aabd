"""Two JSON Schemas walked side by side: where the new one accepts less, more, or something else.

A schema accepts what all its keywords accept, so comparing keyword by keyword is sound: no difference that narrows
means that everything accepted before is accepted still. What is not understood counts as both.

Not here: what a difference means to whom (bus/lock/rules.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from bus.lock.limits import LIMITS, compared_limits
from bus.lock.views import View, view, whole

#: Kinds of values that a keyword is about; what it says of others is nothing.
_ABOUT = {"pattern": {"string"}, "format": {"string"}, "multipleOf": {"integer", "fraction"}, "uniqueItems": {"array"}}


class Difference(NamedTuple):
    """One place at which two schemas differ."""

    path: str
    #: The second half of a name in ``bus.lock.rules.RULES``.
    what: str
    says: str
    #: Whether something that the old one accepts is refused by the new one; and the other way round.
    narrows: bool = False
    widens: bool = False


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """Every difference, in the order of the paths."""
    walk = _Walk()
    found = walk.places(whole(old), whole(new), "")
    return sorted(dict.fromkeys(found), key=lambda one: (one.path, one.what))


class _Walk:
    """One comparison; it remembers which pairs of references it is inside of, for schemas that hold themselves."""

    def __init__(self) -> None:
        self._inside: set[tuple[str, str]] = set()

    def places(self, old: View, new: View, path: str) -> Iterator[Difference]:
        """Differences at a place and below it."""
        if old == new:
            return
        pair = (_text_of(old), _text_of(new))
        if pair in self._inside:
            return
        self._inside.add(pair)
        yield from _named(old, new, path)
        yield from _kinds(old, new, path)
        common = old.kinds & new.kinds
        if common - {"null"}:
            yield from _choices(old, new, path)
            yield from _rules(old, new, path, common)
            yield from self._branches(old, new, path)
            yield from self._normalised(old, new, path)
            if "object" in common:
                yield from self._members(old, new, path)
            if "array" in common:
                yield from self.places(old.items, new.items, f"{path}[]")
        self._inside.discard(pair)

    def _members(self, old: View, new: View, path: str) -> Iterator[Difference]:
        before, after = old.schema.get("properties", {}), new.schema.get("properties", {})
        must_before, must_after = set(old.schema.get("required", ())), set(new.schema.get("required", ()))
        for name in sorted({*before, *after}):
            below = f"{path}.{name}" if path else name
            if name not in before:
                yield _added(old, new, name, below)
                if old.others is not None and not old.others.accepts_anything:  # a free map got a member with a name
                    yield from self.places(old.others, new.members[name], below)
            elif name not in after:
                yield Difference(below, "member_removed", f"{name} is gone", narrows=True, widens=True)
                if new.others is not None and not new.others.accepts_anything:
                    yield from self.places(old.members[name], new.others, below)
            else:
                if name in must_after - must_before:
                    yield Difference(below, "made_required", "could be left out and is required now", narrows=True)
                if name in must_before - must_after:
                    yield Difference(below, "made_optional", "was required and may be missing now", widens=True)
                yield from self.places(old.members[name], new.members[name], below)
        yield from self._others(old.others, new.others, path)

    def _others(self, old: View | None, new: View | None, path: str) -> Iterator[Difference]:
        """Members that have no names: those of a free map, and unknown ones that are ignored."""
        if old is not None and new is not None:
            yield from self.places(old, new, f"{path}.*" if path else "*")
        elif old is not None:
            yield Difference(path, "narrowed", "members without a name here are refused now", narrows=True)
        elif new is not None:
            yield Difference(path, "widened", "members without a name here are accepted now", widens=True)

    def _normalised(self, old: View, new: View, path: str) -> Iterator[Difference]:
        """What validators say of a value that is turned into one spelling."""
        if old.normalised is not None or new.normalised is not None:
            anything = view({}, {})
            yield from self.places(old.normalised or anything, new.normalised or anything, path)

    def _branches(self, old: View, new: View, path: str) -> Iterator[Difference]:
        if not old.branches and not new.branches:
            return
        before, after = old.alternatives or [view({}, {})], new.alternatives or [view({}, {})]
        narrows = any(all(self._pair(one, other)[0] for other in after) for one in before)
        widens = any(all(self._pair(one, other)[1] for one in before) for other in after)
        if narrows or widens:
            yield Difference(path, _what(narrows, widens), "the alternatives are others", narrows, widens)

    def _pair(self, before: View, after: View) -> tuple[bool, bool]:
        found = list(self.places(before, after, ""))
        return any(one.narrows for one in found), any(one.widens for one in found)


def _text_of(one: View) -> str:
    return json.dumps(one.schema, sort_keys=True)


def _added(old: View, new: View, name: str, path: str) -> Difference:
    if name in new.schema.get("required", ()):
        return Difference(path, "required_member_added", f"{name} is new and required", narrows=True, widens=True)
    if old.others is not None and not new.members[name].accepts_anything:
        return Difference(path, "checked_now", f"{name} was ignored and is checked now", narrows=True)
    return Difference(path, "member_added", f"{name} is new and may be left out", widens=True)


def _named(old: View, new: View, path: str) -> Iterator[Difference]:
    """What neither narrows nor widens and is noticed all the same."""
    before, after = _text(old.schema, "default"), _text(new.schema, "default")
    if before != after:
        yield Difference(path, "default_changed", f"left out, it meant {before} and means {after} now")
    before, after = _text(old.schema, "x-code"), _text(new.schema, "x-code")
    if before != after:
        yield Difference(path, "code_changed", f"a bad value was answered {before} and is answered {after} now")


def _text(schema: Any, keyword: str) -> str:
    usual = {"default": "nothing", "x-code": "VALIDATION_ERROR"}[keyword]
    value = schema.get(keyword)
    if keyword == "x-code":
        return value or usual
    return json.dumps(value, sort_keys=True, ensure_ascii=False) if keyword in schema else usual


def _kinds(old: View, new: View, path: str) -> Iterator[Difference]:
    lost, gained = old.kinds - new.kinds, new.kinds - old.kinds
    if "null" in lost:
        yield Difference(path, "null_refused", "null was taken and is not any more", narrows=True)
    if "null" in gained:
        yield Difference(path, "null_allowed", "null was not taken and is now", widens=True)
    lost, gained = lost - {"null"}, gained - {"null"}
    if lost or gained:
        says = f"{_spoken(old.kinds)} became {_spoken(new.kinds)}"
        yield Difference(path, _what(bool(lost), bool(gained)), says, bool(lost), bool(gained))


def _spoken(kinds: frozenset[str]) -> str:
    words = set(kinds - {"null"})
    if "fraction" in words:
        words = words - {"integer", "fraction"} | {"number"}
    return " or ".join(sorted(words)) or "nothing"


def _choices(old: View, new: View, path: str) -> Iterator[Difference]:
    if old.choices is None and new.choices is None:
        return
    if old.choices is None or new.choices is None:
        is_limited = new.choices is not None
        says = "any value became one of some" if is_limited else "one of some values became any"
        yield Difference(path, _what(is_limited, not is_limited), says, is_limited, not is_limited)
        return
    lost, gained = sorted(old.choices.keys() - new.choices), sorted(new.choices.keys() - old.choices)
    if lost:
        yield Difference(path, "narrowed", f"no longer one of the choices: {', '.join(lost)}", narrows=True)
    if gained:
        yield Difference(path, "widened", f"new among the choices: {', '.join(gained)}", widens=True)


def _rules(old: View, new: View, path: str, common: frozenset[str]) -> Iterator[Difference]:
    before, after = old.rules, new.rules
    for limit, narrows, widens, says in compared_limits(before, after, common):
        yield Difference(path, _what(narrows, widens), f"{limit} {says}", narrows, widens)
    for keyword in sorted({*before, *after} - LIMITS):
        is_about = _ABOUT.get(keyword, common)
        if before.get(keyword) == after.get(keyword) or not is_about & common:
            continue
        narrows, widens = keyword in after, keyword in before
        words = [json.dumps(rules[keyword]) if keyword in rules else "nothing" for rules in (before, after)]
        yield Difference(path, _what(narrows, widens), f"{keyword}: {words[0]} became {words[1]}", narrows, widens)


def _what(narrows: bool, widens: bool) -> str:
    return "changed" if narrows and widens else "narrowed" if narrows else "widened"
