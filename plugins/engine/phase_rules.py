"""Which phase may follow which. Pure: no database, no clock; texts and lists in, a list or a refusal out.

A phase is written ``"<label>: <name>"``. An effort walks the declared phases one by one. It may step over sub-phases
to the next main phase (a major step), add a sub-phase of its own behind those of the same main phase (an append),
and go anywhere with a reason.

Source: engine domain specification, 4.6 ``db.effort.phase``.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from contracts.engine.errors import PhaseNotSequential, UnknownPhase
from contracts.engine.phase_list import faults_of

#: One phase as stored: an object with ``label`` and ``name``, perhaps more.
Phase = dict[str, Any]

#: What is expected after the last declared phase.
END = "(end)"

# Longer rows of digits are no numbers: Python reads a million of them in seconds, and this runs inside a transaction.
LEADING_INTEGER = re.compile(r"[0-9]{1,1000}(?![0-9])")


class Numbers(NamedTuple):
    """What a label counts: ``3.B`` is major 3, minor 2."""

    major: int
    minor: int


def text_of(phase: Phase) -> str:
    """A declared phase as callers write it."""
    return f"{phase['label']}: {phase['name']}"


def declared_in(metadata: Any) -> list[Phase]:
    """The phases an effort's metadata declares; none if they are malformed."""
    phases = metadata.get("phases") if isinstance(metadata, dict) else None
    if not isinstance(phases, list) or any(faults_of(phase) for phase in phases):
        return []
    return phases


def numbers_of(text: str) -> Numbers | None:
    """The numbers of a phase's label; None when it does not begin with an integer."""
    first, *further = text.partition(":")[0].strip().split(".")
    major = _leading_integer(first)
    if major is None:
        return None
    return Numbers(major, _minor(further[0]) if further else 0)


def _minor(part: str) -> int:
    if len(part) == 1 and "A" <= part <= "Z":
        return ord(part) - ord("A") + 1
    if part and "A" <= part[-1] <= "Z":
        part = part[:-1]
    return _leading_integer(part) or 0


def _leading_integer(part: str) -> int | None:
    found = LEADING_INTEGER.match(part)
    return int(found[0]) if found else None


def step(declared: Sequence[Phase], current: str | None, target: str, *, has_reason: bool) -> list[Phase] | None:
    """Decide on one move; the caller has ruled out that ``target`` is ``current``.

    Args:
        declared: the phases in order; empty: every target is accepted.
        current: the phase the effort is in, None before its first.
        target: the phase it shall move to.
        has_reason: a reason was given: any declared phase will do.

    Returns:
        None when the move is allowed as things are; the declared phases with the target among them when it is
        allowed as an append.

    Raises:
        UnknownPhase: the target is not declared and may not be appended.
        PhaseNotSequential: it is declared, but not the next, no major step, and no reason was given.
    """
    if not declared:
        return None
    texts = [text_of(phase) for phase in declared]
    at = texts.index(current) if current in texts else -1
    if target not in texts:
        if not _may_append(texts, at, target):
            raise UnknownPhase(phase=target)
        return _appended(declared, texts, target)
    to = texts.index(target)
    if to == at + 1 or has_reason or _is_major_step(texts, at, to):
        return None
    raise PhaseNotSequential(expected=texts[at + 1] if at + 1 < len(texts) else END, actual=target)


def _is_major_step(texts: Sequence[str], at: int, to: int) -> bool:
    """Forward from a main phase or one of its sub-phases to the next main phase."""
    if not 0 <= at < to:
        return False
    here, there = numbers_of(texts[at]), numbers_of(texts[to])
    return here is not None and there is not None and there == (here.major + 1, 0)


def _may_append(texts: Sequence[str], at: int, target: str) -> bool:
    """A sub-phase, exactly spelled, above the current one within the same main phase."""
    label, name = _split(target)
    numbers = numbers_of(target)
    if (
        text_of({"label": label, "name": name}) != target
        or not label
        or not name
        or numbers is None
        or numbers.minor < 1
    ):
        return False
    if at < 0:
        return True
    here = numbers_of(texts[at])
    return here is not None and numbers.major == here.major and numbers.minor > here.minor


def _appended(declared: Sequence[Phase], texts: Sequence[str], target: str) -> list[Phase]:
    """The declared phases with the target behind the last one of its main phase, else at the end."""
    major = _major(target)
    behind = max((position for position, text in enumerate(texts, 1) if _major(text) == major), default=len(texts))
    label, name = _split(target)
    return [*declared[:behind], {"label": label, "name": name}, *declared[behind:]]


def _major(text: str) -> int | None:
    numbers = numbers_of(text)
    return None if numbers is None else numbers.major


def _split(text: str) -> tuple[str, str]:
    label, _, name = text.partition(":")
    return label.strip(), name.strip()
