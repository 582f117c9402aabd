"""Documents that prove a change: what the released shape took or gave, and the present code does not.

Arguments are really loaded, by the command as it is now and through every ``upcast`` up to the newest version; data
are really dumped, through every ``downcast``. So what no schema shows (a validator of the author's own, a cast that
fails) is found as well.
"""

from __future__ import annotations

import contextlib
import copy
import itertools
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from marshmallow import ValidationError

from bus.documents.samples import sample_args
from bus.errors import SetupError
from bus.lock.fitting import fits
from bus.lock.loading import reason_of, refusal
from bus.lock.values import ABSENT, at, beyond, placed, smallest, split, values
from bus.lock.views import View, whole

if TYPE_CHECKING:
    from bus.command import Command

#: Values tried at one place, and documents made of one schema.
_MOST_VALUES, _MOST_DOCUMENTS = 60, 200


class Proof(NamedTuple):
    """A document, and why it does not fit."""

    document: Any
    reason: str


def accepted_samples(command: Command, args: dict[str, Any]) -> list[dict[str, Any]]:
    """Arguments that a command takes: the fewest, and the most, of some made from their schema."""
    made = itertools.islice(itertools.chain(_examples(command), values(whole(args))), _MOST_DOCUMENTS)
    taken = sorted((one for one in made if refusal(command, copy.deepcopy(one)) is None), key=_size)
    return [taken[0], taken[-1]] if taken and taken[0] != taken[-1] else taken[:1]


def _examples(command: Command) -> Iterator[dict[str, Any]]:
    with contextlib.suppress(SetupError):  # for some contracts none can be made
        yield sample_args(command.contract)


def refused_args(
    command: Command, old: dict[str, Any], new: dict[str, Any], samples: Iterable[Any], path: str
) -> Proof | None:
    """The smallest arguments found that fit the old schema, do not fit the new one, and are refused.

    Args:
        command: as it is now, in the version whose callers send them.
        old: schema of the released arguments.
        new: schema of the arguments as they are now; or of the next version's.
        samples: arguments that were accepted when the version was released.
        path: where the two differ.
    """
    before, after = whole(old), whole(new)
    for document in _documents(before, after, [*samples, smallest(before)], path):
        if not fits(document, after) and (reason := refusal(command, copy.deepcopy(document))) is not None:
            return Proof(document, reason)
    return None


def unfitting(giver: dict[str, Any], reader: dict[str, Any], path: str) -> Proof | None:
    """The smallest document found that fits one schema and not the other.

    Args:
        giver: schema of the documents that there may be.
        reader: schema that somebody rests on.
        path: where the two differ.
    """
    gives, reads = whole(giver), whole(reader)
    for document in _documents(gives, reads, [smallest(gives)], path):
        if not fits(document, reads):
            return Proof(document, "it does not fit the other shape")
    return None


def untranslated(command: Command, data: dict[str, Any]) -> Proof | None:
    """An answer of the newest version that this one cannot give.

    Args:
        command: the old version.
        data: schema of the newest version's answers.
    """
    newest = command
    while newest.newer is not None:
        newest = newest.newer
    made = list(itertools.islice(values(whole(data)), _MOST_DOCUMENTS))
    for document in (made[0], made[-1]) if made else ():
        if _dump_fault(newest, document) is None and (fault := _dump_fault(command, document)) is not None:
            return Proof(document, fault)
    return None


def _dump_fault(command: Command, data: dict[str, Any]) -> str | None:
    """Why a version cannot give data; a handler may return what is no JSON, so that not every document can be tried."""
    try:
        command.dump(copy.deepcopy(data))
    except ValidationError as error:
        return f"HANDLER_ERROR: {json.dumps(error.normalized_messages(), default=str, sort_keys=True)}"
    except Exception as error:  # noqa: BLE001  # a cast of the contract's own has failed
        return reason_of(error)
    return None


def _documents(schema: View, other: View, bases: Iterable[Any], path: str) -> Iterator[Any]:
    """Documents that fit a schema and differ at a place, the smallest first; some at the edge of another schema."""
    steps = split(path)
    some = [ABSENT, *beyond(at(other, steps)), *itertools.islice(values(at(schema, steps)), _MOST_VALUES)]
    made = [one for base in bases for one in (base, *(placed(schema, base, steps, value) for value in some))]
    yield from sorted((one for one in made if one is not ABSENT and fits(one, schema)), key=_size)


def _size(document: Any) -> tuple[int, str]:
    text = json.dumps(document, sort_keys=True)
    return len(text), text
