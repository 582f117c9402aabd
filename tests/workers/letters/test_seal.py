"""A letter is opened where it was sent to, signed with one of our keys, in time; anything else is never taken apart."""

from __future__ import annotations

import itertools

import pytest

from bus.jobs.rows import Row
from workers.letters import seal as module
from workers.letters.seal import Forged, Seal

OLD, NEW, OTHER = ("o" * 32, "n" * 40, "x" * 32)
ROW = Row("id-1", "default", 0, "deed@1", '{"n":1,"text":"a\\tb\\n"}', "member\t1", "c-1", 0, 0, 0, None)
HERE = b"charterbus:ab:mail:default"


def test_what_was_written_is_read():
    letter = Seal((OLD,), 1_000).open(Seal((OLD,), 60_000).write(ROW, HERE), HERE)

    assert letter == (ROW.id, ROW.contract, ROW.principal, ROW.correlation_id, ROW.args)


def test_a_letter_is_one_line():
    """Batches are letters, one a line."""
    assert b"\n" not in Seal((OLD,), 1_000).write(ROW, HERE)


def test_keys_are_rotated_without_a_gap():
    """First everybody learns the new key, then it signs, then the old one goes."""
    steps = [(OLD,), (OLD, NEW), (NEW, OLD), (NEW,)]
    for before, after in itertools.pairwise(steps):
        for writer, opener in ((before, after), (after, before)):
            assert Seal(opener, 1).open(Seal(writer, 60_000).write(ROW, HERE), HERE).id == ROW.id


def test_nobody_else_can_write_one():
    letter = Seal((OTHER,), 60_000).write(ROW, HERE)

    with pytest.raises(Forged, match="not among BUS_SIGNING_KEYS"):
        Seal((OLD,), 1).open(letter, HERE)
    _, _, rest = letter.partition(b"\t")
    ours = Seal((OLD,), 60_000).write(ROW, HERE)
    with pytest.raises(Forged, match="signature is wrong"):
        Seal((OLD,), 1).open(ours.partition(b"\t")[0] + b"\t" + rest, HERE)


def test_a_letter_for_another_database_or_queue_is_refused():
    letter = Seal((OLD,), 60_000).write(ROW, HERE)

    for address in (b"charterbus:cd:mail:default", b"charterbus:ab:mail:other"):
        with pytest.raises(Forged, match="signature is wrong"):
            Seal((OLD,), 1).open(letter, address)


def test_no_byte_of_a_letter_can_be_changed(rng):
    """Arguments, principal, command, expiry, signature: each is covered."""
    seal = Seal((OLD,), 60_000)
    letter = seal.write(ROW, HERE)
    for place in range(len(letter)):
        changed = bytearray(letter)
        changed[place] ^= 1 << rng.randrange(8)
        with pytest.raises(Forged):
            seal.open(bytes(changed), HERE)


@pytest.mark.parametrize("text", [b"", b"\t", b"\t\t\t\t", b"no letter at all", b"{}", b"\xff" * 100])
def test_what_is_no_letter_is_refused_before_it_is_read(text, monkeypatch):
    monkeypatch.setattr(module.wire, "decode_stored", lambda text: pytest.fail("taken apart"))

    with pytest.raises(Forged):
        Seal((OLD,), 1).open(text, HERE)


def test_an_expired_letter_is_refused_before_it_is_read(monkeypatch):
    letter = Seal((OLD,), -1).write(ROW, HERE)
    monkeypatch.setattr(module.wire, "decode_stored", lambda text: pytest.fail("taken apart"))

    with pytest.raises(Forged, match="expired"):
        Seal((OLD,), 1).open(letter, HERE)


def test_a_letter_names_its_key_without_telling_it():
    letter = Seal((OLD,), 60_000).write(ROW, HERE)

    assert OLD.encode() not in letter
    assert len(letter.partition(b"\t")[0]) == 8
