"""The database's tables follow the code: compared at every start, upgraded under a lock, checked on demand.

Importing this package, and a start with nothing to upgrade, does not import Alembic.
"""

from bus.migration.heads import Branch, Standing, State, compare
from bus.migration.start import ensure

__all__ = ["Branch", "Standing", "State", "compare", "ensure"]
