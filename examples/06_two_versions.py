"""Two versions of a contract side by side: the handler serves the newest, callers of the old one go on.

Run: python examples/06_two_versions.py
Prints:
    2 {'celsius': 20.5}
    1 {'fahrenheit': 68.9} ['temperature_get@1 is deprecated: use temperature_get@2, in degrees Celsius']
"""

from typing import Any

from bus import LOCAL, Bus, Context, Contract, Plugin, Schema, fields


class TemperatureGet1(Contract):
    """Read a thermometer, degrees Fahrenheit."""

    name, version = "temperature_get", 1
    access = LOCAL
    deprecated = "use temperature_get@2, in degrees Celsius"

    class Params(Schema):
        room = fields.Text(required=True)

    class Result(Schema):
        fahrenheit = fields.Number(required=True)

    @staticmethod
    def upcast(args: dict[str, Any]) -> dict[str, Any]:
        return {"place": args["room"]}

    @staticmethod
    def downcast(data: dict[str, Any]) -> dict[str, Any]:
        return {"fahrenheit": round(data["celsius"] * 9 / 5 + 32, 1)}


class TemperatureGet2(Contract):
    """Read a thermometer, degrees Celsius."""

    name, version = "temperature_get", 2
    access = LOCAL

    class Params(Schema):
        place = fields.Text(required=True)

    class Result(Schema):
        celsius = fields.Number(required=True)


weather = Plugin("weather", contracts=[TemperatureGet1, TemperatureGet2])


@weather.handles(TemperatureGet2)
def temperature_get(_ctx: Context, place: str) -> dict[str, Any]:
    return {"celsius": 20.5 if place == "kitchen" else 18.0}


def main() -> None:
    with Bus.open("sqlite://", plugins=[weather]) as bus:
        new = bus.call("temperature_get", {"place": "kitchen"})
        print(new.version, new.data)
        old = bus.call("temperature_get@1", {"room": "kitchen"})
        print(old.version, old.data, old.warnings)


if __name__ == "__main__":
    main()
