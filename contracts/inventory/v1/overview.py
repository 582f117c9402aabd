"""What has to be ordered, what has to be thrown away, and what all of it is worth."""

from bus.contract import AUTHENTICATED, READ, Contract
from contracts.inventory.rows import Materials, Statistics


class MaterialGetLowStock(Contract):
    """Read the active materials whose stock has come down to its minimum, the smallest stock first."""

    name, version = "material_get_low_stock", 1
    effect, access = READ, AUTHENTICATED

    Result = Materials


class MaterialGetExpired(Contract):
    """Read the active materials that have expired, the longest expired first."""

    name, version = "material_get_expired", 1
    effect, access = READ, AUTHENTICATED

    Result = Materials


class MaterialGetStats(Contract):
    """Count the materials, and add up what the active ones are worth."""

    name, version = "material_get_stats", 1
    effect, access = READ, AUTHENTICATED

    Result = Statistics
