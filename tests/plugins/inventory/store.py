"""Short ways to have people of the shop make materials, change their stock and use them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from plugins.inventory.tables import materials

if TYPE_CHECKING:
    from tests.plugins.identity.caller import Caller
    from tests.plugins.tasks.shop import Shop

#: What a new material needs beside its SKU.
FILM: dict[str, Any] = {"name": "Film", "material_type": "ppf_film"}

_numbers = itertools.count()


class Store:
    """Materials, and what is done with them; by an admin unless said otherwise."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop

    def material(self, stock: float | None = None, by: Caller | None = None, **fields: Any) -> dict[str, Any]:
        """A material with so much of it."""
        named = {"sku": f"SKU-{next(_numbers)}", **FILM, "current_stock": stock} | fields
        return (by or self.shop.admin)("material_create", **named)

    def change(self, material_id: str, change: float, by: Caller | None = None) -> dict[str, Any]:
        """The material after its stock changed."""
        args = {"material_id": material_id, "quantity_change": change, "reason": "count"}
        return (by or self.shop.admin)("material_update_stock", **args)

    def book(self, material_id: str, kind: str, quantity: float, **said: Any) -> dict[str, Any]:
        """The line of a booking."""
        args = {"material_id": material_id, "transaction_type": kind, "quantity": quantity}
        return self.shop.admin("material_create_inventory_transaction", **args, **said)

    def update(self, material_id: str, **data: Any) -> dict[str, Any]:
        """The material after a change."""
        return self.shop.admin("material_update", id=material_id, data=data)

    def stored(self, material_id: str) -> dict[str, Any]:
        """A material as an admin sees it."""
        return self.shop.admin("material_get", id=material_id)

    def stock(self, material_id: str) -> float:
        """How much there is."""
        return self.stored(material_id)["current_stock"]

    def lines(self, material_id: str) -> list[dict[str, Any]]:
        """What was booked, the oldest first."""
        history = self.shop.viewer("material_get_transaction_history", material_id=material_id, limit=200)
        return history["items"][::-1]

    def chain(self, material_id: str) -> list[tuple[float, float]]:
        """From what to what the stock changed, the oldest first."""
        return [(line["previous_stock"], line["new_stock"]) for line in self.lines(material_id)]

    def everything(self, material_id: str) -> tuple[Any, ...]:
        """All that a refused command must not have changed."""
        used = self.shop.viewer("material_get_consumption_history", material_id=material_id, limit=200)
        return self.stored(material_id), self.lines(material_id), used

    def set(self, material_id: str, **columns: Any) -> None:
        """What another process does to a material's row."""
        self.shop.world.execute(sa.update(materials).where(materials.c.id == material_id).values(**columns))
