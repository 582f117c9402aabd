"""JSON comes in exactly or not at all, and goes out as it is."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bus.errors import BusError, InvalidArguments, PayloadTooLarge
from bus.wire import LoneSurrogate, decode, decode_stored, encode, encode_canonical

LIMITS = {"max_bytes": 4 * 2**20, "max_depth": 100}

texts = st.text(st.characters(exclude_categories=["Cs"]))
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=20)


def read(text: str | bytes):
    return decode(text.encode() if isinstance(text, str) else text, **LIMITS)


def exactly(value) -> str:
    """A text that also tells 1 from 1.0 and True."""
    return repr(value)


@given(values)
def test_what_was_written_is_read_back(value) -> None:
    line = encode(value)
    assert b"\n" not in line
    assert exactly(read(line)) == exactly(value)
    assert exactly(decode_stored(line.decode())) == exactly(value)


@given(values, st.sampled_from([None, 1]), st.booleans())
def test_every_spelling_of_the_standard_library_is_read(value, indent, ascii_only) -> None:
    assert exactly(read(json.dumps(value, indent=indent, ensure_ascii=ascii_only))) == exactly(value)


@given(st.dictionaries(texts, scalars, min_size=1), st.data())
def test_a_member_given_twice_is_always_found(members, data) -> None:
    pairs = list(members.items())
    pairs.insert(data.draw(st.integers(0, len(pairs))), (data.draw(st.sampled_from(pairs))[0], data.draw(scalars)))
    space = data.draw(st.sampled_from(["", " ", "\t", "  \r\n"]))
    text = "{" + ",".join(f"{json.dumps(name)}{space}:{json.dumps(value)}" for name, value in pairs) + "}"
    with pytest.raises(InvalidArguments, match="twice"):
        read(f'[{{"command":"x","text":"a\\":b"}},{text}]')


@given(values)
def test_equal_values_have_one_canonical_form(value) -> None:
    def reversed_members(part):
        if isinstance(part, dict):
            return {name: reversed_members(part[name]) for name in reversed(part)}
        return [reversed_members(item) for item in part] if isinstance(part, list) else part

    assert encode_canonical(value) == encode_canonical(reversed_members(value))


@pytest.mark.parametrize(
    "number",
    [
        *("9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551615"),
        *("18446744073709551616", "-9223372036854775809", "1" + "0" * 300, "12345678901234567890.5", "1e22", "-0.0"),
    ],
)
def test_numbers_stay_what_they_are(number) -> None:
    expected = json.loads(number)
    assert exactly(read(f'{{"a":[{number}],"b":"x"}}')) == exactly({"a": [expected], "b": "x"})
    assert exactly(read(encode([expected]))) == exactly([expected])


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "nope", "{", "[1,]", '{"a":1,}', "{'a':1}", "NaN", "[Infinity]", "-Infinity", "1e400", "-1e400"),
        *("1" * 5_000, '["\\ud800"', '{"a":"\\ud800\\x"}', '"a\nb"', '"a\0b"', "01", "+1", "1 2", "\ufeff{}"),
    ],
    ids=lambda text: text[:10] or "nothing",
)
def test_what_is_no_json_is_refused(text) -> None:
    with pytest.raises(InvalidArguments, match="not valid JSON"):
        read(text)


@pytest.mark.parametrize(
    ("text", "place", "members"),
    [
        ('{"id":7,"args":{"tags":["ok","\\ud800"]}}', "args.tags.1", {"id": 7, "args": {"tags": ["ok", "?"]}}),
        ('{"id":"\\udc00x","command":"é"}', "id", {"id": "?x", "command": "é"}),
        ('{"args":{"\\ud800":1},"id":18446744073709551616}', "args", {"args": {"?": 1}, "id": 2**64}),
        ('{"command":"\\ud83d\\ude00","mode":"\\ud83d"}', "mode", {"id": None, "command": "😀", "mode": "?"}),
        ('"\\ud800"', "", "?"),
    ],
)
def test_a_lone_surrogate_is_refused_by_its_place_and_what_can_be_read_is_kept(text, place, members) -> None:
    """So that the answer can have the request's id."""
    with pytest.raises(LoneSurrogate) as caught:
        read(text)
    assert caught.value.details == {"fields": {place: ["must not hold lone surrogates"]}}
    assert caught.value.members == members


@pytest.mark.parametrize("data", [b'"\xff"', b'"\xed\xa0\x80"', '{"a":"é"}'.encode("latin-1"), "[1]".encode("utf-16")])
def test_what_is_no_utf_8_is_refused(data) -> None:
    with pytest.raises(InvalidArguments):
        read(data)


def test_an_escaped_nul_is_read_like_any_character() -> None:
    assert read('{"a\\u0000":"\\u0000"}') == {"a\0": "\0"}


@pytest.mark.parametrize("depth", [101, 255, 1_024, 1_025, 10_000, 1_000_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
def test_deep_nesting_is_refused(depth, opening, closing) -> None:
    count = depth // opening.count("[") if opening == '[{"a":' else depth
    with pytest.raises(PayloadTooLarge, match="more than 100 deep"):
        decode((opening * count + "1" + closing * count).encode(), max_bytes=2**30, max_depth=100)


def test_the_deepest_allowed_nesting_is_read() -> None:
    assert encode(read("[" * 100 + "]" * 100)) == b"[" * 100 + b"]" * 100
    assert read('{"a":' * 100 + "18446744073709551616" + "}" * 100)
    with pytest.raises(PayloadTooLarge):
        decode(b"[[]]", max_bytes=10, max_depth=1)


def test_unclosed_deep_nesting_is_refused() -> None:
    with pytest.raises(BusError):
        read("[" * 1_000_000)


def test_a_text_above_the_limit_is_refused_unread() -> None:
    with pytest.raises(PayloadTooLarge, match="more than 3 bytes") as caught:
        decode(b"nope", max_bytes=3, max_depth=100)
    assert caught.value.details == {"max_bytes": 3}


@pytest.mark.parametrize(
    "text",
    [
        "[" + "1," * 1_000_000 + "1]",
        '{"a":[' + '{"b":1},' * 200_000 + "1]}",
        "[" + '"a\\":b",' * 300_000 + "1]",
        "{" + ",".join(f'"{number}":1' for number in range(200_000)) + ',"0":2}',
        "[" + "18446744073709551616," * 100_000 + "1]",
    ],
    ids=["items", "objects", "quotes", "members", "numbers"],
)
def test_large_texts_take_linear_time(text) -> None:
    began = time.process_time()
    try:
        read(text)
    except InvalidArguments:
        assert text.startswith("{")
    assert time.process_time() - began < 5


@pytest.mark.parametrize("value", ["\ud800", {"a": object()}, [2**64, float("nan")], {1, 2}])
def test_what_is_no_json_is_not_written(value) -> None:
    with pytest.raises((TypeError, ValueError)):
        encode(value)
    with pytest.raises(InvalidArguments):
        encode_canonical(value)
