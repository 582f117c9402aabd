"""Every kind of change with its verdicts, in one table; docs/reference/contract-changes.md shows it.

The kinds of ``args`` and ``data`` mirror each other. Arguments flow in: callers and jobs suffer where less is accepted.
Data flow out: callers suffer where more may come, and answers stored before suffer where more is promised.
"""

from __future__ import annotations

from typing import NamedTuple

from bus.lock.verdicts import BREAKING, NEEDS_UPCASTER, SAFE, Verdict


class Rule(NamedTuple):
    """What one kind of change means to whom."""

    for_callers: Verdict
    for_jobs: Verdict
    for_answers: Verdict
    meaning: str


_LESS = (BREAKING, BREAKING, SAFE)
_MORE = (SAFE, SAFE, SAFE)
_TOLD = (BREAKING, SAFE, SAFE)
_PROMISED = (SAFE, SAFE, NEEDS_UPCASTER)

#: ``side.what`` -> verdicts for a released version that is edited in place.
RULES: dict[str, Rule] = {
    "command.added": Rule(*_MORE, "a command that was not there"),
    "command.removed": Rule(BREAKING, BREAKING, SAFE, "no version of the command is left"),
    "command.version_added": Rule(*_MORE, "a version beside those released; callers who name no version get it"),
    "command.version_removed": Rule(BREAKING, BREAKING, SAFE, "the version is gone, the command is not"),
    "command.version_sunset": Rule(SAFE, NEEDS_UPCASTER, SAFE, "the version is gone, and its sunset day has passed"),
    "command.deprecated": Rule(*_MORE, "the sentence of `deprecated`, or the day of `sunset`"),
    "access.narrowed": Rule(BREAKING, BREAKING, SAFE, "somebody who may call it may no longer"),
    "access.widened": Rule(*_MORE, "more may call it: look twice"),
    "manner.now_writes": Rule(*_TOLD, "READ became WRITE: reads are repeated freely, and READ commands may call it"),
    "manner.now_reads": Rule(*_MORE, "WRITE became READ: idempotency keys mean nothing any more"),
    "manner.now_many": Rule(*_TOLD, "ONE became MANY: not all or nothing any more, and ONE commands cannot call it"),
    "manner.now_one": Rule(SAFE, BREAKING, SAFE, "MANY became ONE: jobs in the middle of their units begin anew"),
    "manner.now_secret": Rule(BREAKING, SAFE, BREAKING, "queueing is refused, and keys no longer stop a second run"),
    "manner.no_longer_secret": Rule(*_MORE, "arguments are stored and logged from now on: look twice"),
    "manner.now_at_least_once": Rule(*_TOLD, "EXACTLY_ONCE became AT_LEAST_ONCE: no job to ask for, no answer kept"),
    "manner.now_exactly_once": Rule(SAFE, BREAKING, SAFE, "requests that wait at the broker find nobody to read them"),
    "manner.now_queued": Rule(*_TOLD, "queued by default: the answer is a job, not data"),
    "manner.no_longer_queued": Rule(*_TOLD, "run at once by default: the answer is data, not a job"),
    "manner.queue_renamed": Rule(SAFE, BREAKING, SAFE, "nobody may be left to serve the queue where jobs wait"),
    "manner.order_changed": Rule(*_TOLD, "jobs that ran in their order, one at a time, no longer do"),
    "manner.order_added": Rule(*_MORE, "jobs of a key run in their order, one at a time"),
    "manner.unique_changed": Rule(*_TOLD, "which jobs count as the same job"),
    "codes.added": Rule(*_MORE, "a refusal that callers do not know; they treat it like any other"),
    "codes.removed": Rule(*_TOLD, "a refusal that callers branch on"),
    "args.member_added": Rule(*_MORE, "an argument that may be left out"),
    "args.checked_now": Rule(NEEDS_UPCASTER, NEEDS_UPCASTER, SAFE, "the same, where unknown arguments were ignored"),
    "args.required_member_added": Rule(*_LESS, "an argument that must be given"),
    "args.member_removed": Rule(*_LESS, "an argument that is no longer known"),
    "args.made_required": Rule(*_LESS, "what could be left out must be given"),
    "args.made_optional": Rule(*_MORE, "what had to be given may be left out"),
    "args.null_refused": Rule(*_LESS, "null is refused"),
    "args.null_allowed": Rule(*_MORE, "null is accepted"),
    "args.narrowed": Rule(*_LESS, "fewer values are accepted: type, choices, limits, form"),
    "args.widened": Rule(*_MORE, "more values are accepted: type, choices, limits, form"),
    "args.changed": Rule(*_LESS, "other values are accepted, and some no longer"),
    "args.default_changed": Rule(NEEDS_UPCASTER, NEEDS_UPCASTER, SAFE, "what an argument means that is left out"),
    "args.code_changed": Rule(*_TOLD, "the code that answers a bad value"),
    "args.refused": Rule(*_LESS, "a released sample is refused, by a validator or an `upcast` that no schema shows"),
    "data.member_added": Rule(*_MORE, "a member that may be missing; callers ignore what they do not know"),
    "data.required_member_added": Rule(*_PROMISED, "a member that is always there; answers stored before lack it"),
    "data.member_removed": Rule(*_TOLD, "a member that no longer comes"),
    "data.made_required": Rule(*_PROMISED, "what could be missing is always there"),
    "data.made_optional": Rule(*_TOLD, "what was always there may be missing"),
    "data.null_refused": Rule(*_PROMISED, "null no longer comes"),
    "data.null_allowed": Rule(*_TOLD, "null may come"),
    "data.narrowed": Rule(*_PROMISED, "fewer values come: type, choices, limits, form"),
    "data.widened": Rule(*_TOLD, "values may come that callers do not know: type, choices, limits, form"),
    "data.changed": Rule(BREAKING, SAFE, NEEDS_UPCASTER, "other values come"),
    "data.untranslated": Rule(*_LESS, "what the newest version answers cannot be given in this one: `downcast`"),
}
