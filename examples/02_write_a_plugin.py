"""Write a plugin: a contract says what goes in and out, a handler answers, a refusal says no.

Run: python examples/02_write_a_plugin.py
Prints:
    {'words': 'Hello, Ada!'}
    nobody_there {'name': ' '}
    VALIDATION_ERROR {'fields': {'name': ['required']}}
"""

from typing import Any

from bus import LOCAL, Bus, Context, Contract, Plugin, Refusal, Schema, fields


class NobodyThere(Refusal):
    """There is nobody to greet. Callers give a name."""

    code = "nobody_there"
    message = "there is nobody called {name!r} to greet"


class Greet(Contract):
    """Greet somebody."""

    name, version = "greet", 1
    access = LOCAL
    errors = (NobodyThere,)

    class Params(Schema):
        name = fields.Text(required=True, validate=fields.validate.Length(max=100))

    class Result(Schema):
        words = fields.Text(required=True)


greetings = Plugin("greetings", contracts=[Greet])


@greetings.handles(Greet)
def greet(_ctx: Context, name: str) -> dict[str, Any]:
    if not name.strip():
        raise NobodyThere(name=name)
    return {"words": f"Hello, {name}!"}


def main() -> None:
    with Bus.open("sqlite://", plugins=[greetings]) as bus:
        for args in ({"name": "Ada"}, {"name": " "}, {}):
            answer = bus.call("greet", args)
            if answer.error is None:
                print(answer.data)
            else:
                print(answer.code, answer.error["details"])


if __name__ == "__main__":
    main()
