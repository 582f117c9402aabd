"""Every kind of change is told, with the verdicts of its row in the table."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bus import (
    AT_LEAST_ONCE,
    AUTHENTICATED,
    EXCLUDE,
    INTERNAL,
    MANY,
    OPERATORS,
    PUBLIC,
    READ,
    WRITE,
    QueuePolicy,
    Schema,
    fields,
    roles,
)
from bus.fields import validate
from bus.lock.changes import changes, compare
from bus.lock.rules import RULES
from bus.lock.shapes import shape
from bus.lock.verdicts import BREAKING, NEEDS_UPCASTER, SAFE
from tests.bus.sample import No, contract
from tests.docs.pages import ROOT

A, B = fields.Text(), fields.Text(required=True)
ROW: dict[str, Any] = {"rows": fields.List(fields.Nested(Schema.from_dict({"a": A})))}
#: kind -> how it comes about: what both have in common, what was released, what it was edited into.
EDITS: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "command.deprecated": ({}, {}, {"deprecated": "use another", "sunset": "2030-01-31"}),
    "access.narrowed": ({}, {"access": PUBLIC}, {"access": AUTHENTICATED}),
    "access.widened": ({}, {"access": roles("admin")}, {"access": roles("admin", "clerk")}),
    "manner.now_writes": ({}, {"effect": READ}, {"effect": WRITE}),
    "manner.now_reads": ({}, {"effect": WRITE}, {"effect": READ}),
    "manner.now_many": ({}, {}, {"units": MANY}),
    "manner.now_one": ({}, {"units": MANY}, {}),
    "manner.now_secret": ({}, {}, {"secret": True}),
    "manner.no_longer_secret": ({}, {"secret": True}, {}),
    "manner.now_at_least_once": ({}, {}, {"delivery": AT_LEAST_ONCE}),
    "manner.now_exactly_once": ({}, {"delivery": AT_LEAST_ONCE}, {}),
    "manner.now_queued": ({}, {}, {"queue": QueuePolicy(by_default=True)}),
    "manner.no_longer_queued": ({}, {"queue": QueuePolicy(by_default=True)}, {}),
    "manner.queue_renamed": ({}, {"queue": QueuePolicy("slow")}, {"queue": QueuePolicy("fast")}),
    "manner.order_added": ({"params": {"b": B}}, {}, {"queue": QueuePolicy(key="{b}")}),
    "manner.order_changed": (
        {"params": {"b": B}},
        {"queue": QueuePolicy(key="{b}")},
        {"queue": QueuePolicy(key="{b}", limit=2)},
    ),
    "manner.unique_changed": ({"params": {"b": B}}, {}, {"queue": QueuePolicy(unique="{b}")}),
    "codes.added": ({}, {}, {"errors": (No,)}),
    "codes.removed": ({}, {"errors": (No,)}, {}),
    "args.member_added": ({}, {}, {"params": {"a": A}}),
    "args.checked_now": ({"unknown": EXCLUDE}, {}, {"params": {"a": A}}),
    "args.required_member_added": ({}, {}, {"params": {"b": B}}),
    "args.member_removed": ({}, {"params": {"a": A}}, {}),
    "args.made_required": ({}, {"params": {"a": A}}, {"params": {"a": B}}),
    "args.made_optional": ({}, {"params": {"a": B}}, {"params": {"a": A}}),
    "args.null_refused": ({}, {"params": {"a": fields.Text(allow_none=True)}}, {"params": {"a": A}}),
    "args.null_allowed": ({}, {"params": {"a": A}}, {"params": {"a": fields.Text(allow_none=True)}}),
    "args.narrowed": ({}, {"params": {"a": A}}, {"params": {"a": fields.Text(validate=validate.Length(max=9))}}),
    "args.widened": ({}, {"params": {"a": fields.Text(validate=validate.OneOf(["x"]))}}, {"params": {"a": A}}),
    "args.changed": ({}, {"params": {"a": A}}, {"params": {"a": fields.Int64()}}),
    "args.default_changed": (
        {},
        {"params": {"a": fields.Text(load_default="x")}},
        {"params": {"a": fields.Text(load_default="y")}},
    ),
    "args.code_changed": ({}, {"params": {"a": A}}, {"params": {"a": fields.Text(code="bad_a")}}),
    "data.member_added": ({}, {}, {"result": {"a": A}}),
    "data.required_member_added": ({}, {}, {"result": {"b": B}}),
    "data.member_removed": ({}, {"result": {"a": A}}, {}),
    "data.made_required": ({}, {"result": {"a": A}}, {"result": {"a": B}}),
    "data.made_optional": ({}, {"result": {"a": B}}, {"result": {"a": A}}),
    "data.null_refused": ({}, {"result": {"a": fields.Text(allow_none=True)}}, {"result": {"a": A}}),
    "data.null_allowed": ({}, {"result": {"a": A}}, {"result": {"a": fields.Text(allow_none=True)}}),
    "data.narrowed": ({}, {"result": {"a": fields.Number()}}, {"result": {"a": fields.Int64()}}),
    "data.widened": (
        {},
        {"result": {"a": fields.Text(validate=validate.OneOf(["x"]))}},
        {"result": {"a": fields.Text(validate=validate.OneOf(["x", "y"]))}},
    ),
    "data.changed": ({}, {"result": {"a": A}}, {"result": {"a": fields.Int64()}}),
}
#: What only whole sets of shapes show, and what only real contracts show (test_check.py).
OF_SETS = {"command.added", "command.removed", "command.version_added", "command.version_removed"}
PROVEN = {"args.refused", "data.untranslated"}


def shaped(name: str = "made", **members: Any) -> dict[str, Any]:
    return shape(contract(name, **members))


def test_every_kind_of_change_is_told_with_the_verdicts_of_the_table():
    for kind, (common, old, new) in EDITS.items():
        (found,) = changes(shaped(**common, **old), shaped(**common, **new))[-1:]
        assert (found.kind, found.side) == (kind, kind.partition(".")[0])
        assert found[5:8] == RULES[kind][:3], kind
        assert found.sentence, kind
    assert EDITS.keys() | OF_SETS | PROVEN | {"command.version_sunset"} == RULES.keys()


def test_the_reverse_of_an_edit_is_told_too():
    """Nothing is compared in one direction only."""
    for kind, (common, old, new) in EDITS.items():
        assert changes(shaped(**common, **new), shaped(**common, **old)), kind


def test_places_are_told_with_dots_and_items_with_brackets():
    inner = {"rows": fields.List(fields.Nested(Schema.from_dict({"a": fields.Int64(), "b": A})))}
    found = changes(shaped(params=ROW, result=ROW), shaped(params=inner, result=inner))
    assert [(one.side, one.path, one.kind) for one in found] == [
        ("args", "rows[].a", "args.changed"),
        ("args", "rows[].b", "args.member_added"),
        ("data", "rows[].a", "data.changed"),
        ("data", "rows[].b", "data.member_added"),
    ]


def test_what_a_free_map_holds_is_compared():
    old = shaped(params={"m": fields.Dict(fields.Text(), fields.Number())})
    new = shaped(params={"m": fields.Dict(fields.Text(), fields.Int64())})
    assert {(one.path, one.kind) for one in changes(old, new)} == {("m.*", "args.narrowed")}


def test_a_member_with_a_name_and_those_of_a_free_map_are_compared_with_each_other():
    row = {"m": fields.Nested(Schema.from_dict({"a": fields.Int64()}))}
    free = {"m": fields.Dict(fields.Text(), fields.Text())}
    found = {(one.path, one.kind) for one in changes(shaped(result=row), shaped(result=free))}
    assert ("m.a", "data.changed") in found
    found = {(one.path, one.kind) for one in changes(shaped(params=free), shaped(params=row))}
    assert ("m.a", "args.changed") in found


def test_a_form_that_is_asked_for_narrows_and_one_that_is_not_any_more_widens():
    free, formed, other = (
        {"a": fields.Text(validate=check)} for check in (None, validate.Regexp(r"[a-z]+"), validate.Regexp(r"[0-9]+"))
    )
    for old, new, kind in (
        (free, formed, "args.narrowed"),
        (formed, free, "args.widened"),
        (formed, other, "args.changed"),
    ):
        assert [one.kind for one in changes(shaped(params=old), shaped(params=new))] == [kind]


def test_objects_that_hold_themselves_are_compared_once():
    class Old(Schema):
        below = fields.List(fields.Nested(lambda: Old()))
        a = fields.Text()

    class New(Schema):
        below = fields.List(fields.Nested(lambda: New()))
        a = fields.Int64()

    (found,) = changes(shaped(params={"tree": fields.Nested(Old)}), shaped(params={"tree": fields.Nested(New)}))
    assert (found.path, found.kind) == ("tree.a", "args.changed")


def test_another_name_of_a_nested_class_is_no_change():
    rows = [{"rows": fields.Nested(type(name, (Schema,), {"a": A}))} for name in ("One", "Other")]
    assert changes(shaped(params=rows[0]), shaped(params=rows[1])) == []


def test_what_only_describes_is_no_change():
    old = fields.Text(metadata={"description": "the first words"})
    new = fields.Text(metadata={"description": "better words"})
    assert changes(shaped(params={"description": old}), shaped(params={"description": new})) == []


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (roles("admin"), AUTHENTICATED, ["access.widened"]),
        (AUTHENTICATED, roles("admin"), ["access.narrowed"]),
        (OPERATORS, PUBLIC, ["access.widened"]),
        (AUTHENTICATED, OPERATORS, ["access.narrowed", "access.widened"]),
        (roles("admin", "clerk"), roles("admin"), ["access.narrowed"]),
        (PUBLIC, INTERNAL, ["access.narrowed"]),
    ],
)
def test_who_may_call_is_compared_as_sets_of_callers(old, new, kinds):
    found = changes(shaped(access=old), shaped(access=new))
    assert [one.kind for one in found] == kinds


def test_what_a_new_version_asks_of_the_old_one_is_a_translation():
    old = shaped(params={"content": B}, result={"content": B})
    new = shaped(version=2, params={"text": B}, result={"text": B}, access=PUBLIC, errors=(No,))
    found = {(one.kind, one.path): one for one in changes(old, new)}
    assert found.keys() == {
        ("codes.added", ""),
        ("args.member_removed", "content"),
        ("args.required_member_added", "text"),
        ("data.member_removed", "content"),
        ("data.required_member_added", "text"),
    }
    assert {one.worst for one in found.values()} == {NEEDS_UPCASTER}
    assert {one.for_answers for one in found.values()} == {SAFE}
    assert {one.successor for one in found.values()} == {2}
    assert found["args.member_removed", "content"].key == "made@1"


def test_commands_and_versions_come_and_go():
    one, two = shaped(), shaped(version=2)
    other = shaped("other", sunset="2030-01-31")

    def kinds(old, new, today=None):
        return [
            (change.kind, change.key, change.worst)
            for change in compare(
                *({f"{each['name']}@{each['version']}": each for each in some} for some in (old, new)), today
            )
        ]

    assert kinds([one], [one, two]) == [("command.version_added", "made@2", SAFE)]
    assert kinds([one, two], [two]) == [("command.version_removed", "made@1", BREAKING)]
    assert kinds([one], [one, other]) == [("command.added", "other@1", SAFE)]
    assert kinds([other], []) == [("command.removed", "other@1", BREAKING)]
    assert kinds([other], [], dt.date(2030, 1, 30)) == [("command.removed", "other@1", BREAKING)]
    assert kinds([other], [], dt.date(2030, 1, 31)) == [("command.version_sunset", "other@1", NEEDS_UPCASTER)]


def test_the_reference_shows_every_kind_as_the_table_has_it():
    words = {SAFE: "safe", NEEDS_UPCASTER: "needs an upcaster", BREAKING: "**breaking**"}
    told = [
        f"| `{kind}` | {' | '.join(words[verdict] for verdict in rule[:3])} | {rule.meaning} |"
        for kind, rule in RULES.items()
    ]
    page = (ROOT / "docs" / "reference" / "contract-changes.md").read_text()
    assert [line for line in page.splitlines() if line.startswith("| `")] == told
