"""The error tree: codes, sentences, details."""

from __future__ import annotations

import pytest

from bus import errors
from bus.errors import BusError, CommitUnknown, HandlerFailed, InvalidArguments, Refusal, SetupError

BUS_CODES = [
    "UNKNOWN_COMMAND",
    "UNKNOWN_VERSION",
    "UNAUTHENTICATED",
    "FORBIDDEN",
    "RATE_LIMITED",
    "VALIDATION_ERROR",
    "PAYLOAD_TOO_LARGE",
    "IDEMPOTENCY_CONFLICT",
    "DATABASE_BUSY",
    "QUEUE_UNAVAILABLE",
    "TIMEOUT",
    "CANCELLED",
    "HANDLER_ERROR",
]


def test_the_bus_has_one_class_for_each_of_its_codes() -> None:
    """Every code of the design exists, and no class of the module has another one."""
    classes = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, BusError)]
    assert {c.code for c in classes} == set(BUS_CODES)


def test_the_head_of_the_module_draws_every_class() -> None:
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, Exception) and value.__module__ == "bus.errors":
            assert name in (errors.__doc__ or "")


def test_a_set_up_error_is_no_answer() -> None:
    assert not issubclass(SetupError, BusError)


def test_a_refusal_fills_its_sentence_and_shows_its_values() -> None:
    class TooMany(Refusal):
        code = "too_many"
        message = "{count} are too many"

    error = TooMany(count=3)
    assert (error.answer_code, error.message, error.details) == ("too_many", "3 are too many", {"count": 3})
    assert str(error) == "3 are too many"


def test_a_refusal_shows_only_what_it_names() -> None:
    class Hidden(Refusal):
        code = "hidden"
        message = "{a} and {b}"
        shown = ("a",)

    class Silent(Refusal):
        code = "silent"
        message = "{a}"
        shown = ()

    assert Hidden(a=1, b=2).details == {"a": 1}
    assert Silent(a=1).details is None


def test_braces_inside_a_value_are_only_text() -> None:
    class Named(Refusal):
        code = "named"
        message = "not {name}"

    assert Named(name="{0} {x} {{").message == "not {0} {x} {{"


def test_two_refusals_of_one_class_do_not_share_their_sentence() -> None:
    class Which(Refusal):
        code = "which"
        message = "it is {n}"

    first, second = Which(n=1), Which(n=2)
    assert (first.message, second.message, Which.message) == ("it is 1", "it is 2", "it is {n}")


def test_a_refusal_needs_a_code_of_its_own() -> None:
    """A class without a code, or with an inherited one, stops the import with a sentence."""
    with pytest.raises(SetupError, match=r'Codeless has no code of its own; give it code = "\.\.\."'):
        type("Codeless", (Refusal,), {})

    class First(Refusal):
        code = "first"

    with pytest.raises(SetupError, match="Second has no code of its own"):
        type("Second", (First,), {})


def test_invalid_arguments_carry_the_first_own_code() -> None:
    assert InvalidArguments("x").answer_code == "VALIDATION_ERROR"
    assert InvalidArguments("x", {"a": ["bad"]}).details == {"fields": {"a": ["bad"]}}
    assert InvalidArguments("x", {}, "invalid_note_id").answer_code == "invalid_note_id"


def test_a_lost_commit_says_what_to_do() -> None:
    error = CommitUnknown()
    assert isinstance(error, HandlerFailed)
    assert error.answer_code == "HANDLER_ERROR"
    assert "look before you repeat it, or use an idempotency key" in error.message
