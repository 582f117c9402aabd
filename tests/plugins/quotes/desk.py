"""Short ways to have people of the shop write quotes, send them and learn what became of them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from plugins.quotes.tables import quotes
from tests.plugins.identity.caller import HOUR_MS

if TYPE_CHECKING:
    from tests.plugins.identity.caller import Caller
    from tests.plugins.tasks.shop import Shop

#: What a new item needs.
HOOD: dict[str, Any] = {"label": "Hood", "qty": 1, "unit_price": 50_000}

_numbers = itertools.count()


class Desk:
    """Quotes, and what is done with them; by an admin unless said otherwise."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self._client_id: str | None = None

    @property
    def client_id(self) -> str:
        """The client of all quotes that name no other one."""
        if self._client_id is None:
            self._client_id = self.shop.client(name="Ana Lopez")["id"]
        return self._client_id

    def quote(self, *items: dict[str, Any], by: Caller | None = None, **data: Any) -> dict[str, Any]:
        """A draft with these items."""
        whole = {"client_id": data.get("client_id") or self.client_id, "items": [HOOD | item for item in items]} | data
        return (by or self.shop.admin)("quote_create", data=whole)

    def refused(self, *items: dict[str, Any], **data: Any) -> list[str]:
        """The paths of what is wrong with a quote."""
        whole = {"client_id": self.client_id, "items": [HOOD | item for item in items]} | data
        refusal = self.shop.admin.refusal("quote_create", data=whole)
        assert refusal["code"] == "VALIDATION_ERROR", refusal
        return list(refusal["details"]["fields"])

    def sent(self, *items: dict[str, Any], **data: Any) -> dict[str, Any]:
        """A quote that the client has."""
        return self.mark("sent", self.quote(*items, **data))

    def mark(self, status: str, quote: dict[str, Any], by: Caller | None = None) -> dict[str, Any]:
        """The quote after it was marked."""
        answer = (by or self.shop.admin)(f"quote_mark_{status}", id=quote["id"])
        return answer["quote"] if status == "accepted" else answer

    def in_status(self, status: str) -> dict[str, Any]:
        """A quote in this status, by the way quotes come there."""
        if status == "draft":
            return self.quote({})
        if status in ("accepted", "rejected"):
            return self.mark(status, self.sent({}))
        quote = self.sent({}, valid_until=self.soon_ms if status == "expired" else None)
        if status == "expired":
            self.set(quote["id"], valid_until=self.shop.clock.now_ms() - 1)
        return self.stored(quote["id"])

    @property
    def soon_ms(self) -> int:
        """An hour from now."""
        return self.shop.clock.now_ms() + HOUR_MS

    def add(self, quote: dict[str, Any], **item: Any) -> dict[str, Any]:
        """The quote with an item more."""
        return self.shop.admin("quote_item_add", quote_id=quote["id"], item=HOOD | item)

    def stored(self, quote_id: str) -> dict[str, Any]:
        """A quote as everybody sees it."""
        return self.shop.viewer("quote_get", id=quote_id)

    def status(self, quote: dict[str, Any]) -> str:
        """What it is by now."""
        return self.stored(quote["id"])["status"]

    def list(self, **filters: Any) -> dict[str, Any]:
        """One page."""
        return self.shop.viewer("quote_list", filters=filters)

    def listed(self, **filters: Any) -> list[str]:
        """The numbers on one page, as 1, 2, 3."""
        return [str(int(item["quote_number"].removeprefix("DEV-"))) for item in self.list(**filters)["items"]]

    def material(self) -> str:
        """The id of a material."""
        fields = {"sku": f"Q-{next(_numbers)}", "name": "Film", "material_type": "ppf_film"}
        return self.shop.admin("material_create", **fields)["id"]

    def set(self, quote_id: str, **columns: Any) -> None:
        """What another process does to a quote's row."""
        self.shop.world.execute(sa.update(quotes).where(quotes.c.id == quote_id).values(**columns))
