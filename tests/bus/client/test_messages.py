"""The parts that need no connection: messages, events in pieces, redaction."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from opentelemetry import trace

from bus.client.ambient import trace_headers, traced
from bus.client.batches import MOST_BYTES, Batch
from bus.client.calling import Calling
from bus.client.failures import NoAnswer
from bus.client.http_faults import CONNECT_S, patience
from bus.client.http_messages import message_for, reply_of
from bus.client.line_messages import MOST_WAITING, windows
from bus.client.redacting import redacted
from bus.client.retrying import Retries, Trying
from bus.client.server_events import ServerEvents
from bus.client.steps import Ask, Dispatch, Event, Follow, Look, Walk

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
STREAM = (
    ': hello\n\nevent: state\nid: 1\ndata: {"a":"\u2028"}\n\n'
    'event: progress\r\nid: 2\r\ndata: {"b":\r\ndata: 1}\r\n\r\n'
    "retry: 5\nevent: nothing\n\ndata: {}\n\n"
).encode()
EVENTS = [Event("state", {"a": "\u2028"}, "1"), Event("progress", {"b": 1}, "2"), Event("", {}, "2")]


def test_events_are_the_same_in_whatever_pieces_they_come(rng: random.Random) -> None:
    for size in (1, 2, 7, len(STREAM)):
        cuts = sorted(rng.sample(range(1, len(STREAM)), min(len(STREAM) // size - 1, 50)))
        events = ServerEvents()
        pieces = [STREAM[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
        assert [event for piece in pieces for event in events.take(piece)] == EVENTS, cuts


def test_an_event_that_is_no_json_is_no_answer() -> None:
    with pytest.raises(NoAnswer, match="no JSON"):
        ServerEvents().take(b"data: {\n\n")


def test_messages_carry_session_correlation_and_trace() -> None:
    request = {"command": "a", "correlation_id": "c"}
    with traced(TRACE):
        one = message_for(Dispatch((request,), "t"))
    assert (one.method, one.path, json.loads(one.body or b"")) == ("POST", "dispatch", request)
    assert one.headers["authorization"] == "Bearer t"
    assert one.headers["traceparent"] == TRACE
    assert "traceparent" not in trace_headers()
    both = message_for(Dispatch((request, {**request, "session_token": "own"}), "t", is_batch=True))
    assert "authorization" not in both.headers
    assert [one["session_token"] for one in json.loads(both.body or b"")] == ["t", "own"]
    look = message_for(Look("a/b", "t", "c", 5))
    assert (look.path, look.headers["x-correlation-id"]) == ("jobs/a%2Fb?wait_ms=5", "c")
    assert message_for(Follow("j", None, "c", "7")).headers["last-event-id"] == "7"


def test_the_present_span_of_opentelemetry_is_carried_on() -> None:
    span = trace.NonRecordingSpan(
        trace.SpanContext(0x0AF7651916CD43DD8448EB211C80319C, 0xB7AD6B7169203331, False, trace.TraceFlags(1))
    )
    with trace.use_span(span):
        assert trace_headers() == {"traceparent": TRACE}
        with traced(TRACE.replace("b7ad", "aaaa")):
            assert trace_headers() == {"traceparent": TRACE.replace("b7ad", "aaaa")}


def test_what_is_no_trace_is_refused() -> None:
    for wrong in (
        "",
        TRACE.upper(),
        TRACE.replace("00-", "ff-", 1),
        TRACE + "\r\nx: y",
        f"00-{'0' * 32}-{'1' * 16}-01",
    ):
        with pytest.raises(ValueError, match="is no W3C traceparent"), traced(wrong):
            pass


def test_a_wait_is_asked_for_in_seconds_or_as_a_moment() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    for said, least, most in (("7", 7, 7), (soon, 95, 100), ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0), ("-5", 0, 0)):
        waits = reply_of(503, {"retry-after": said}, b"{}").retry_after_s
        assert waits is not None
        assert least <= waits <= most, said
    for nothing in ("soon", "nan", "inf", ""):
        assert reply_of(503, {"retry-after": nothing}, b"{}").retry_after_s is None, nothing


def test_pauses_double_within_bounds_and_end() -> None:
    trying = Trying.within(Retries(attempts=5, first_pause_ms=100, longest_pause_ms=300), 60_000)
    for least in (0.05, 0.1, 0.15, 0.15):
        pause = trying.pause_s(None)
        assert pause is not None
        assert least <= pause <= 2 * least
    assert trying.pause_s(None) is None
    asked = Trying.within(Retries(first_pause_ms=0), 60_000)
    assert asked.pause_s(10) == 10
    assert asked.pause_s(100) is None  # longer than the call may take


def test_what_was_sent_once_may_have_run_whatever_came_after() -> None:
    """A way needs no connection to be walked."""
    walk = Walk(Calling(None, 60_000, Retries(attempts=2, first_pause_ms=0)).call("a", {}, {"idempotency_key": "k"}))
    ends = [NoAnswer("cut", was_sent=True), NoAnswer("cut", was_sent=True), NoAnswer("refused", was_sent=False)]
    asked: list[str] = []

    def go() -> None:
        for step in walk:
            if isinstance(step, Ask):
                asked.append(step.question.requests[0]["command"])  # type: ignore[union-attr]
                walk.came = ends.pop(0)

    with pytest.raises(NoAnswer, match="refused; the command may have run"):
        go()
    assert asked == ["a", "command_describe", "a"]


def test_a_connection_that_is_not_made_leaves_time_for_another_one() -> None:
    assert patience(60).connect == CONNECT_S
    assert patience(1).as_dict() == dict.fromkeys(("connect", "read", "write", "pool"), 1)


def test_batches_are_cut_by_count_and_by_size(rng: random.Random) -> None:
    requests = [
        {"command": "a", "args": {"x": "x" * rng.choices((0, 10, MOST_BYTES // 3), (60, 39, 1))[0]}}
        for _ in range(2_500)
    ]
    batch, sizes, seen = Batch(requests), [], 0
    for part in batch.parts():
        sizes.append(len(part))
        assert len(part) == 1 or len(json.dumps(part)) < 2 * MOST_BYTES
        assert [one["args"] for one in part] == [one["args"] for one in requests[seen : seen + len(part)]]
        seen += len(part)
        batch.take(
            {
                "ok": False,
                **dict.fromkeys(("command", "version", "data", "error", "warnings", "job")),
                "correlation_id": "",
            }
        )
    assert (seen, max(sizes) <= 1_000, len(batch.envelopes())) == (2_500, True, 2_500)


def test_no_more_lines_wait_than_the_pipes_hold(rng: random.Random) -> None:
    lines = [b"x" * rng.choice((10, 1_000, 30_000, 100_000)) for _ in range(200)]
    groups = windows(lines)
    assert [line for group in groups for line in group] == lines
    assert all(len(group) == 1 or sum(map(len, group)) <= MOST_WAITING for group in groups)


SECRET_NAMES = (
    *("password", "token", "refresh_token", "session_token", "secret", "code", "backup_codes", "key", "authorization"),
    *("Password", "newPassword", "API_KEY", "two_factor_secret", "Authorization", "sessionToken", "x-code"),
)


@pytest.mark.parametrize("wrap", [lambda one: one, lambda one: {"deep": [[{"er": one}]]}, lambda one: [one]])
def test_what_is_secret_is_redacted_at_every_depth(wrap: Any) -> None:
    for name in SECRET_NAMES:
        for value in ("s3cret", 7, None, ["s3cret"], {"a": "s3cret"}):
            assert redacted(wrap({name: value, "n": 1})) == wrap({name: "[REDACTED]", "n": 1}), name


def test_what_is_long_is_cut() -> None:
    assert redacted({"a": "x" * 100, "b": "x" * 101}) == {"a": "x" * 100, "b": "x" * 100 + "…"}
    assert redacted([[1] * 10, [1] * 11]) == [[1] * 10, "[11 items]"]
    assert redacted({"a": dict.fromkeys("abcdefghij", 1)}) == {"a": dict.fromkeys("abcdefghij", 1)}
    assert redacted({"a": dict.fromkeys("abcdefghijk", 1)}) == {"a": "{11 members}"}
    assert redacted(dict.fromkeys("abcdefghijk", "s3cret")) == "{11 members}"
    assert redacted([True, None, 1.5, -3]) == [True, None, 1.5, -3]
