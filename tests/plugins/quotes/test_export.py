"""``quote_export_pdf``: what the document says, that it can be read, and that it is always the same."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from bus import Bus
from bus.settings import Settings
from bus.testing import wait_until
from tests.bus.worker import work
from tests.plugins.quotes.desk import Desk
from tests.plugins.quotes.paper import Paper
from tests.plugins.quotes.racers import Racers
from tests.plugins.racing import race_in_threads
from tests.plugins.tasks.shop import PLUGINS, Shop
from workers import workers

#: Letters of all scripts that documents are promised to show.
SCRIPTS = (
    "Éléments à façonner: çà et là, œuvre, Größe, Łódź, Dvořák, Őry, İstanbul, Þórr, ñandú",
    "€ £ ¥ « » „quoted“ — … ° ½ µ • →",
    "Ελληνικά, Київ, Русский, Tiếng Việt",
    "保護フィルム施工 全面「ボンネット、フェンダー」",
    "漆面保护膜安装、包括引擎盖。繁體中文",
    "한국어 설명도 그대로 보입니다",
)


def export(shop: Shop, quote: dict[str, Any]) -> Paper:
    answer = shop.viewer("quote_export_pdf", id=quote["id"])
    assert (answer["quote_id"], answer["file_name"]) == (quote["id"], f"{quote['quote_number']}.pdf")
    return Paper(answer)


@pytest.mark.any_database
def test_the_document_names_all_that_the_quote_says(shop: Shop, desk: Desk) -> None:
    client = shop.client(name="Zoë Müller")
    vehicle = {"vehicle_plate": "AB-123-CD", "vehicle_make": "Citroën", "vehicle_model": "C4", "vehicle_year": 2024}
    quote = desk.quote(
        {"label": "Hood", "qty": 2.5, "unit_price": 123_456, "tax_rate": 19.6, "description": "Full\nfront"},
        {"label": "Goodwill", "kind": "discount", "qty": 1, "unit_price": 5},
        client_id=client["id"],
        valid_until=desk.soon_ms,
        notes="Call first.\n\nThen come.",
        terms="30 days net.",
        vehicle_vin="VF7",
        **vehicle,
    )
    paper = export(shop, quote)
    assert len(paper) == 1
    assert paper.text == (
        "Quote DEV-00001 Date 2026-03-01 Valid until 2026-03-01 Client Zoë Müller "
        "Vehicle AB-123-CD Citroën C4 2024, VIN VF7 "
        "Item Qty Unit price Tax Total "
        "Hood 2.5 1234.56 € 19.6 % 3086.40 € Full front "
        "Goodwill 1 0.05 € -0.05 € "
        "Subtotal 3086.35 € Tax 604.93 € Total 3691.28 € "
        "Terms 30 days net. Notes Call first. Then come. "
        "DEV-00001 - page 1 of 1"
    )


@pytest.mark.any_database
def test_a_quote_of_nothing_has_a_document_too(shop: Shop, desk: Desk) -> None:
    """Of a client that has been deleted meanwhile the id is left."""
    client = shop.client(name="Gone")
    quote = desk.quote(client_id=client["id"])
    shop.admin("client_crud", action="Delete", id=client["id"])
    assert export(shop, quote).text == (
        f"Quote DEV-00001 Date 2026-03-01 Client {client['id']} Item Qty Unit price Tax Total "
        "Subtotal 0.00 € Tax 0.00 € Total 0.00 € DEV-00001 - page 1 of 1"
    )


@pytest.mark.any_database
def test_a_quote_in_any_state_has_the_same_document(shop: Shop, desk: Desk) -> None:
    """It says nothing that changes by itself."""
    quote = desk.quote({}, valid_until=desk.soon_ms)
    papers = [export(shop, quote).bytes]
    for status in ("sent", "accepted"):
        desk.mark(status, quote)
        papers.append(export(shop, quote).bytes)
    desk.set(quote["id"], status="sent")
    shop.clock.advance(desk.soon_ms - shop.clock.now_ms() + 1)
    assert desk.status(quote) == "expired"
    assert {*papers, export(shop, quote).bytes} == {papers[0]}


@pytest.mark.any_database
def test_every_letter_is_shown(shop: Shop, desk: Desk) -> None:
    """It can be taken out of the document as it was written, and there is ink where it stands."""
    client = shop.client(name="山田太郎 & Zoë")
    items = [{"label": text, "description": f"{text}."} for text in SCRIPTS]
    paper = export(shop, desk.quote(*items, client_id=client["id"], terms="\n".join(SCRIPTS)))
    for text in (*SCRIPTS, client["name"]):
        assert paper.holds(text), text
    assert [paper.invisible(number) for number in range(len(paper))] == [""] * len(paper)


@pytest.mark.any_database
def test_a_letter_that_no_font_knows_is_shown_as_a_square(shop: Shop, desk: Desk) -> None:
    """What has no shape leaves none: joiners, marks of direction, control characters."""
    quote = desk.quote({"label": "a\u200db\u200fc\u0007d \U0001f600\ufe0f \u05d0 e\u0301 x\ty"})
    assert export(shop, quote).holds("abcd □ □ é x y")


@pytest.mark.any_database
def test_ink_is_where_it_should_be(shop: Shop, desk: Desk) -> None:
    """The head at the top left, numbers at the right, a rule below the heads of the columns, and white margins."""
    paper = export(shop, desk.quote({"label": "Hood", "tax_rate": 20}, vehicle_plate="AB-123-CD"))
    assert paper.ink(0, 50, 55, 230, 80) > 0.1  # the title
    assert paper.ink(0, 50, 80, 120, 140) > 0.02  # what the facts are called
    assert paper.ink(0, 500, 150, 546, 260) > 0.01  # sums
    rules = [y for y in range(130, 260) if paper.ink(0, 52, y, 543, y + 1) > 0.3]
    assert 2 <= len(rules) <= 4
    assert paper.ink(0, 0, 0, 595, 50) == paper.ink(0, 0, 0, 49, 842) == 0
    assert paper.ink(0, 547, 0, 595, 842) == paper.ink(0, 0, 300, 595, 790) == 0
    assert 0 < paper.ink(0, 200, 790, 400, 810) < 0.2  # the number of the page


@pytest.mark.any_database
def test_long_quotes_go_on_over_pages(shop: Shop, desk: Desk) -> None:
    """Every page of the table has its head, a description goes on where the page before ends, nothing is lost."""
    words = " ".join(f"w{number}" for number in range(150))
    items = [{"label": f"Item {number}", "description": f"{number} {words}"} for number in range(20)]
    quote = desk.quote(*items, {"label": "Y" * 200}, notes="n " * 1_999 + "n", terms="long\n" * 99)
    paper = export(shop, quote)
    assert len(paper) > 6
    for item in items:
        assert paper.holds(f"{item['label']} 1 500.00 €"), item["label"]
        assert paper.holds(item["description"].rpartition(" ")[0][-300:])
    assert (paper.text.count("Y"), paper.text.count("n ") >= 2_000) == (200, True)
    for number in range(len(paper)):
        assert paper.pages[number].endswith(f"DEV-00001 - page {number + 1} of {len(paper)}")
        assert paper.ink(number, 0, 0, 595, 49) == paper.ink(number, 0, 815, 595, 842) == 0
    heads = ["Item Qty Unit price Tax Total" in paper.pages[number] for number in range(len(paper))]
    assert heads == sorted(heads, reverse=True)
    assert sum(heads) >= 4
    assert all(page.startswith("Item Qty") for page in (paper.pages[1], paper.pages[2]))


def test_the_bytes_are_the_same_wherever_they_are_made(shop: Shop, desk: Desk, racers: Racers) -> None:
    """In other processes, and in threads that set other documents at the same time."""
    quotes = [desk.quote({"label": text}) for text in SCRIPTS[:4]]
    papers = [shop.viewer("quote_export_pdf", id=quote["id"]) for quote in quotes]
    token = {"session_token": shop.viewer.token}
    calls = [[("quote_export_pdf", {"id": quote["id"], **token})] * 3 for quote in quotes]
    for paper, answers in zip(papers, race_in_threads(shop.bus, calls), strict=True):
        assert [answer["data"] for answer in answers] == [paper] * 3
    answers = racers.race(shop, [("quote_export_pdf", {"id": quotes[3]["id"]})])
    assert [answer["data"] for answer in answers] == [papers[3]] * len(answers)


def test_a_worker_makes_the_same_document(shop: Shop, desk: Desk, shop_url: str, tmp_path: Path) -> None:
    """And tells how far it is; a quote that is gone by then is what its answer says."""
    quote, gone = desk.quote({}, {}), desk.quote()
    with Bus.open(shop_url, plugins=[*PLUGINS, workers], clock=shop.clock, settings=Settings(home=tmp_path)) as bus:
        asked = [
            bus.submit("quote_export_pdf", {"id": one["id"]}, session_token=shop.viewer.token) for one in (quote, gone)
        ]
        jobs = [envelope.job["id"] for envelope in asked]
        shop.admin("quote_delete", id=gone["id"])
        work(bus)
        envelopes = [bus.wait(job_id) for job_id in jobs]
        progress = bus.call("job_get", {"job_id": jobs[0]}).data["job"]["progress"]
    assert envelopes[0].data == shop.viewer("quote_export_pdf", id=quote["id"])
    assert envelopes[1].code == "NOT_FOUND"
    assert (progress["done"], progress["total"], progress["message"]) == (1, 1, "drawing pages")


@pytest.mark.any_database
def test_an_export_can_be_cancelled_on_its_way(shop: Shop, desk: Desk, shop_url: str, tmp_path: Path) -> None:
    quote = desk.quote(*[{"description": "word " * 199}] * 1_500)
    settings = Settings(home=tmp_path)
    with Bus.open(shop_url, plugins=[*PLUGINS, workers], clock=shop.clock, settings=settings) as bus:
        job_id = bus.submit("quote_export_pdf", {"id": quote["id"]}, session_token=shop.viewer.token).job["id"]
        worker = threading.Thread(target=work, args=[bus])
        worker.start()
        try:
            told = wait_until(lambda: bus.call("job_get", {"job_id": job_id}).data["job"]["progress"], what="progress")
            assert bus.call("job_cancel", {"job_id": job_id}).ok
        finally:
            worker.join(60)
        envelope = bus.wait(job_id)
    assert (told["message"], told["total"]) == ("setting items", 1_500)
    assert 0 < told["done"] < 1_500
    assert envelope.code == "CANCELLED"
