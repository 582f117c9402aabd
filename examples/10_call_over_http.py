"""Call commands over HTTP: a session, a status for each code, a key that repeats safely, many requests at once.

Run: python examples/10_call_over_http.py
Prints:
    ready 200
    without a session 401 UNAUTHENTICATED
    with one 200 /code/tea
    not there 404 UNKNOWN_COMMAND
    the same key again True
    three at once [True, False, True]
    bus serve ended with 0
"""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
from typing import IO

import httpx2

ANA = {"email": "ana@example.com", "password": "Corr3ct-Horse-Battery!", "first_name": "Ana", "last_name": "Diaz"}


def place(output: IO[str]) -> str:
    """Where the server says that it listens."""
    for line in output:
        if "listening at" in line:
            return line.split()[-1]
    raise SystemExit("bus serve did not start")


def calls(http: httpx2.Client) -> None:
    print("ready", http.get("/readyz").status_code)
    project = {"path": "/code/tea"}
    refused = http.post("/commands/db.project.upsert", json=project)
    print("without a session", refused.status_code, refused.json()["error"]["code"])

    # The first account is an admin's; on a server it is made before anybody else can reach it.
    session = http.post("/commands/auth_create_account", json=ANA).json()["data"]
    http.headers["Authorization"] = f"Bearer {session['token']}"
    answer = http.post("/commands/db.project.upsert", json=project)
    print("with one", answer.status_code, answer.json()["data"]["project"]["path"])
    unknown = http.post("/commands/db.project.upsret", json=project)
    print("not there", unknown.status_code, unknown.json()["error"]["code"])

    once = {"Idempotency-Key": "tea-1"}
    first, again = (http.post("/commands/note_create", json={"content": "tea"}, headers=once) for _ in range(2))
    print("the same key again", first.json()["data"] == again.json()["data"])
    batch = [{"command": "system_health"}, {"command": "note_gte"}, {"command": "command_list"}]
    print("three at once", [envelope["ok"] for envelope in http.post("/dispatch/batch", json=batch).json()])


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "BUS_HOME": home, "BUS_IDENTITY_KEYS": secrets.token_urlsafe(48)}
        command = [sys.executable, "-m", "bus", "serve", "--port", "0"]  # 0: a port that is free
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
            assert server.stderr is not None
            with httpx2.Client(base_url=place(server.stderr), timeout=60) as http:
                calls(http)
            server.send_signal(signal.SIGTERM)
            print("bus serve ended with", server.wait())


if __name__ == "__main__":
    main()
