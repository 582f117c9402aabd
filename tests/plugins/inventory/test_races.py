"""Many who take the last of a stock at once: never one too many, and nobody is told of a lock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from bus.testing import wait_until
from plugins.interventions.tables import interventions
from tests.plugins.interventions.work import Work
from tests.plugins.inventory.store import FILM, Store
from tests.plugins.racing import Answer, Call, Processes, race_in_threads
from tests.plugins.tasks.shop import Shop

THREADS, PROCESSES = 16, 4
#: Calls of each racer.
ROUNDS = 4
#: Of this database: whether anybody waits for a lock.
WAITING = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    """Processes that each open a bus of their own."""
    racers = Processes(PROCESSES, "tests.plugins.inventory.racers:racers")
    yield racers
    racers.close()


def codes(answers: list[list[Answer]]) -> Counter[str | None]:
    """How often each came out; None: it went well."""
    return Counter(answer["error"] and answer["error"]["code"] for own in answers for answer in own)


def taking(shop: Shop, material_id: str, quantity: float = 1) -> Call:
    args = {"material_id": material_id, "quantity_change": -quantity, "reason": "x"}
    return "material_update_stock", args | {"session_token": shop.admin.token}


def require_chain(store: Store, material_id: str, stock: float) -> None:
    """Go on only if the ledger leads without a gap to this stock."""
    chain = store.chain(material_id)
    assert [old for old, _ in chain] == [0, *(new for _, new in chain[:-1])]
    assert chain[-1][1] == store.stock(material_id) == stock


def test_threads_take_the_last_units(shop: Shop, store: Store) -> None:
    units = THREADS * ROUNDS // 2
    material_id = store.material(units / 10)["id"]
    answers = race_in_threads(shop.bus, [[taking(shop, material_id, 0.1)] * ROUNDS for _ in range(THREADS)])
    assert codes(answers) == {None: units, "INSUFFICIENT_STOCK": units}
    require_chain(store, material_id, 0)
    assert len(store.lines(material_id)) == units + 1


def test_processes_take_the_last_units(shop: Shop, store: Store, processes: Processes) -> None:
    units = PROCESSES * ROUNDS // 2
    material_id = store.material(units)["id"]
    answers = processes.race(shop.bus, [[taking(shop, material_id)] * ROUNDS for _ in range(PROCESSES)])
    assert codes(answers) == {None: units, "INSUFFICIENT_STOCK": units}
    require_chain(store, material_id, 0)


def test_those_who_use_and_those_who_count_meet(shop: Shop, store: Store) -> None:
    """Two interventions and some who change the stock by hand, up and down, and the material itself."""
    work = Work(shop)
    begun = [work.start().id for _ in range(2)]
    material_id = store.material(10)["id"]
    token = {"session_token": shop.admin.token}

    def calls_of(racer: int) -> list[Call]:
        use: dict[str, Any] = {"material_id": material_id, "intervention_id": begun[racer % 2], "quantity_used": 0.5}
        by_hand: dict[str, Any] = {"material_id": material_id, "quantity_change": 0.25, "reason": "x"}
        update: dict[str, Any] = {"id": material_id, "data": {"name": f"Film {racer}"}}
        one: list[Call] = [
            ("material_record_consumption", use | token),
            ("material_update_stock", by_hand | token),
            ("material_update", update | token),
            ("material_record_consumption", use | token),
        ]
        return [one[(racer + number) % 4] for number in range(ROUNDS)]

    answers = race_in_threads(shop.bus, [calls_of(racer) for racer in range(6)])
    assert codes(answers) == {None: 24}
    require_chain(store, material_id, 10 - 12 * 0.5 + 6 * 0.25)
    assert shop.admin("material_get_consumption_history", material_id=material_id)["total_count"] == 12


def test_nothing_is_used_in_work_that_is_just_being_ended(shop: Shop, store: Store) -> None:
    """Whoever comes meanwhile waits for the end, and then is refused."""
    begun = Work(shop).start().id
    use = {"intervention_id": begun, "material_id": store.material(5)["id"], "quantity_used": 1}
    database = shop.bus.database
    ended = sa.update(interventions).where(interventions.c.id == begun).values(status="cancelled")
    with database.engine.connect() as other, ThreadPoolExecutor(1) as pool:
        other.exec_driver_sql("BEGIN IMMEDIATE" if database.kind == "sqlite" else "BEGIN")
        other.execute(ended)
        answer = pool.submit(shop.admin.envelope, "material_record_consumption", **use)
        if database.kind == "postgresql":
            wait_until(lambda: answer.done() or shop.world.execute(WAITING)[0][0])
        other.exec_driver_sql("COMMIT")
        assert answer.result().code == "INTERVENTION_INVALID_STATE"
    assert store.stock(use["material_id"]) == 5


def test_work_that_ends_meets_what_it_uses(shop: Shop, store: Store) -> None:
    """Everybody is answered, and what is on record is what was answered."""
    work = Work(shop)
    material_id = store.material(100)["id"]
    token = {"session_token": shop.admin.token}
    for _ in range(3):
        begun = work.start().id
        ids = {"intervention_id": begun, "material_id": material_id}
        use: Call = ("material_record_consumption", ids | {"quantity_used": 1} | token)
        end: Call = ("intervention_cancel", {"intervention_id": begun} | token)
        answers = race_in_threads(shop.bus, [[use, use], [use, use], [end]])
        counted = codes(answers)
        assert set(counted) <= {None, "INTERVENTION_INVALID_STATE"}
        used = shop.admin("material_get_intervention_consumption", intervention_id=begun)["total_count"]
        assert used == counted[None] - 1


def test_a_sku_has_one_winner(shop: Shop, store: Store) -> None:
    """Among new materials and those that change theirs."""
    token = {"session_token": shop.admin.token}
    others = [store.material()["id"] for _ in range(3)]
    new: list[Call] = [("material_create", {**FILM, "sku": "S"} | token)] * 3
    changed: list[Call] = [("material_update", {"id": id, "data": {"sku": "S"}} | token) for id in others]
    answers = race_in_threads(shop.bus, [[call] for call in (*new, *changed)])
    assert codes(answers) == {None: 1, "MATERIAL_DUPLICATE_SKU": 5}
