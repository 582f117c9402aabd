"""The ledger of a drill: what it takes as balanced, and everything that it does not."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import pytest

from workers.drill.faults import Strike
from workers.drill.ledger import Entry, Found, balance, percentile
from workers.drill.orders import Order, Published
from workers.drill.plugin import DEED, DONE, EFFECTS, LETTER, UNITS

STRUCK_AT = 1_000


class Book:
    """Orders, and a database that says what became of them; each test spoils one thing."""

    def __init__(self, *orders: Order) -> None:
        self.orders = orders
        self.published = Published({order.n: f"job-{order.n}" for order in orders})
        self.jobs = {
            f"job-{order.n}": SimpleNamespace(
                id=f"job-{order.n}",
                args=f'{{"n": {order.n}}}',
                state="succeeded",
                result="{}",
                created_at=900,
                finished_at=1_000 + order.n,
            )
            for order in orders
            if not order.is_letter
        }
        self.effects = Counter({(order.n, what): 1 for order in orders for what in EFFECTS[order.command]})
        self.first_at = {order.n: 900 + order.delay_ms for order in orders}

    def balance(self, hit=None):
        entry = Entry("kill", self.orders, self.published, Strike(STRUCK_AT, hit))
        return balance([entry], Found(self.jobs, self.effects, self.first_at))


@pytest.fixture
def book():
    units = [Order(n, UNITS, {"n": n, "ms": 1}) for n in (1, 2)]
    return Book(*units, Order(3, DEED, {"n": 3}), Order(4, DEED, {"n": 4}, delay_ms=50))


def test_what_is_all_there_once_balances(book):
    told = book.balance(frozenset({"job-2", "job-3"}))
    assert (told.complaints, told.wrong) == ([], frozenset())
    line = told.lines["kill"]
    assert (line.accepted, line.answered, line.succeeded, line.once) == (4, 4, 4, 4)
    assert (line.doubled, line.lost, line.stuck, line.early) == (0, 0, 0, 0)
    assert line.back_ms == [3]  # from 1,000 to the later of 1,002 and 1,003


def spoil_nothing_accepted(book):
    book.published.ids.clear()
    book.jobs.clear()
    book.effects.clear()


SPOILT = {
    "lost unit": (lambda b: b.effects.pop((1, "unit 1")), "whose effects are not all there (1)", "lost"),
    "doubled unit": (lambda b: b.effects.update([(2, "unit 0")]), "done twice or more (2)", "doubled"),
    "gone": (lambda b: b.jobs.pop("job-3"), "without an answer (3)", None),
    "no result": (lambda b: setattr(b.jobs["job-3"], "result", None), "without an answer (3)", None),
    "dead": (lambda b: setattr(b.jobs["job-3"], "state", "dead"), "that did not succeed (3)", None),
    "queued": (lambda b: setattr(b.jobs["job-1"], "state", "queued"), "that did not end (1)", "stuck"),
    "running": (lambda b: setattr(b.jobs["job-1"], "state", "running"), "that did not end (1)", "stuck"),
    "early": (lambda b: b.first_at.update({4: 949}), "done before their delay was over (4)", "early"),
    "unordered effect": (lambda b: b.effects.update([(9, DONE)]), "with effects that nobody published (9)", None),
    "unordered job": (
        lambda b: b.jobs.update({"x": SimpleNamespace(args='{"n": 9}')}),
        "that nobody published (9)",
        None,
    ),
    "publisher": (lambda b: b.published.complaints.append("an odd answer"), "an odd answer", None),
    "nothing": (spoil_nothing_accepted, "no job was accepted", None),
}


@pytest.mark.parametrize("what", SPOILT)
def test_whatever_is_wrong_is_told(book, what):
    spoil, sentence, count = SPOILT[what]
    spoil(book)
    told = book.balance()
    assert len(told.complaints) == 1, told.complaints
    assert told.complaints[0].endswith(sentence)
    line = told.lines["kill"]
    counts = {name: getattr(line, name) for name in ("lost", "doubled", "stuck", "early")}
    assert counts == dict.fromkeys(counts, 0) | ({} if count is None else {count: 1})
    assert told.wrong <= {1, 2, 3, 4, 9}


def test_an_effect_of_another_kind_is_not_the_right_one(book):
    book.effects[3, "something else"] = book.effects.pop((3, DONE))
    assert book.balance().lines["kill"].lost == 1


def test_what_nobody_knows_to_be_stored_may_be_there_or_not(book):
    """Its publisher was told that the database is busy."""
    book.published.doubtful.add(3)
    del book.published.ids[3]
    assert book.balance().complaints == []
    del book.jobs["job-3"], book.effects[3, DONE]
    assert book.balance().complaints == []


def test_letters_may_be_doubled_and_must_not_be_lost():
    book = Book(Order(1, LETTER, {"n": 1}), Order(2, LETTER, {"n": 2}))
    book.effects[1, DONE] = 5
    told = book.balance()
    line = told.lines["kill"]
    assert told.complaints == []
    assert (line.accepted, line.answered, line.succeeded, line.once, line.doubled) == (2, None, None, 1, 1)
    del book.effects[2, DONE]
    told = book.balance()
    assert [complaint.partition(" (")[0] for complaint in told.complaints] == ["kill: 1 jobs that did not end"]
    assert told.lines["kill"].stuck == 1


@pytest.mark.parametrize(("values", "p50", "p99"), [([], None, None), ([7], 7, 7), ([3, 1, 2], 2, 3)])
def test_percentiles_are_values_that_were_there(values, p50, p99):
    assert (percentile(values, 0.5), percentile(values, 0.99)) == (p50, p99)
