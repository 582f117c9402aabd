"""Letters in Redis: taken in order, held until they are done with, found again when an answer was lost."""

from __future__ import annotations

import pytest
from redis import Redis as Client
from redis.exceptions import ConnectionError as RedisConnectionError

from workers.redis.mailbox import MOST_REFUSED, RedisMailbox

MAIL, HELD = "t:mail:q", "t:held:me"


@pytest.fixture
def redis(redis_url):
    with Client.from_url(redis_url) as client:
        yield client


@pytest.fixture
def mailbox(redis):
    return RedisMailbox(redis, "t:", "q", "me", 30_000)


def test_letters_are_taken_in_their_order(mailbox, redis):
    redis.rpush(MAIL, "1", "2", "3")

    batch = mailbox.take(2)

    assert [batch.letters.pop(), batch.letters.pop()] == [b"1", b"2"]
    assert mailbox.take(5).letters == [b"3"]
    assert mailbox.take(5) is None
    assert redis.hgetall(HELD) == {b"q/1": b"1\n2", b"q/2": b"3"}


def test_a_batch_of_large_letters_is_short(mailbox, redis):
    redis.rpush(MAIL, *["x" * 400_000] * 10)

    assert len(mailbox.take(10).letters) == 3
    assert redis.llen(MAIL) == 7


def test_whoever_holds_letters_is_known_and_shows_life(mailbox, redis):
    mailbox.take(1)

    assert redis.smembers("t:owners") == {b"me"}
    assert 0 < redis.pttl("t:alive:me") <= 30_000


def test_redis_hears_of_the_end_with_the_next_fetch(mailbox, redis):
    redis.rpush(MAIL, "1", "2")
    mailbox.let_go(mailbox.take(1))
    assert mailbox.is_behind

    mailbox.take(1)

    assert redis.hgetall(HELD) == {b"q/2": b"2"}
    assert not mailbox.is_behind


def test_what_is_left_comes_first_again(mailbox, redis):
    redis.rpush(MAIL, "1", "2", "3", "4")
    batch = mailbox.take(3)
    batch.letters.pop()

    mailbox.put_back(batch)

    assert redis.lrange(MAIL, 0, -1) == [b"2", b"3", b"4"]
    assert redis.hlen(HELD) == 0


def test_what_somebody_has_taken_over_is_not_put_back(mailbox, redis):
    redis.rpush(MAIL, "1")
    batch = mailbox.take(1)
    redis.delete(HELD)

    mailbox.put_back(batch)

    assert redis.llen(MAIL) == 0


def test_letters_whose_answer_was_lost_are_asked_for_again(mailbox, redis, monkeypatch):
    """They have left the queue, and this process lives: nobody else would ever look for them."""
    redis.rpush(MAIL, "1", "2")
    mailbox.let_go(mailbox.take(1))
    take = mailbox._take

    def lost(**options):
        take(**options)
        raise RedisConnectionError

    monkeypatch.setattr(mailbox, "_take", lost)
    with pytest.raises(RedisConnectionError):
        mailbox.take(1)
    monkeypatch.setattr(mailbox, "_take", take)

    assert mailbox.take(1).letters == [b"2"]
    assert mailbox.is_behind
    assert mailbox.take(1) is None
    assert not mailbox.is_behind


def test_a_fetch_that_never_arrived_is_made_again(mailbox, redis, monkeypatch):
    redis.rpush(MAIL, "1")
    take = mailbox._take

    def refused(**options):
        raise RedisConnectionError

    monkeypatch.setattr(mailbox, "_take", refused)
    with pytest.raises(RedisConnectionError):
        mailbox.take(1)
    monkeypatch.setattr(mailbox, "_take", take)

    assert mailbox.take(1) is None
    assert mailbox.take(1).letters == [b"1"]


def test_refused_letters_are_few(mailbox, redis):
    for n in range(MOST_REFUSED + 5):
        mailbox.refuse(str(n).encode(), "why")

    assert redis.llen("t:refused") == MOST_REFUSED
    assert redis.lindex("t:refused", 0) == b"why\n1004"
