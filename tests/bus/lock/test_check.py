"""Code compared with what was released: a change is named with a document that proves it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from marshmallow import ValidationError

from bus import Contract, Schema, fields
from bus.errors import SetupError
from bus.fields import validate
from bus.lock.check import Finding, check
from bus.lock.file import Lock, parsed, read, write
from bus.lock.release import release
from bus.lock.verdicts import BREAKING, NEEDS_UPCASTER, SAFE
from bus.registry import Registry
from tests.bus.sample import No, contract, plugin

TODAY = dt.date(2026, 6, 1)
TEXT = fields.Text(required=True)


def commands(*contracts: type[Contract], name: str = "acme") -> dict[str, Any]:
    """What the bus makes of these contracts."""
    return {one.key: one for one in Registry([plugin(*contracts, name=name)])}


def released(*contracts: type[Contract], **options: Any) -> Lock:
    """The lock of a release, as its file gives it back."""
    lock, _ = release(Lock({}), commands(*contracts, **options))
    return parsed(lock.text())


def findings(old: tuple[type[Contract], ...], new: tuple[type[Contract], ...]) -> list[Finding]:
    """What a release of some contracts and the code of others come to."""
    return check(released(*old), commands(*new), TODAY)


def the_finding(old: dict[str, Any], new: dict[str, Any]) -> Finding:
    """The worst finding about a command that was edited in place."""
    found = findings((contract("made", **old),), (contract("made", **new),))
    return next(one for one in found if one.change.worst is not SAFE)


def version(number: int, /, **members: Any) -> type[Contract]:
    """One version of a command."""
    return contract("made", version=number, **members)


def upcast(**given: Any) -> Any:
    """A cast that replaces all arguments."""
    return staticmethod(lambda args: dict(given))


def test_the_same_code_has_nothing_to_be_told_of():
    both = (version(1, params={"a": TEXT}), version(2, params={"a": TEXT}))
    assert findings(both, both) == []


def words(*choices: str) -> fields.Text:
    return fields.Text(required=True, validate=validate.OneOf(choices))


def text(most: int) -> fields.Text:
    return fields.Text(validate=validate.Length(max=most))


def texts(most: int) -> fields.List:
    return fields.List(fields.Text(), validate=validate.Length(max=most))


@pytest.mark.parametrize(
    ("old", "new", "document"),
    [
        (text(5), text(3), "2026"),
        (text(9_000), text(8_999), "a" * 9_000),
        (fields.Text(), text(100), "a" * 101),
        (fields.Number(), fields.Number(validate=validate.Range(max=1e9)), 1e9 + 1),
        (words("x", "y"), words("x"), "y"),
        (fields.Int64(), fields.Int64(validate=validate.Range(min=0)), -1),
        (fields.Text(allow_none=True), fields.Text(), None),
        (fields.Text(), fields.Int64(), ""),
        (texts(2), texts(1), ["", ""]),
        (fields.Integer(), fields.Integer(validate=validate.Range(min=1)), 0),
    ],
)
def test_the_smallest_failing_arguments_are_found_and_really_refused(old, new, document):
    change, proof = the_finding({"params": {"a": old}}, {"params": {"a": new}})
    assert (change.worst, change.path) == (BREAKING, "a")
    assert proof.document == {"a": document}
    assert proof.reason.startswith("VALIDATION_ERROR: Invalid args for made: a: ")


def test_what_the_released_contract_refused_as_well_proves_nothing():
    """A rule that no schema shows was there before: only the new limit is to blame."""

    def is_said(text: str) -> None:
        if not text:
            raise ValidationError("must not be blank")

    old, new = fields.Text(validate=is_said), fields.Text(validate=[is_said, validate.Length(max=100)])
    _, proof = the_finding({"params": {"a": old}}, {"params": {"a": new}})
    assert proof.document == {"a": "a" * 101}


def test_members_that_come_and_go_are_proven_by_the_fewest_arguments():
    a, b = fields.Text(), fields.Text()
    for old, new, path, document in (
        ({"a": a}, {"a": a, "b": TEXT}, "b", {}),
        ({"a": TEXT, "b": b}, {"a": TEXT}, "b", {"a": "", "b": ""}),
        ({"a": TEXT, "b": b}, {"a": TEXT, "b": TEXT}, "b", {"a": ""}),
    ):
        change, proof = the_finding({"params": old}, {"params": new})
        assert (change.path, change.worst) == (path, BREAKING)
        assert dict.fromkeys(proof.document, "") == document


def test_a_place_deep_inside_is_reached():
    def rows(inner: Any) -> dict[str, Any]:
        row = Schema.from_dict({"id": fields.Id(required=True), "state": inner})
        return {"page": fields.Nested(Schema.from_dict({"rows": fields.List(fields.Nested(row))}))}

    change, proof = the_finding({"params": rows(words("x", "y"))}, {"params": rows(words("y"))})
    assert change.path == "page.rows[].state"
    assert proof.document["page"]["rows"][0]["state"] == "x"
    assert "page.rows.0.state: Must be one of: y." in proof.reason


def test_data_that_callers_do_not_know_are_shown():
    change, proof = the_finding({"result": {"a": words("x")}}, {"result": {"a": words("x", "y")}})
    assert (change.for_callers, change.for_jobs, change.for_answers) == (BREAKING, SAFE, SAFE)
    assert proof.document == {"a": "y"}


def test_a_stored_answer_that_lacks_what_is_promised_now_is_shown():
    change, proof = the_finding({"result": {"a": TEXT}}, {"result": {"a": TEXT, "b": TEXT}})
    assert (change.for_callers, change.for_answers) == (SAFE, NEEDS_UPCASTER)
    assert proof.document == {"a": ""}


def test_a_validator_that_no_schema_shows_is_found_by_a_released_sample():
    def is_upper(text: str) -> None:
        if not text.isupper():
            raise ValidationError("must be in capitals")

    old, new = fields.Text(required=True), fields.Text(required=True, validate=is_upper)
    change, proof = the_finding({"params": {"a": old}}, {"params": {"a": new}})
    assert (change.kind, change.worst) == ("args.refused", BREAKING)
    assert "must be in capitals" in proof.reason


def test_a_schema_that_the_contract_does_not_hold_to_is_said_to_be_alone():
    class Modest(fields.Text):
        """Takes every text and promises less."""

        def json_schema(self) -> dict[str, Any]:
            return {"type": "string", "maxLength": 3}

    change, proof = the_finding({"params": {"a": fields.Text()}}, {"params": {"a": Modest()}})
    assert (change.worst, proof) == (BREAKING, None)
    assert "by the schemas; what was tried is still taken" in change.sentence


def test_a_new_version_with_a_cast_that_works_breaks_nobody():
    old = version(1, params={"content": TEXT}, result={"content": TEXT})
    casts = {
        "upcast": staticmethod(lambda args: {"text": args["content"]}),
        "downcast": staticmethod(lambda data: {"content": data["text"]}),
    }
    edited = version(1, params={"content": TEXT}, result={"content": TEXT}, **casts)
    found = findings((old,), (edited, version(2, params={"text": TEXT}, result={"text": TEXT})))
    assert {one.change.worst for one in found} == {SAFE, NEEDS_UPCASTER}


def test_a_new_version_without_a_cast_breaks_callers_and_jobs_of_the_old_one():
    old = version(1, params={"content": TEXT})
    found = findings((old,), (old, version(2, params={"text": TEXT})))
    change, proof = next(one for one in found if one.change.worst is BREAKING)
    assert (change.key, change.for_callers, change.for_jobs) == ("made@1", BREAKING, BREAKING)
    assert "no upcast of version 1 helps" in change.sentence
    assert "text: required" in proof.reason


def test_a_released_cast_that_was_spoilt_since_is_found():
    new = version(2, params={"text": TEXT})
    old = version(1, params={"content": TEXT}, upcast=upcast(text="x"))
    spoilt = version(1, params={"content": TEXT}, upcast=upcast(txt="x"))
    ((change, proof),) = findings((old, new), (spoilt, new))
    assert (change.kind, change.key) == ("args.refused", "made@1")
    assert "txt" in proof.reason


def test_a_missing_downcast_is_found():
    old, new = version(1, result={"a": TEXT}), version(2, result={"a": TEXT, "b": TEXT})
    found = findings((old,), (old, new))
    change, proof = next(one for one in found if one.change.worst is BREAKING)
    assert (change.kind, change.key) == ("data.untranslated", "made@1")
    assert "b" in proof.reason


def test_a_release_takes_over_what_is_new_and_leaves_the_rest_as_it_stands():
    before = released(version(1, params={"a": fields.Text()}), contract("other"))
    now = commands(version(1, params={"a": fields.Text(), "b": fields.Text()}), version(2))
    after, told = release(before, now)
    assert told == (["made@2"], ["made@1"], ["other@1"])
    assert release(after, now) == (after, ([], [], []))


def test_a_release_of_one_plugin_leaves_others_alone():
    before = released(contract("other"), name="globex")
    after, told = release(before, commands(contract("made")), ("acme",))
    assert told.added == ["made@1"]
    assert after.contracts.keys() == {"made@1", "other@1"}


def test_the_file_says_the_same_each_time_and_gives_the_lock_back(tmp_path):
    made = (version(1, params={"a": TEXT}, errors=(No,)), version(2, params={"a": TEXT}))
    lock = released(*made)
    assert lock.text() == Lock(dict(reversed(lock.contracts.items()))).text()
    path = tmp_path / "contracts" / "lock.json"
    assert write(path, lock)
    before = path.stat().st_mtime_ns
    assert not write(path, lock)
    assert path.stat().st_mtime_ns == before
    assert read(path) == lock
    assert [file.name for file in path.parent.iterdir()] == ["lock.json"]


def test_a_file_that_was_edited_by_hand_is_refused(tmp_path):
    path = tmp_path / "lock.json"
    write(path, released(version(1, params={"a": TEXT})))
    path.write_text(path.read_text().replace('"secret": false', '"secret": true'))
    with pytest.raises(SetupError, match="lock.json says something else about made@1 than its digest"):
        read(path)


def test_a_file_that_is_no_lock_is_told_in_a_sentence(tmp_path):
    path = tmp_path / "lock.json"
    with pytest.raises(SetupError, match="there is no contract lock at"):
        read(path)
    for text in ("", "{", "[]", "{}", '{"format": 1, "plugins": null, "contracts": {"a": 7}}'):
        path.write_text(text)
        with pytest.raises(SetupError, match="is no contract lock"):
            read(path)
    path.write_text('{"format": 99}')
    with pytest.raises(SetupError, match="has format 99 and this bus knows 1"):
        read(path)
    path.write_bytes(b"\xff")
    with pytest.raises(SetupError, match="cannot be read"):
        read(path)
