"""Every delivery is acked once, with few frames, and never one that is still in hand."""

from __future__ import annotations

import pytest

from workers.amqp.acks import Ack, Acks


class Broker:
    """Knows what it waits for, and refuses what RabbitMQ would close the channel for."""

    def __init__(self) -> None:
        self.open: set[int] = set()

    def hear(self, ack: Ack) -> None:
        assert ack.number in self.open, "unknown delivery tag"
        self.open -= {number for number in self.open if number <= ack.number} if ack.is_multiple else {ack.number}


@pytest.fixture
def acks():
    acks = Acks()
    for number in range(1, 7):
        acks.add(number)
    return acks


def test_what_was_done_in_order_is_one_frame(acks):
    assert acks.settle([2, 1, 3]) == [Ack(3, is_multiple=True)]
    assert acks.settle([4]) == [Ack(4, is_multiple=False)]


def test_what_is_in_hand_is_not_acked_with_others(acks):
    assert acks.settle([1, 3]) == [Ack(1, is_multiple=False), Ack(3, is_multiple=False)]
    assert acks.settle([2, 4]) == [Ack(4, is_multiple=True)]


def test_a_frame_never_names_what_is_acked_already(acks):
    """RabbitMQ closes the channel for that."""
    acks.settle([3])
    assert acks.settle([1, 2]) == [Ack(2, is_multiple=True)]
    assert acks.settle([]) == []


def test_whatever_the_order_each_is_acked_once(rng):
    """Threads finish in any order; some deliveries are given back meanwhile."""
    for _ in range(200):
        acks, broker = Acks(), Broker()
        in_hand: list[int] = []
        for number in range(1, 60):
            acks.add(number)
            broker.open.add(number)
            in_hand.append(number)
            some = [chosen for chosen in in_hand if rng.random() < 0.2]
            rng.shuffle(some)
            in_hand = [chosen for chosen in in_hand if chosen not in some]
            if rng.random() < 0.1:
                acks.drop(some)
                broker.open -= set(some)
                some = []
            for ack in acks.settle(some):
                broker.hear(ack)
            assert broker.open == set(in_hand)
        for ack in acks.settle(in_hand):
            broker.hear(ack)
        assert (broker.open, len(acks._open), len(acks._acked)) == (set(), 0, 0)
