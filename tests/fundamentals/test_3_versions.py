"""Changing a command: the new shape is a new version, and old callers go on."""

from __future__ import annotations

from bus import Bus


def test_without_a_version_the_newest_is_meant(bus: Bus) -> None:
    envelope = bus.call("tea_order", {"tea": "green tea", "cups": 3})
    assert (envelope.version, envelope.data) == (2, {"number": 1, "cups": 3})


def test_an_old_caller_asks_and_is_answered_as_before(bus: Bus) -> None:
    """One handler serves both: arguments are translated up, answers down."""
    envelope = bus.call("tea_order@1", {"tea": "green tea"})
    assert (envelope.version, envelope.data) == (1, {"number": 1})
    assert bus.call("tea_count").data == {"cups": 1}


def test_an_old_version_warns_in_the_envelope(bus: Bus) -> None:
    envelope = bus.call("tea_order", {"tea": "green tea"}, version=1)
    assert envelope.warnings == ["tea_order@1 is deprecated: use version 2, which takes a number of cups"]
    assert bus.call("tea_order", {"tea": "green tea", "cups": 1}).warnings == []


def test_each_version_has_its_own_arguments(bus: Bus) -> None:
    assert bus.call("tea_order@1", {"tea": "green tea", "cups": 1}).code == "VALIDATION_ERROR"
    assert bus.call("tea_order@2", {"tea": "green tea"}).code == "VALIDATION_ERROR"
