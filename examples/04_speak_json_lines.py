"""Speak to ``bus stdio`` as a program in any language does: one JSON object a line in, one envelope a line out.

Run: python examples/04_speak_json_lines.py
Prints:
    1 True /code/tea
    two False VALIDATION_ERROR
    None False VALIDATION_ERROR
    bus stdio ended with 0
"""

import json
import os
import subprocess
import sys

REQUESTS = (
    '{"id": 1, "command": "db.project.upsert", "args": {"path": "/code/tea"}}',
    '{"id": "two", "command": "db.project.upsert", "args": {}}',
    "this is no JSON",
)


def main() -> None:
    environment = {**os.environ, "BUS_DATABASE_URL": "sqlite://"}
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "bus", "stdio"]
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, encoding="utf-8") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for request in REQUESTS:
            process.stdin.write(f"{request}\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            print(
                answer["id"],
                answer["ok"],
                answer["data"]["project"]["path"] if answer["ok"] else answer["error"]["code"],
            )
        process.stdin.close()
        print("bus stdio ended with", process.wait())


if __name__ == "__main__":
    main()
