"""Many clients at once as a CSV file: which rows become clients, what is said of the others, what comes back."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from contracts.workshop import csv_fields, csv_import
from plugins.clients import csv_export
from tests.plugins.identity.caller import Caller
from tests.plugins.tasks.shop import Shop

HEADER = "name,email,customer_type,tags\n"
BAD = HEADER + (
    "Ana,a@example.com,,\n"  # 2
    ",b@example.com,,\n"  # 3
    "Bob,nope,friend,\n"  # 4
    '"Cem\n2",A@example.com,,vip;old\n'  # 5, and 6
    "Dan,d@example.com,business,\n"  # 7
    "Eve,,,,\n"  # 8
    "Flo,f@example.com,,x;;y\n"  # 9
    "Gil,g@example.com,individual,vip\n"  # 10
)
REFUSED = [
    (3, "VALIDATION_ERROR", {"name"}),
    (4, "VALIDATION_ERROR", {"email", "customer_type"}),
    (5, "CLIENT_DUPLICATE_EMAIL", set[str]()),
    (7, "VALIDATION_ERROR", {"company_name"}),
    (8, "VALIDATION_ERROR", set[str]()),
    (9, "VALIDATION_ERROR", {"tags.1"}),
]


def run(caller: Caller, what: str, **args: Any) -> Any:
    """The answer to an import or export that is run at once."""
    return caller.bus.call(f"client_{what}_csv", args, session_token=caller.token, mode="sync")


def csv(caller: Caller, what: str, **args: Any) -> dict[str, Any]:
    """The data of one that succeeds."""
    envelope = run(caller, what, **args)
    assert envelope.ok, envelope
    return envelope.data


def names(shop: Shop) -> list[str]:
    items = shop.admin("client_crud", action="List", filters={"sort_order": "asc", "limit": 200})["items"]
    return [item["name"] for item in items]


def table(refused: list[dict[str, Any]]) -> list[tuple[int, str, set[str]]]:
    return [(row["line"], row["code"], set(row["fields"])) for row in refused]


@pytest.mark.parametrize("batch", [1, 3, 50])
def test_good_rows_become_clients_and_the_others_are_named(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """By the lines they begin on, with what making each alone would have said; whatever fits into a unit of work."""
    monkeypatch.setattr(csv_import, "BATCH", batch)
    result = csv(shop.supervisor, "import", content=BAD, keep_rows="best_effort")
    assert table(result["refused"]) == REFUSED
    assert (result["created"], result["total"]) == (2, 8)
    assert names(shop) == ["Ana", "Gil"]
    gil = shop.admin("client_crud", action="Search", query="Gil")["items"][0]
    assert (gil["tags"], gil["created_by"]) == (["vip"], shop.id_of("supervisor"))


def test_one_bad_row_keeps_all_others_out(shop: Shop) -> None:
    """Unless told otherwise; all bad rows are named nevertheless."""
    result = csv(shop.admin, "import", content=BAD)
    assert table(result["refused"]) == REFUSED
    assert (result["created"], result["total"]) == (0, 8)
    assert names(shop) == []
    assert csv(shop.admin, "import", content=HEADER + "Ana,a@example.com,,\nBob,,,\n") == {
        "created": 2,
        "refused": [],
        "total": 2,
    }
    assert names(shop) == ["Ana", "Bob"]


def test_a_file_without_rows_makes_nothing(shop: Shop) -> None:
    for keep_rows in ("best_effort", "all_or_nothing"):
        assert csv(shop.admin, "import", content=HEADER, keep_rows=keep_rows)["total"] == 0


@pytest.mark.any_database
def test_what_cannot_be_read_is_refused_at_once(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_fields, "MAX_ROWS", 3)
    monkeypatch.setattr(csv_fields, "MAX_ROWS_AT_ONCE", 2)
    cases: list[tuple[dict[str, Any], str]] = [
        ({"content": "nom\nAna\n"}, "content"),
        ({"content": ""}, "content"),
        ({"content": 'name\n"Ana'}, "content"),
        ({"content": "name\n" + "x" * 1_000_000}, "content"),
        ({"content": "name\na\nb\nc\nd\n", "keep_rows": "best_effort"}, "content"),
        ({"content": "name\na\nb\nc\n"}, "content"),
        ({"content": "name\na\n", "keep_rows": "some"}, "keep_rows"),
        ({"content": 7}, "content"),
        ({}, "content"),
    ]
    for args, field in cases:
        refusal = run(shop.admin, "import", **args).error
        assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [field]), args
    fault = run(shop.admin, "import", content='name\nAna\n\nnom,x\n"a"b\n').error["details"]["fields"]
    assert fault == {"content": ["line 5: the quoting is broken (',' expected after '\"')"]}
    assert csv(shop.admin, "import", content="name\na\nb\nc\n", keep_rows="best_effort")["created"] == 3


def strange(rng: random.Random, most: int) -> str:
    """Some text that is kept as it is: without blanks around it."""
    letters = "'=+-@;\\\",é☕\n\tab "
    return "x".join(rng.choice(letters) for _ in range(rng.randrange(1, most))).strip() or "="


def test_what_was_exported_can_be_imported_and_is_the_same(shop: Shop) -> None:
    """Into an empty shop; the ids and times alone are new."""
    seed = random.randrange(2**32)
    rng = random.Random(seed)
    for number in range(25):
        optional = {
            "email": f"=a{number}@example.com".replace("=", "+"),
            "phone": f"+33 1 23 45 {number:02}",
            "tax_id": f"{strange(rng, 8)}{number}",
            "notes": strange(rng, 30),
            "address_street": strange(rng, 20),
            "company_name": strange(rng, 10),
            "tags": [strange(rng, 8) for _ in range(rng.randrange(3))],
        }
        kept = {name: value for name, value in optional.items() if rng.random() < 0.7}
        shop.client(name=strange(rng, 20), **kept)
    before = csv(shop.admin, "export")
    stored = shop.admin("client_crud", action="List", filters={"limit": 200, "sort_order": "asc"})["items"]
    shop.clear()
    assert csv(shop.admin, "import", content=before["content"])["refused"] == [], seed
    assert csv(shop.viewer, "export") == before, seed
    again = shop.admin("client_crud", action="List", filters={"limit": 200, "sort_order": "asc"})["items"]
    for old, new in zip(stored, again, strict=True):
        assert old | dict.fromkeys(("id", "created_at", "updated_at")) == (
            new | dict.fromkeys(("id", "created_at", "updated_at"))
        ), seed


def test_nothing_that_is_exported_is_a_formula(shop: Shop) -> None:
    shop.client(name="=1+1", phone="+33 1 23 45", notes="@me", tags=["-1", "b"])
    lines = csv(shop.viewer, "export")["content"].split("\r\n")
    assert lines[1] == "'=1+1,individual,,,,'+33 1 23 45,,,,,,,'-1;b,'@me"


def test_an_export_has_what_the_list_has(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order of their making, whatever fits into a page."""
    monkeypatch.setattr(csv_export, "PAGE_ROWS", 2)
    for number in range(5):
        shop.client(name=f"Ana {number}", customer_type="individual")
    shop.client(name="Bob", customer_type="business", company_name="Anabolic")
    gone = shop.client(name="Ana gone")
    shop.admin("client_crud", action="Delete", id=gone["id"])

    def exported(**filters: Any) -> list[str]:
        file = csv(shop.viewer, "export", filters=filters)
        lines = file["content"].splitlines()[1:]
        assert len(lines) == file["count"]
        return [line.split(",")[0] for line in lines]

    assert exported() == [f"Ana {number}" for number in range(5)] + ["Bob"]
    assert exported(search="ana") == exported()
    assert exported(search="ana", customer_type="business") == ["Bob"]
    assert exported(search="nobody") == []
    for filters in ({"page": 2}, {"customer_type": "friend"}):
        assert run(shop.admin, "export", filters=filters).code == "VALIDATION_ERROR"


def test_imports_that_want_the_same_do_not_wait_for_each_other_for_ever(shop: Shop) -> None:
    """The same emails and tax ids from both ends, and single clients between: each is made once."""
    rows = [f"N{number},n{number}@example.com,T{9 - number}\n" for number in range(10)]
    files = ["name,email,tax_id\n" + "".join(order) for order in (rows, rows[::-1])]
    one = {"name": "One", "email": "n4@example.com", "tax_id": "T3"}
    with ThreadPoolExecutor(4) as pool:
        racing = [pool.submit(csv, shop.admin, "import", content=file, keep_rows="best_effort") for file in files]
        racing += [pool.submit(shop.admin.envelope, "client_crud", action="Create", data=one) for _ in range(2)]
        *results, first, second = [future.result() for future in racing]
    taken = {"CLIENT_DUPLICATE_EMAIL", "CLIENT_DUPLICATE_TAX_ID"}
    assert {row["code"] for result in results for row in result["refused"]} <= taken
    assert {first.code, second.code} <= taken | {None}
    items = shop.admin("client_crud", action="List", filters={"limit": 200})["items"]
    emails = [item["email"] for item in items]
    assert len(emails) == len(set(emails)) >= 9
