"""A ledger that balances says nothing; one that does not says what is wrong."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from sqlalchemy import delete, insert, select, update

from bus.database.tables import job
from tests.bus.worker import work
from tests.deeds import create_tables, deed, deeds, order
from tests.processes.ledger import BEFORE, READ, Publisher, Report, check, settle
from workers import workers

KINDS = {"deed": 5, "refusing": 1, "changed@1": 1}


@pytest.fixture
def bus(sqlite_url, open_bus):
    bus = open_bus(sqlite_url, plugins=[deeds, workers])
    create_tables(bus.database)
    return bus


@pytest.fixture
def publisher(bus):
    """It has published twenty jobs, all of which have run."""
    publisher = Publisher(bus, random.Random(1), KINDS)
    publisher.start()
    publisher.want(20)
    publisher.end()
    work(bus)
    return publisher


def complaints(bus, publisher) -> list[str]:
    report = Report()
    check(bus, publisher, report, set(), Counter())
    return report.complaints


def change(bus, statement) -> None:
    with bus.database.connect() as connection:
        connection.execute(statement)


def test_what_was_done_once_balances(bus, publisher):
    report = Report()
    settle(bus, publisher, report)
    check(bus, publisher, report, set(), Counter())

    assert report.complaints == []
    assert report.accepted + report.rolled_back == 20
    assert report.rolled_back > 0


def test_the_release_before_may_have_done_it(bus, publisher):
    change(bus, update(deed).values(what=BEFORE))

    assert complaints(bus, publisher) == []


def first_done(bus) -> int:
    with bus.database.connect() as connection:
        return connection.execute(select(deed.c.n).limit(1)).scalar_one()


def test_what_is_missing_is_lost(bus, publisher):
    n = first_done(bus)
    change(bus, delete(deed).where(deed.c.n == n))

    assert complaints(bus, publisher)[0] == f"lost: {{({n}, 'done'): 1}}"


@pytest.mark.parametrize("what", ["done", BEFORE, "step 7"])
def test_what_was_done_twice_or_by_nobody_is_told(bus, publisher, what):
    change(bus, insert(deed).values(n=first_done(bus), what=what, pid=1))

    assert any(text.startswith("doubled or strange: {(") for text in complaints(bus, publisher))


def test_a_job_that_ended_otherwise_is_told(bus, publisher):
    change(bus, update(job).where(job.c.state == "failed").values(state="dead"))

    assert any("is dead, not failed" in text for text in complaints(bus, publisher))


def test_an_order_that_nobody_accepted_is_told(bus, publisher):
    change(bus, insert(order).values(n=99, command="deed", job_id="x"))

    assert any("orders that differ" in text and "99" in text for text in complaints(bus, publisher))


def test_a_letter_has_to_be_read_once_or_more_often(bus, publisher):
    publisher.letters = {1_000}
    assert complaints(bus, publisher) == ["lost letters: [1000]"]

    change(bus, insert(deed).values([{"n": 1_000, "what": READ, "pid": 1}] * 2))
    assert complaints(bus, publisher) == []
