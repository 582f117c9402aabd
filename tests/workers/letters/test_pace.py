"""A thread takes about a tenth of a second's work."""

from __future__ import annotations

import pytest

from workers.letters.pace import MOST, Pace


def settled(mean_s):
    pace = Pace()
    for _ in range(30):
        pace.add(pace.next_most(), pace.next_most() * mean_s)
    return pace.next_most()


@pytest.mark.parametrize(("mean_s", "most"), [(0.0, MOST), (1e-5, MOST), (0.001, 100), (0.01, 10), (0.1, 1), (5.0, 1)])
def test_it_settles_at_a_tenth_of_a_second(mean_s, most):
    assert settled(mean_s) == pytest.approx(most, abs=1)


def test_it_begins_with_one_and_grows_by_doubling():
    """Nobody knows yet what a letter costs, and a long one must not hold others up."""
    pace = Pace()
    assert (pace.next_most(), pace.next_most()) == (1, 1)
    pace.add(1, 0.00001)
    assert [pace.next_most() for _ in range(4)] == [2, 4, 8, 16]


def test_slow_letters_bring_it_down_at_once():
    pace = Pace()
    for _ in range(10):
        pace.add(100, 0.001)
        _ = pace.next_most()
    pace.add(2, 1.0)

    assert pace.next_most() == 1


def test_a_batch_that_was_not_begun_says_nothing():
    pace = Pace()
    pace.add(0, 0.3)
    assert pace.next_most() == 1
