"""Many tasks at once as a CSV file: made by the same rules as one by one, and the same when they come back."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from contracts.tasks.words import PRIORITIES, STATUSES
from plugins.tasks import csv_export
from tests.plugins.identity.caller import Caller
from tests.plugins.tasks.shop import TODAY, TOMORROW, Shop

CAR = "vehicle_plate,vehicle_model,ppf_zones,scheduled_date"
#: What a second import of the same cannot make the same.
OWN = ("id", "assigned_at", "assigned_by", "started_at", "completed_at", "created_at", "updated_at")


def run(caller: Caller, what: str, **args: Any) -> Any:
    """The answer to an import or export that is run at once."""
    return caller.bus.call(f"task_{what}_csv", args, session_token=caller.token, mode="sync")


def csv(caller: Caller, what: str, **args: Any) -> dict[str, Any]:
    """The data of one that succeeds."""
    envelope = run(caller, what, **args)
    assert envelope.ok, envelope
    return envelope.data


def tasks_of(shop: Shop) -> list[dict[str, Any]]:
    filters = {"sort_order": "asc", "limit": 200}
    return shop.admin("task_crud", action="List", filters=filters)["items"]


def test_each_row_is_made_as_a_task_is(shop: Shop) -> None:
    """With everything that hangs on one: its number, its first entry of the history, its place in the queue of sync."""
    client = shop.client()["id"]
    content = (
        f"{CAR},client_id,checklist_completed,estimated_duration,note,creator_id\r\n"
        f"AB-1,Model 3,hood;roof,{TODAY},{client},TRUE,90,first,me\r\n"
        f"AB-2,Model 3,hood,{TOMORROW},,,,,\r\n"
    )
    assert csv(shop.supervisor, "import", content=content) == {"created": 2, "refused": [], "total": 2}
    first, second = tasks_of(shop)
    assert [first["task_number"], second["task_number"]] == ["20260301-001", "20260301-002"]
    told = ("title", "ppf_zones", "client_id", "checklist_completed", "estimated_duration", "notes", "created_by")
    assert [first[name] for name in told] == [
        "Model 3 (AB-1)",
        ["hood", "roof"],
        client,
        True,
        90,
        "first",
        shop.id_of("supervisor"),
    ]
    assert (second["estimated_duration"], second["checklist_completed"]) == (None, False)
    assert shop.statuses(first["id"]) == [(None, "pending")]
    assert shop.admin("sync_get_metrics")["pending_operations"] == 2


def test_a_row_is_refused_for_what_one_task_would_be(shop: Shop) -> None:
    """By its line, with the columns at fault; what came before it in the file counts."""
    shop.task(task_number="T-1")
    header = f"{CAR},task_number,status,technician_id,client_id,start_time,end_time,tags,estimated_duration\n"
    cases: list[tuple[str, str, set[str]]] = [
        (f",M,hood,{TODAY},,,,,,,,", "VALIDATION_ERROR", {"vehicle_plate"}),
        (f"P,M,,{TODAY},,,,,,,,", "VALIDATION_ERROR", {"ppf_zones"}),
        ("P,M,hood,2026-02-30,,,,,,,,", "VALIDATION_ERROR", {"scheduled_date"}),
        (f"P,M,hood,{TODAY},T-1,,,,,,,", "TASK_DUPLICATE_NUMBER", set()),
        (f"P,M,hood,{TODAY},T-2,done,,,,,,", "VALIDATION_ERROR", {"status"}),
        (f"P,M,hood,{TODAY},T-2,,{shop.id_of('viewer')},,,,,", "VALIDATION_ERROR", {"technician_id"}),
        (f"P,M,hood,{TODAY},T-2,,,nobody,,,,", "VALIDATION_ERROR", {"client_id"}),
        (f"P,M,hood,{TODAY},T-2,,,,10:00,09:00,,", "VALIDATION_ERROR", {"end_time"}),
        (f"P,M,hood,{TODAY},T-2,,,,,,a;;b,", "VALIDATION_ERROR", {"tags.1"}),
        (f"P,M,hood,{TODAY},T-2,,,,,,,9.5", "VALIDATION_ERROR", {"estimated_duration"}),
        (f"P,M,hood,{TODAY},T-2,,,,,,,", "", set()),
        (f"P,M,hood,{TODAY},T-2,,,,,,,", "TASK_DUPLICATE_NUMBER", set()),
    ]
    content = header + "\n".join(row for row, _, _ in cases)
    expected = [(line, code, columns) for line, (_, code, columns) in enumerate(cases, 2) if code]
    for keep_rows, created in (("all_or_nothing", 0), ("best_effort", 1)):
        result = csv(shop.admin, "import", content=content, keep_rows=keep_rows)
        refused = [(row["line"], row["code"], set(row["fields"])) for row in result["refused"]]
        assert refused == expected, keep_rows
        assert all(row["message"] for row in result["refused"])
        assert result["created"] == created
        assert [task["task_number"] for task in tasks_of(shop)] == ["T-1", "T-2"][: 1 + created]
    assert shop.admin("sync_get_metrics")["pending_operations"] == 2


@pytest.mark.any_database
def test_what_cannot_be_read_is_refused_by_its_line(shop: Shop) -> None:
    cases = {
        "id,title\n": "line 1: there is no column 'id'",
        f'{CAR}\nP,M,"hood,{TODAY}\n': "line 2: the quoting is broken",
        "": "line 1: there is no header",
    }
    for content, why in cases.items():
        refusal = run(shop.admin, "import", content=content).error
        assert refusal["code"] == "VALIDATION_ERROR", content
        assert refusal["details"]["fields"]["content"][0].startswith(why), content


def strange(rng: random.Random, most: int) -> str:
    """Some text that is kept as it is: without blanks around it."""
    letters = "'=+-@;\\\",é☕\r\n\tab "
    return "".join(rng.choice(letters) for _ in range(rng.randrange(1, most))).strip() or "="


def drafts(rng: random.Random, shop: Shop) -> dict[str, Any]:
    """A task that may have anything a task may have."""
    start, end = sorted(rng.sample(["08:00", "09:30", "12:00", "17:45"], 2))
    optional: dict[str, Any] = {
        "title": strange(rng, 40),
        "description": strange(rng, 60),
        "vehicle_make": strange(rng, 10),
        "vehicle_year": str(rng.randrange(1900, 2101)),
        "vin": strange(rng, 17),
        "custom_ppf_zones": [strange(rng, 10) for _ in range(rng.randrange(3))],
        "status": rng.choice(STATUSES),
        "priority": rng.choice(PRIORITIES),
        "technician_id": shop.id_of(rng.choice(["technician", "colleague"])),
        "start_time": start,
        "end_time": end,
        "date_rdv": TOMORROW,
        "heure_rdv": "10:15",
        "customer_name": strange(rng, 30),
        "customer_email": "=x@example.com".replace("=", "+"),
        "customer_phone": "+33 1 23",
        "external_id": strange(rng, 10),
        "lot_film": strange(rng, 10),
        "checklist_completed": rng.random() < 0.5,
        "notes": strange(rng, 80),
        "tags": [strange(rng, 8) for _ in range(rng.randrange(3))],
        "estimated_duration": rng.randrange(1, 100_001),
        "actual_duration": rng.randrange(100_001),
    }
    return {name: value for name, value in optional.items() if rng.random() < 0.6}


def test_what_was_exported_can_be_imported_and_is_the_same(shop: Shop) -> None:
    """Into a shop without tasks; the ids, stamps and times alone are new."""
    seed = random.randrange(2**32)
    rng = random.Random(seed)
    for _ in range(25):
        zones = [strange(rng, 20) for _ in range(rng.randrange(1, 4))]
        shop.task(vehicle_plate=strange(rng, 20), ppf_zones=zones, **drafts(rng, shop))
    before, stored = csv(shop.admin, "export"), tasks_of(shop)
    assert before["count"] == 25
    shop.clear()
    assert csv(shop.admin, "import", content=before["content"])["refused"] == [], seed
    assert csv(shop.viewer, "export") == before, seed
    for old, new in zip(stored, tasks_of(shop), strict=True):
        assert {name: old[name] for name in old if name not in OWN} == {
            name: new[name] for name in new if name not in OWN
        }, seed


def test_an_export_has_what_the_caller_may_list(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order of their making, whatever fits into a page."""
    monkeypatch.setattr(csv_export, "PAGE_ROWS", 2)
    for name in ("technician", "colleague", "technician"):
        shop.task(of=name)
    shop.task(by=shop.technician, scheduled_date=TOMORROW)
    shop.admin("task_crud", action="Delete", id=shop.task()["id"])

    def exported(caller: Caller, **filters: Any) -> list[str]:
        file = csv(caller, "export", filters=filters)
        lines = file["content"].splitlines()[1:]
        assert len(lines) == file["count"]
        return [line.split(",")[0][-1] for line in lines]

    assert exported(shop.viewer) == ["1", "2", "3", "4"]
    assert exported(shop.technician) == ["1", "3", "4"]
    assert exported(shop.colleague) == ["2"]
    assert exported(shop.technician, from_date=TOMORROW) == ["4"]
    assert exported(shop.admin, technician_id=shop.id_of("colleague")) == ["2"]
    assert exported(shop.admin, search="nothing") == []
    for filters in ({"sort_by": "title"}, {"status": "done"}):
        assert run(shop.admin, "export", filters=filters).code == "VALIDATION_ERROR"


def test_imports_at_once_give_every_number_once(shop: Shop) -> None:
    """Made numbers and chosen ones of several days, from both ends: nobody waits for ever."""
    chosen = ["A", "20260302-007", "", "20260301-007", "20260302-008", "", "B"]
    files = [
        f"{CAR},task_number\n" + "".join(f"P,M,hood,{TODAY},{number}\n" for number in order)
        for order in (chosen, chosen[::-1])
    ]
    with ThreadPoolExecutor(4) as pool:
        racing = [pool.submit(csv, shop.admin, "import", content=file, keep_rows="best_effort") for file in files]
        singles = [pool.submit(shop.task) for _ in range(4)]
        results = [future.result() for future in racing]
        assert all(single.result() for single in singles)
    numbers = [task["task_number"] for task in tasks_of(shop)]
    assert len(numbers) == len(set(numbers)) == sum(result["created"] for result in results) + 4
    assert {row["code"] for result in results for row in result["refused"]} == {"TASK_DUPLICATE_NUMBER"}
