"""Letters in Redis: taken in order, held until they are done with, brought to whoever waits for them."""

from __future__ import annotations

import pytest
from redis import Redis as Client
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError

from workers.redis.hand import Hand
from workers.redis.mailbox import MOST_REFUSED, RedisMailbox

MAIL, HELD = "t:mail:q", "t:held:me"


@pytest.fixture
def redis(redis_url):
    with Client.from_url(redis_url) as client:
        yield client


@pytest.fixture
def hand():
    return Hand("me", 30_000)


@pytest.fixture
def mailbox(redis, hand):
    return RedisMailbox(redis, "t:", "q", hand)


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


def test_a_batch_whose_answer_was_lost_is_in_nobodys_hand(mailbox, redis, hand, monkeypatch):
    """They have left the queue; what has lost its way is looked after elsewhere (tests/workers/redis/test_mail.py)."""
    redis.rpush(MAIL, "1", "2", "3")
    mailbox.let_go(mailbox.take(1))
    take = mailbox._take

    def lost(**options):
        take(**options)
        raise RedisConnectionError

    monkeypatch.setattr(mailbox, "_take", lost)
    with pytest.raises(RedisConnectionError):
        mailbox.take(1)
    monkeypatch.setattr(mailbox, "_take", take)

    assert redis.hgetall(HELD) == {b"q/2": b"2"}
    assert hand.names() == {"q/1"}
    assert mailbox.is_behind
    assert mailbox.take(1).letters == [b"3"]
    assert hand.names() == {"q/3"}
    assert not mailbox.is_behind


def test_what_is_in_hand_is_known_until_redis_has_heard_of_its_end(mailbox, redis, hand):
    redis.rpush(MAIL, "1", "2")
    first, second = mailbox.take(1), mailbox.take(1)
    assert mailbox.take(1) is None
    assert hand.names() == {"q/1", "q/2"}

    mailbox.let_go(first)
    mailbox.put_back(second)
    assert hand.names() == {"q/1"}
    mailbox.take(0)
    assert hand.names() == set()


@pytest.fixture
def errand(mailbox, redis, hand):
    """One of a consumer that found nothing, and Redis' answer to it: two letters."""
    assert mailbox.take(2) is None
    errand = mailbox.errand()
    redis.rpush(MAIL, "1", "2", "3")
    answer = redis.evalsha(*errand.command)
    assert hand.names() == {errand.name}
    return errand, answer


def test_whoever_wants_nothing_sends_nobody(mailbox, redis):
    assert mailbox.errand() is None
    mailbox.take(0)
    assert mailbox.errand() is None
    mailbox.take(1)
    redis.rpush(MAIL, "1")
    mailbox.take(1)
    assert mailbox.errand() is None


def test_what_was_brought_is_taken_first(mailbox, errand, redis):
    errand, answer = errand
    assert errand.end(answer)
    assert mailbox.is_behind

    batch = mailbox.take(1)

    assert batch.letters == [b"2", b"1"]
    assert redis.hgetall(HELD) == {errand.name.encode(): b"1\n2"}
    assert mailbox.take(1).letters == [b"3"]


def test_what_was_brought_and_is_not_wanted_goes_back(mailbox, errand, redis, hand):
    errand, answer = errand
    errand.end(answer)

    assert mailbox.take(0) is None

    assert redis.lrange(MAIL, 0, -1) == [b"1", b"2", b"3"]
    assert (redis.hlen(HELD), hand.names(), mailbox.is_behind) == (0, set(), False)


def test_what_is_brought_too_late_goes_back(mailbox, errand, redis, hand):
    errand, answer = errand
    mailbox.close()

    assert not errand.end(answer)

    assert redis.lrange(MAIL, 0, -1) == [b"1", b"2", b"3"]
    assert (redis.hlen(HELD), hand.names()) == (0, set())


@pytest.mark.parametrize("answer", [None, NoScriptError("NOSCRIPT")])
def test_an_errand_for_nothing_leaves_nothing(mailbox, hand, answer):
    mailbox.take(1)
    errand = mailbox.errand()

    assert not errand.end(answer)

    assert (hand.names(), mailbox.is_behind) == (set(), False)


def test_refused_letters_are_few(mailbox, redis):
    for n in range(MOST_REFUSED + 5):
        mailbox.refuse(str(n).encode(), "why")

    assert redis.llen("t:refused") == MOST_REFUSED
    assert redis.lindex("t:refused", 0) == b"why\n1004"
