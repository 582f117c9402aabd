"""Taking the contracts as they are into the lock."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from bus.lock import file
from bus.lock.file import Lock
from bus.lock.loading import refusal
from bus.lock.proofs import accepted_samples
from bus.lock.shapes import shape

if TYPE_CHECKING:
    from bus.command import Command


class Released(NamedTuple):
    """What a release changes, each as ``name@version``."""

    added: list[str]
    changed: list[str]
    removed: list[str]


def release(lock: Lock, commands: Mapping[str, Command], plugins: tuple[str, ...] = ()) -> tuple[Lock, Released]:
    """The lock with the commands as they are.

    Args:
        lock: what was released before.
        commands: all that the lock is to hold of these plugins.
        plugins: the only ones to release; empty: those that the lock is about.
    """
    others = {key: one for key, one in lock.contracts.items() if plugins and one.plugin not in plugins}
    mine = {key: _entry(command, lock.contracts.get(key)) for key, command in commands.items()}
    covered = None if lock.plugins is None else tuple(sorted({*lock.plugins, *plugins}))
    after = Lock(others | mine, covered)
    before = lock.contracts
    both = before.keys() & after.contracts.keys()
    return after, Released(
        sorted(after.contracts.keys() - before),
        sorted(key for key in both if before[key] != after.contracts[key]),
        sorted(before.keys() - after.contracts),
    )


def _entry(command: Command, before: file.Released | None) -> file.Released:
    """The entry of a command; as it was where nothing has changed, with the samples that were accepted then."""
    facts = shape(command.contract)
    is_same = before is not None and (before.shape, before.plugin) == (facts, command.plugin)
    if before is not None and is_same and all(refusal(command, deepcopy(one)) is None for one in before.samples):
        return before
    return file.Released(command.plugin, facts, tuple(accepted_samples(command, facts["args"])))
