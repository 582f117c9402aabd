"""What has changed in who may call a command and in how it runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: Those who may come: a program without a session, over the network and beside the bus; sessions, of an operator too.
_NETWORK, _LOCAL, _SESSION, _OPERATOR, _INSIDE = "network", "local", "session", "operator", "inside"
_EVERYBODY = frozenset({_NETWORK, _LOCAL, _SESSION, _OPERATOR, _INSIDE})
_MAY = {
    "public": _EVERYBODY,
    "local": _EVERYBODY - {_NETWORK},
    "authenticated": frozenset({_SESSION, _OPERATOR, _INSIDE}),
    "operators": frozenset({_LOCAL, _OPERATOR, _INSIDE}),
    "roles": frozenset({_INSIDE}),
    "internal": frozenset({_INSIDE}),
}
#: Member of a shape -> value it may change to -> kind of the change.
_FACTS = {
    "effect": {"write": "manner.now_writes", "read": "manner.now_reads"},
    "units": {"many": "manner.now_many", "one": "manner.now_one"},
    "secret": {True: "manner.now_secret", False: "manner.no_longer_secret"},
    "delivery": {"at_least_once": "manner.now_at_least_once", "exactly_once": "manner.now_exactly_once"},
}


def manner_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Kind and sentence of each change."""
    for name in ("deprecated", "sunset"):
        if old[name] != new[name]:
            yield "command.deprecated", f"{name}: {_said(old[name])} became {_said(new[name])}"
    yield from _access_changes(old["access"], new["access"])
    for name, kinds in _FACTS.items():
        if old[name] != new[name]:
            yield kinds[new[name]], f"{name}: {_said(old[name])} became {_said(new[name])}"
    yield from _queue_changes(old["queue"], new["queue"])


def _access_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    before, after = _may(old), _may(new)
    lost, gained = before - after, after - before
    # Whoever may come as any session may come with each role.
    if _SESSION in after:
        lost = {one for one in lost if not one.startswith("role ")}
    if _SESSION in before:
        gained = {one for one in gained if not one.startswith("role ")}
    says = f"{_spoken(old)} became {_spoken(new)}"
    if lost:
        yield "access.narrowed", f"{says}: no longer {', '.join(sorted(lost))}"
    if gained:
        yield "access.widened", f"{says}: also {', '.join(sorted(gained))}"


def _may(access: Mapping[str, Any]) -> set[str]:
    return {*_MAY[access["kind"]], *(f"role {name}" for name in access["roles"])}


def _spoken(access: Mapping[str, Any]) -> str:
    return f"{access['kind']}({', '.join(access['roles'])})" if access["roles"] else access["kind"]


def _queue_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if old["by_default"] != new["by_default"]:
        is_queued = new["by_default"]
        yield (
            f"manner.{'now' if is_queued else 'no_longer'}_queued",
            "runs when called, unless asked otherwise: " + ("no longer" if is_queued else "now"),
        )
    if old["name"] != new["name"]:
        yield "manner.queue_renamed", f"queue: {old['name']} became {new['name']}"
    if old["order_key"] != new["order_key"]:
        kind = "manner.order_added" if old["order_key"] is None else "manner.order_changed"
        yield kind, f"key with a limit of one: {_said(old['order_key'])} became {_said(new['order_key'])}"
    if old["unique"] != new["unique"]:
        yield "manner.unique_changed", f"unique: {_said(old['unique'])} became {_said(new['unique'])}"


def _said(value: Any) -> str:
    return "nothing" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
