"""Call commands and read their envelopes: one that is answered, one with wrong arguments, one that nobody knows.

Run: python examples/01_call_a_command.py
Prints:
    True /code/tea
    False VALIDATION_ERROR {'fields': {'path': ['must be a string']}}
    False UNKNOWN_COMMAND None
"""

from bus import Bus


def main() -> None:
    with Bus.open("sqlite://") as bus:  # in memory, with the installed plugins
        answer = bus.call("db.project.upsert", {"path": "/code/tea"})
        print(answer.ok, answer.data["project"]["path"] if answer.data else None)
        for name, args in (("db.project.upsert", {"path": 7}), ("tea_make", {})):
            answer = bus.call(name, args)
            print(answer.ok, answer.code, answer.error["details"] if answer.error else None)


if __name__ == "__main__":
    main()
