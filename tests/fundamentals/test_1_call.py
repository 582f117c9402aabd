"""Calling a command: one way in, one envelope out."""

from __future__ import annotations

from bus import LOCAL, Bus, Context, Contract, Plugin, Schema, fields


def test_a_plugin_is_a_contract_and_a_handler() -> None:
    """All that is needed for a command of one's own."""

    class Add(Contract):
        """Add two numbers."""

        name = "add"
        access = LOCAL

        class Params(Schema):
            a = fields.Int64(required=True)
            b = fields.Int64(required=True)

        class Result(Schema):
            total = fields.Int64(required=True)

    calculator = Plugin("calculator", contracts=[Add])

    @calculator.handles(Add)
    def add(ctx: Context, a: int, b: int) -> dict[str, int]:
        return {"total": a + b}

    with Bus.open("sqlite://", plugins=[calculator]) as bus:
        assert bus.call("add", {"a": 1, "b": 2}).data == {"total": 3}


def test_every_answer_has_the_same_keys(bus: Bus) -> None:
    """Whatever happens, a caller reads the same envelope."""
    envelope = bus.call("tea_greet", {"guest": "Ann"}, correlation_id="c1")
    assert envelope.to_dict() == {
        "ok": True,
        "command": "tea_greet",
        "version": 1,
        "data": {"words": "welcome, Ann"},
        "error": None,
        "warnings": [],
        "correlation_id": "c1",
        "job": None,
    }


def test_what_may_be_left_out_has_a_default(bus: Bus) -> None:
    assert bus.call("tea_greet", {"guest": "Ann", "times": 2}).data == {"words": "welcome, welcome, Ann"}


def test_bad_arguments_are_all_named(bus: Bus) -> None:
    """And the handler has not run."""
    envelope = bus.call("tea_greet", {"guest": "", "times": 9, "gust": "Ann"})
    assert not envelope.ok
    assert envelope.data is None
    assert envelope.code == "VALIDATION_ERROR"
    assert set(envelope.error["details"]["fields"]) == {"guest", "times", "gust"}


def test_an_unknown_command_is_an_answer_too(bus: Bus) -> None:
    """Nothing a caller does wrong is an exception."""
    assert bus.call("tea_gret", {"guest": "Ann"}).code == "UNKNOWN_COMMAND"
    assert bus.call("tea_greet@7", {"guest": "Ann"}).code == "UNKNOWN_VERSION"


def test_the_bus_can_be_asked_what_it_knows(bus: Bus) -> None:
    names = [item["name"] for item in bus.call("command_list").data["items"]]
    assert "tea_order" in names
    described = bus.call("command_describe", {"command": "tea_greet"}).data
    assert described["summary"] == "Say hello."
    assert [field["name"] for field in described["params"]] == ["guest", "times"]
