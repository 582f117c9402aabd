"""Any sequence of bookings goes as in a plain model: a stock and a list of its changes, in exact decimals."""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.plugins.interventions.work import Work
from tests.plugins.inventory.store import Store
from tests.plugins.tasks.shop import Shop

#: Mostly small, so that limits are met; sometimes with digits that binary fractions do not have.
quantities = st.integers(1, 40).map(lambda tenths: Decimal(tenths) / 10) | st.integers(1, 9999).map(
    lambda thousandths: Decimal(thousandths) / 1000
)
limits = st.none() | st.integers(0, 12).map(Decimal)
KINDS = ("stock_in", "stock_out", "adjustment", "transfer", "waste", "return")


def exact(number: Any) -> Decimal:
    """What an answer shows."""
    return Decimal(repr(number))


class Stock(RuleBasedStateMachine):
    """One material against its model."""

    def __init__(self, store: Store, intervention_id: str) -> None:
        super().__init__()
        self.store, self.admin = store, store.shop.admin
        self.intervention_id = intervention_id
        self.stock = Decimal(0)
        self.maximum: Decimal | None = None
        self.is_active = True
        #: From what to what the stock changed.
        self.chain: list[tuple[Decimal, Decimal]] = []
        #: What was used, and what was wasted.
        self.uses: list[tuple[Decimal, Decimal]] = []

    @initialize(stock=st.just(Decimal(0)) | quantities)
    def make(self, stock: Decimal) -> None:
        self.material_id = self.store.material(float(stock))["id"]
        if stock:
            self.chain = [(Decimal(0), stock)]
        self.stock = stock

    def expect(self, new: Decimal) -> str | None:
        """The refusal of a change to this stock; None, and the change is in the model."""
        if not self.is_active:
            return "MATERIAL_INACTIVE"
        if new < 0:
            return "INSUFFICIENT_STOCK"
        if new > self.stock and self.maximum is not None and new > self.maximum:
            return "STOCK_LIMIT_EXCEEDED"
        self.chain.append((self.stock, new))
        self.stock = new
        return None

    @rule(change=quantities, is_out=st.booleans())
    def change_by_hand(self, change: Decimal, is_out: bool) -> None:
        signed = -change if is_out else change
        args = {"material_id": self.material_id, "quantity_change": float(signed), "reason": "x"}
        assert self.admin.envelope("material_update_stock", **args).code == self.expect(self.stock + signed)

    @rule(kind=st.sampled_from(KINDS), quantity=quantities, is_all=st.booleans())
    def book(self, kind: str, quantity: Decimal, is_all: bool) -> None:
        """Some of it, or exactly as much as there is."""
        quantity = self.stock if is_all and self.stock else quantity
        new = {
            "adjustment": quantity,
            "stock_in": self.stock + quantity,
            "return": self.stock + quantity,
        }.get(kind, self.stock - quantity)
        args = {"material_id": self.material_id, "transaction_type": kind, "quantity": float(quantity)}
        assert self.admin.envelope("material_create_inventory_transaction", **args).code == self.expect(new)

    @rule(used=quantities, wasted=st.just(Decimal(0)) | quantities)
    def use(self, used: Decimal, wasted: Decimal) -> None:
        ids = {"material_id": self.material_id, "intervention_id": self.intervention_id}
        args = {"quantity_used": float(used), "waste_quantity": float(wasted)}
        expected = self.expect(self.stock - used - wasted)
        assert self.admin.envelope("material_record_consumption", **ids, **args).code == expected
        if expected is None:
            self.uses.append((used, wasted))

    @rule(maximum=limits)
    def limit(self, maximum: Decimal | None) -> None:
        shown = None if maximum is None else float(maximum)
        code = self.admin.envelope("material_update", id=self.material_id, data={"maximum_stock": shown}).code
        if not self.is_active:
            assert code == "MATERIAL_INACTIVE"
        elif maximum is not None and maximum < self.stock:
            assert code == "STOCK_LIMIT_EXCEEDED"
        else:
            assert code is None
            self.maximum = maximum

    @rule(luck=st.integers(0, 9))
    def discontinue(self, luck: int) -> None:
        """Rarely: little can be done after it."""
        if luck == 0:
            code = self.admin.envelope("material_delete", id=self.material_id).code
            assert code == (None if self.is_active else "MATERIAL_INACTIVE")
            self.is_active = False

    @invariant()
    def everything_is_that_of_the_model(self) -> None:
        assert exact(self.store.stock(self.material_id)) == self.stock >= 0
        assert [(exact(old), exact(new)) for old, new in self.store.chain(self.material_id)] == self.chain
        history = self.admin("material_get_consumption_history", material_id=self.material_id, limit=200)
        used = [(exact(item["quantity_used"]), exact(item["waste_quantity"])) for item in history["items"]]
        assert used[::-1] == self.uses


def test_any_sequence_of_bookings_goes_as_in_the_model(shop: Shop, store: Store) -> None:
    machine: Any = functools.partial(Stock, store, Work(shop).start().id)
    run_state_machine_as_test(machine, settings=settings(max_examples=8, stateful_step_count=15))
