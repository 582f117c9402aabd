"""The code compared with the lock: every change, with a document that proves it.

Schemas and contracts judge together. A change is safe when neither objects; where only one does, the finding says
which of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from bus.lock.changes import compare
from bus.lock.file import Lock
from bus.lock.loading import refusal
from bus.lock.proofs import Proof, refused_args, unfitting, untranslated
from bus.lock.rules import RULES
from bus.lock.shapes import shape
from bus.lock.verdicts import BREAKING, SAFE, Change

if TYPE_CHECKING:
    from bus.command import Command

#: Commands by ``name@version``.
Commands = Mapping[str, "Command"]


class Finding(NamedTuple):
    """A change and the smallest document found that proves it; None: there is none to show."""

    change: Change
    proof: Proof | None


def compared(old: Lock, new: Lock, today: date) -> list[Finding]:
    """What differs between two locks, by their schemas alone."""
    before, after = old.shapes, new.shapes
    return [Finding(one, _by_schemas(one, before, after)) for one in compare(before, after, today)]


def check(lock: Lock, commands: Commands, today: date) -> list[Finding]:
    """What has changed since the release.

    Args:
        lock: what was released.
        commands: as they are now, of the same plugins.
        today: decides whether a sunset has passed.
    """
    return _Check(lock, commands).findings(today)


class _Check:
    """One comparison."""

    def __init__(self, lock: Lock, commands: Commands) -> None:
        self._lock = lock
        self._commands = commands
        self._shapes = {key: shape(command.contract) for key, command in commands.items()}

    def findings(self, today: date) -> list[Finding]:
        """Every change with its proof, by command and version."""
        found = [self._proven(change) for change in compare(self._lock.shapes, self._shapes, today)]
        blamed = {finding.change.key for finding in found if finding.change.worst is BREAKING}
        for key in sorted(self._lock.contracts.keys() & self._commands.keys() - blamed):
            found += self._untold(key)
        return sorted(found, key=lambda finding: (finding.change.command, finding.change.version))

    def _proven(self, change: Change) -> Finding:
        is_of_args = change.side == "args" and BREAKING in (RULES[change.kind].for_callers, RULES[change.kind].for_jobs)
        if is_of_args and change.kind != "args.code_changed":
            return self._proven_args(change)
        if change.side == "data" and change.successor is not None and self._has_cast(change):
            return Finding(
                change._replace(sentence=f"{change.sentence}; version {change.version} has a downcast"), None
            )
        return Finding(change, _by_schemas(change, self._lock.shapes, self._shapes))

    def _has_cast(self, change: Change) -> bool:
        contract = self._commands[change.key].contract
        return (contract.upcast if change.side == "args" else contract.downcast) is not None

    def _proven_args(self, change: Change) -> Finding:
        """A document that is refused now; between two versions only that breaks what an upcast could translate."""
        released = self._lock.contracts.get(change.key)
        old = self._shapes[change.key] if released is None else released.shape
        new = self._shapes[f"{change.command}@{change.successor or change.version}"]
        samples = () if released is None else released.samples
        proof = refused_args(self._commands[change.key], old["args"], new["args"], samples, change.path)
        says = change.sentence
        if change.successor is None and proof is None:
            return Finding(change._replace(sentence=f"{says} (by the schemas; what was tried is still taken)"), None)
        if change.successor is not None and proof is not None:
            says = f"{says}, and no upcast of version {change.version} helps"
            return Finding(change._replace(for_callers=BREAKING, for_jobs=BREAKING, sentence=says), proof)
        if change.successor is not None and self._has_cast(change):
            says = f"{says}; version {change.version} has an upcast"
        return Finding(change._replace(sentence=says), proof)

    def _untold(self, key: str) -> Iterator[Finding]:
        """What the contracts say where the schemas say nothing."""
        command = self._commands[key]
        for sample in self._lock.contracts[key].samples:
            reason = refusal(command, deepcopy(sample))
            if reason is not None:
                yield Finding(_change(command, "args.refused", "a released sample is refused"), Proof(sample, reason))
                break
        if command.newer is not None:
            newest = max((one for one in self._shapes.values() if one["name"] == command.name), key=_version)
            proof = untranslated(command, newest["data"])
            if proof is not None:
                yield Finding(_change(command, "data.untranslated", "an answer cannot be given in this version"), proof)


def _by_schemas(change: Change, old: Mapping[str, Any], new: Mapping[str, Any]) -> Proof | None:
    """A document that one of two shapes allows and the other does not; None: none was found, or there is no need."""
    if change.side not in {"args", "data"} or change.successor is not None or change.worst is SAFE:
        return None
    before, after = (shapes[change.key][change.side] for shapes in (old, new))
    is_wider = change.side == "data" and change.for_callers is not SAFE
    return unfitting(after, before, change.path) if is_wider else unfitting(before, after, change.path)


def _version(one: Mapping[str, Any]) -> int:
    return one["version"]


def _change(command: Command, kind: str, says: str) -> Change:
    rule = RULES[kind]
    verdicts = rule.for_callers, rule.for_jobs, rule.for_answers
    return Change(kind, command.name, command.version, "", kind.partition(".")[0], *verdicts, says)
