"""Care for the index of the search."""

from bus.contract import MANY, WRITE, QueuePolicy
from bus.fields import Int64
from contracts.lazynote.base import AtomContract
from contracts.lazynote.rows import Answer


class SearchRebuild(AtomContract):
    """Index the caller's atoms anew where a new release reads words differently; searches go on meanwhile."""

    name, version = "search_rebuild", 1
    effect, units = WRITE, MANY
    time_limit_ms = 3_600_000
    queue = QueuePolicy(by_default=True)

    class Result(Answer):
        atoms = Int64(required=True)  # looked at
        changed = Int64(required=True)  # whose words had to be stored anew
