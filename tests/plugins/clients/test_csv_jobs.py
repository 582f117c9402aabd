"""Imports and exports on a worker: queued by default, watched, cancelled between units, gone on with after a death."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from bus import runs
from bus.settings import Settings
from contracts.workshop import csv_import
from tests.bus.worker import work
from tests.plugins.tasks.shop import PLUGINS, Shop
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus

FILE = "name,email\n" + "".join(f"N{number},n{number}@example.com\n" for number in range(6)) + "Bad,bad\n"


@pytest.fixture
def queueing(shop: Shop, shop_url: str, tmp_path: Any) -> Iterator[Bus]:
    """A bus on the shop's database that has a queue, which is empty."""
    from bus.application import Bus

    shop.world.execute(sa.text("DELETE FROM bus_job"))
    plugins = [*PLUGINS, *(() if workers in PLUGINS else (workers,))]
    with Bus.open(shop_url, plugins=plugins, clock=shop.clock, settings=Settings(home=tmp_path)) as bus:
        yield bus


def queue(bus: Bus, shop: Shop, command: str, **args: Any) -> str:
    """The job of a call that does not say how it is to be run."""
    envelope = bus.call(command, args, session_token=shop.admin.token)
    assert envelope.ok, envelope
    assert envelope.data is None
    return envelope.job["id"]


def names(shop: Shop) -> list[str]:
    items = shop.admin("client_crud", action="List", filters={"sort_order": "asc"})["items"]
    return [item["name"] for item in items]


def test_a_worker_imports_and_exports(shop: Shop, queueing: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    """As whoever asked for it; at the end every row is counted."""
    monkeypatch.setattr(csv_import, "BATCH", 2)
    imported = queue(queueing, shop, "client_import_csv", content=FILE, keep_rows="best_effort")
    assert names(shop) == []
    work(queueing)
    job = queueing.call("job_get", {"job_id": imported}).data["job"]
    assert (job["progress"]["done"], job["progress"]["total"]) == (7, 7)
    assert (job["envelope"]["data"]["created"], job["envelope"]["data"]["refused"][0]["line"]) == (6, 8)
    created_by = shop.admin("client_crud", action="List", filters={})["items"][0]["created_by"]
    assert created_by == shop.id_of("admin")
    exported = queue(queueing, shop, "client_export_csv", filters={"search": "N3"})
    work(queueing)
    assert queueing.wait(exported).data["content"].splitlines()[1].startswith("N3,individual,,,n3@example.com")


def test_a_file_that_cannot_be_read_becomes_no_job(shop: Shop, queueing: Bus) -> None:
    refused = queueing.call("client_import_csv", {"content": "nom\nAna\n"}, session_token=shop.admin.token)
    assert (refused.code, refused.job) == ("VALIDATION_ERROR", None)


def test_a_job_that_is_cancelled_stops_between_units(
    shop: Shop, queueing: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was made until then stays."""
    monkeypatch.setattr(csv_import, "BATCH", 2)
    monkeypatch.setattr(runs, "LOOK_EVERY_S", 0)
    whole, units = csv_import._make, []

    def counted(*given: Any) -> Any:
        units.append(given)
        return whole(*given)

    monkeypatch.setattr(csv_import, "_make", counted)
    told = runs.JobRun.tell

    def cancelling(run: runs.JobRun, progress: dict[str, Any], *, is_last: bool) -> None:
        told(run, progress, is_last=is_last)
        if len(units) == 2:
            assert queueing.call("job_cancel", {"job_id": run.job_id}).ok

    monkeypatch.setattr(runs.JobRun, "tell", cancelling)
    job = queue(queueing, shop, "client_import_csv", content=FILE, keep_rows="best_effort")
    work(queueing)
    assert queueing.wait(job).code == "CANCELLED"
    assert names(shop) == ["N0", "N1", "N2", "N3"]


@pytest.mark.parametrize("units", [1, 2, 4])
def test_a_run_that_died_goes_on_where_it_was(
    shop: Shop, queueing: Bus, monkeypatch: pytest.MonkeyPatch, units: int
) -> None:
    """Each row is made once, and the answer is that of both tries together."""
    monkeypatch.setattr(csv_import, "BATCH", 2)
    whole, begun = csv_import._make, []

    def dying(*given: Any) -> Any:
        begun.append(given)
        made = whole(*given)
        if len(begun) == units:
            raise MemoryError
        return made

    monkeypatch.setattr(csv_import, "_make", dying)

    def call() -> Any:
        args = {"content": FILE, "keep_rows": "best_effort"}
        key = f"csv-{units}-{shop.bus.database.kind}"
        return queueing.call(
            "client_import_csv", args, session_token=shop.admin.token, mode="sync", idempotency_key=key
        )

    assert call().code == "HANDLER_ERROR"
    assert len(names(shop)) == 2 * (units - 1)
    again = call()
    assert (again.data["created"], len(again.data["refused"])) == (6, 1)
    assert names(shop) == [f"N{number}" for number in range(6)]
