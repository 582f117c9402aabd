"""Which phase may follow which: the specification's table, and a model of its words written a second time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.engine.errors import PhaseNotSequential, UnknownPhase
from plugins.engine.phase_rules import Numbers, declared_in, numbers_of, step


def phase(text: str) -> dict[str, str]:
    label, name = text.split(": ", 1)
    return {"label": label, "name": name}


DECLARED = ["0: Setup", "1: Ask", "2: Plan", "3: Build", "3.A: Build Loop", "4: Test"]


def outcome(declared: list[str], current: str | None, target: str, *, has_reason: bool = False) -> str | list[str]:
    """``"ok"``, the texts of the list after an append, ``"UNKNOWN_PHASE"``, or what was expected."""
    try:
        extended = step([phase(text) for text in declared], current, target, has_reason=has_reason)
    except UnknownPhase as refusal:
        return refusal.code
    except PhaseNotSequential as refusal:
        return f"expected {(refusal.details or {})['expected']}"
    return "ok" if extended is None else [f"{entry['label']}: {entry['name']}" for entry in extended]


@pytest.mark.parametrize(
    ("current", "target", "expected"),
    [
        (None, "0: Setup", "ok"),
        (None, "1: Ask", "expected 0: Setup"),
        (None, "9.A: X", [*DECLARED, "9.A: X"]),
        ("0: Setup", "1: Ask", "ok"),
        ("3: Build", "3.A: Build Loop", "ok"),
        ("0: Setup", "2: Plan", "expected 1: Ask"),
        ("2: Plan", "0: Setup", "expected 3: Build"),
        ("3: Build", "4: Test", "ok"),
        ("3.A: Build Loop", "4: Test", "ok"),
        ("3: Build", "3.B: X", [*DECLARED[:5], "3.B: X", DECLARED[5]]),
        ("3: Build", "4.A: X", "UNKNOWN_PHASE"),
        ("3: Build", "9: X", "UNKNOWN_PHASE"),
        ("3.A: Build Loop", "3.A: Other", "UNKNOWN_PHASE"),
        ("4: Test", "1: Ask", "expected (end)"),
    ],
)
def test_the_table_of_the_specification(current: str | None, target: str, expected: str | list[str]) -> None:
    assert outcome(DECLARED, current, target) == expected


@pytest.mark.parametrize("current", [None, *DECLARED])
@pytest.mark.parametrize("target", DECLARED)
def test_with_a_reason_every_declared_phase_will_do(current: str | None, target: str) -> None:
    if target != current:
        assert outcome(DECLARED, current, target, has_reason=True) == "ok"


def test_a_reason_does_not_help_an_unknown_phase() -> None:
    assert outcome(DECLARED, "3: Build", "9: X", has_reason=True) == "UNKNOWN_PHASE"


def test_nothing_declared_accepts_everything() -> None:
    assert outcome([], "3: Build", "whatever") == "ok"


def test_an_undeclared_current_phase_stands_before_the_first() -> None:
    assert outcome(DECLARED, "not declared", "0: Setup") == "ok"
    assert outcome(DECLARED, "not declared", "4: Test") == "expected 0: Setup"


def test_a_major_step_never_passes_over_a_main_phase_or_into_a_sub_phase() -> None:
    declared = ["2: Plan", "3: Build", "3.A: Loop", "3.B: Review", "3.C: Fix", "4: Test", "4.A: Try"]
    assert outcome(declared, "2: Plan", "4: Test") == "expected 3: Build"
    assert outcome(declared, "3.A: Loop", "3.C: Fix") == "expected 3.B: Review"
    assert outcome(declared, "3: Build", "4.A: Try") == "expected 3.A: Loop"
    assert outcome(declared, "3.A: Loop", "4: Test") == "ok"


def test_a_major_step_goes_forward_in_the_list_too() -> None:
    assert outcome(["2: B", "1: A", "3: C"], "1: A", "2: B") == "expected 3: C"


@pytest.mark.parametrize(
    "target",
    [
        "3.B:X",
        "3.B:  X",
        "3.B : X",
        " 3.B: X",
        "3.B: X ",
        "3.B: ",
        "3.B:",
        ": X",
        "3.B",
        "3.B:\tX",
        "X.B: Y",
        "3: Other",
    ],
)
def test_an_append_is_spelled_exactly_and_has_a_minor_number(target: str) -> None:
    assert outcome(DECLARED, "3: Build", target) == "UNKNOWN_PHASE"
    assert outcome(DECLARED, None, target) == "UNKNOWN_PHASE"


def test_a_name_may_hold_colons() -> None:
    assert outcome(["3: Build"], "3: Build", "3.A: X: Y") == ["3: Build", "3.A: X: Y"]


def test_an_append_keeps_what_else_the_declared_phases_hold() -> None:
    declared = [{"label": "3", "name": "Build", "proof": ["tests"]}, {"label": "4", "name": "Test"}]
    extended = step(declared, "3: Build", "3.A: Loop", has_reason=False)
    assert extended == [declared[0], {"label": "3.A", "name": "Loop"}, declared[1]]


def test_ten_comes_after_nine() -> None:
    assert outcome(["2: A", "2.9: B"], "2.9: B", "2.10: C") == ["2: A", "2.9: B", "2.10: C"]
    assert outcome(["2: A", "2.10: B"], "2.10: B", "2.9: C") == "UNKNOWN_PHASE"


def test_the_first_of_equal_phases_counts() -> None:
    assert outcome(["1: A", "2: B", "1: A", "3: C"], "1: A", "2: B") == "ok"
    assert outcome(["1: A", "2: B", "1: A", "5: C"], "1: A", "5: C") == "expected 2: B"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3: Build", (3, 0)),
        ("3.A: Loop", (3, 1)),
        ("3.Z: Loop", (3, 26)),
        ("3.2: Loop", (3, 2)),
        ("2.10: Loop", (2, 10)),
        ("3.2B: Loop", (3, 2)),
        ("3.2BC: Loop", (3, 2)),
        ("3.AB: Loop", (3, 0)),
        ("3.a: Loop", (3, 0)),
        ("3.: Loop", (3, 0)),
        ("3.A.7: Loop", (3, 1)),
        ("3rd.B: Loop", (3, 2)),
        ("  3.A  : Loop", (3, 1)),
        ("007.04: Loop", (7, 4)),
        ("3.A", (3, 1)),
        ("Build", None),
        ("x3: Build", None),
        ("٣: Build", None),
        (": Build", None),
        ("", None),
    ],
)
def test_the_numbers_of_a_label(text: str, expected: tuple[int, int] | None) -> None:
    assert numbers_of(text) == expected


def test_a_million_digits_are_no_number_and_cost_no_time() -> None:
    assert numbers_of("9" * 1_000_000 + ": Build") is None
    assert numbers_of("3." + "9" * 1_000_000 + ": Build") == Numbers(3, 0)


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        {},
        {"phases": None},
        {"phases": []},
        {"phases": {}},
        {"phases": "0: Setup"},
        {"phases": ["0: Setup"]},
        {"phases": [{"label": "0"}]},
        {"phases": [{"label": 0, "name": "Setup"}]},
        {"phases": [{"label": "0", "name": "Setup"}, None]},
        {"phases": [{"label": "", "name": "Setup"}]},
    ],
)
def test_malformed_metadata_declares_nothing(metadata: object) -> None:
    assert declared_in(metadata) == []


def test_metadata_may_declare_phases() -> None:
    phases = [{"label": "0", "name": "Setup", "more": 1}]
    assert declared_in({"phases": phases, "other": 2}) == phases


# The model: the words of the specification once more, step by step, on characters and plain loops.


def model_numbers(text: str) -> tuple[int, int] | None:
    label = (text[: text.index(":")] if ":" in text else text).strip()
    parts = label.split(".")

    def leading(part: str) -> str:
        taken = ""
        for character in part:
            if character not in "0123456789":
                break
            taken += character
        return taken

    if leading(parts[0]) == "":
        return None
    minor = 0
    if len(parts) > 1:
        second = parts[1]
        if second in tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
            minor = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(second) + 1
        else:
            if second.endswith(tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")):
                second = second[: len(second) - 1]
            minor = int(leading(second) or "0")
    return int(leading(parts[0])), minor


def model(texts: list[str], at_text: str | None, target_text: str, *, has_reason: bool) -> str | list[str]:
    if len(texts) == 0:
        return "ok"
    at = to = -1
    for position in reversed(range(len(texts))):
        at = position if texts[position] == at_text else at
        to = position if texts[position] == target_text else to
    here = model_numbers(texts[at]) if at >= 0 else None
    there = model_numbers(target_text)
    if to >= 0:
        is_next = to == at + 1
        is_major = at >= 0 and to > at and here is not None and there is not None
        is_major = is_major and there[0] == here[0] + 1 and there[1] == 0
        if is_next or is_major or has_reason:
            return "ok"
        return "expected " + (texts[at + 1] if at != len(texts) - 1 else "(end)")
    label, separator, name = target_text.partition(": ")
    is_exact = separator == ": " and label == label.strip() != "" and name == name.strip() != "" and ":" not in label
    if not is_exact or there is None or there[1] == 0:
        return "UNKNOWN_PHASE"
    if at >= 0 and (here is None or here[0] != there[0] or not there[1] > here[1]):
        return "UNKNOWN_PHASE"
    same_major = [i for i in range(len(texts)) if (model_numbers(texts[i]) or (None,))[0] == there[0]]
    behind = same_major[-1] + 1 if same_major else len(texts)
    return [*texts[:behind], target_text, *texts[behind:]]


labels = st.one_of(
    st.builds(str, st.integers(0, 4)),
    st.builds("{}.{}".format, st.integers(0, 4), st.sampled_from("ABCZ")),
    st.builds("{}.{}".format, st.integers(0, 4), st.integers(0, 11)),
    st.text("012.AB x", min_size=1, max_size=5),
)
names = st.sampled_from(["X", "Y", "Build Loop", "a: b"])
declared_texts: st.SearchStrategy[str] = st.builds("{}: {}".format, labels, names)
spellings = st.sampled_from(["{}: {}", "{}:{}", "{}:  {}", " {}: {}", "{}: {} ", "{}", "{} : {}"])
any_spellings = st.builds(str.format, spellings, labels, names)
any_texts: st.SearchStrategy[str] = declared_texts | any_spellings | st.text("03.A: \nX", max_size=8)


@st.composite
def moves(draw: st.DrawFn) -> tuple[list[str], str | None, str, bool]:
    """Declared phases, the current phase, the target, whether a reason is given."""
    declared = draw(st.lists(declared_texts, max_size=7))
    known = st.sampled_from(declared) if declared else st.nothing()
    current = draw(st.none() | known | any_texts)
    target = draw((known | any_texts).filter(lambda text: text != current))
    return declared, current, target, draw(st.booleans())


@given(moves())
def test_every_move_is_decided_as_the_model_does(move: tuple[list[str], str | None, str, bool]) -> None:
    declared, current, target, has_reason = move
    assert outcome(declared, current, target, has_reason=has_reason) == model(
        declared, current, target, has_reason=has_reason
    )
