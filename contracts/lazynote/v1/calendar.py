"""What lies in a stretch of time, and moving it."""

from bus.contract import READ, WRITE, Schema
from bus.fields import EpochMillis
from contracts.lazynote.base import ATOM_FAILURES, AtomContract
from contracts.lazynote.errors import AtomNotFound, InvalidTimeRange
from contracts.lazynote.fields import AnyId, limit, offset
from contracts.lazynote.rows import AtomAnswer
from contracts.lazynote.v1.sections import AtomsAnswer


class CalendarListByRange(AtomContract):
    """Read a page of the atoms of any status that have a start and an end and overlap the range, by time."""

    name, version = "calendar_list_by_range", 1
    effect = READ

    class Params(Schema):
        start_ms = EpochMillis(required=True)  # what ends here does not overlap
        end_ms = EpochMillis(required=True)  # what starts here does not overlap
        limit = limit()  # 50 unless given, and at most
        offset = offset()

    Result = AtomsAnswer


class CalendarUpdateEvent(AtomContract):
    """Give an atom of any kind a start and an end."""

    name, version = "calendar_update_event", 1
    effect = WRITE
    errors = (InvalidTimeRange, AtomNotFound, *ATOM_FAILURES)

    class Params(Schema):
        atom_id = AnyId(required=True, code="invalid_atom_id")
        start_ms = EpochMillis(required=True)
        end_ms = EpochMillis(required=True)  # not before the start

    Result = AtomAnswer
