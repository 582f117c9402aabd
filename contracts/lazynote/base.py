"""What all contracts of this domain have in common: who may call, and their words for failures of the bus.

A locked database is ``db_busy`` for notes, tags and the tree. The codes of entries, tasks and the calendar are older
than that word: there it is ``db_error`` whose details say that the call may be repeated.
"""

from bus.contract import LOCAL, Contract
from bus.errors import BusError, CommitUnknown, DatabaseBusy, DatabaseFailed, DatabaseLocked, HandlerFailed, Refusal
from contracts.lazynote.errors import DbBusy, DbError, DbLocked, InternalError

#: What every command on notes, tags and the tree may end with.
STORE_FAILURES: tuple[type[Refusal], ...] = (DbBusy, DbError, InternalError)
#: What every command on entries, tasks and the calendar may end with.
ATOM_FAILURES: tuple[type[Refusal], ...] = (DbLocked, DbError, InternalError)

_BROKEN: dict[type[BusError], type[Refusal]] = {
    DatabaseBusy: DbError,
    DatabaseFailed: DbError,
    CommitUnknown: DbError,
    HandlerFailed: InternalError,
}


class StoreContract(Contract):
    """Notes, tags and the tree."""

    access = LOCAL
    errors = STORE_FAILURES
    stand_ins = _BROKEN | {DatabaseLocked: DbBusy}


class AtomContract(Contract):
    """Entries, tasks and the calendar."""

    access = LOCAL
    errors = ATOM_FAILURES
    stand_ins = _BROKEN | {DatabaseLocked: DbLocked}


class SearchContract(AtomContract):
    """A search: the database that cannot be opened is ``db_error``, one that fails while it searches is not."""

    stand_ins = _BROKEN | {DatabaseLocked: DbLocked, DatabaseFailed: InternalError}
