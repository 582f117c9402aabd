"""Call a bus in another process: repeat safely, watch a job, catch one kind of error, find nobody there.

Run: python examples/11_call_a_bus_elsewhere.py
Prints:
    the same note True
    state scheduled
    state cancelled
    envelope CANCELLED
    UNAUTHENTICATED Your session has ended. Please log in again.
    may it have run? False
"""

import contextlib
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from bus import logs
from bus.client import Client, CommandError, NoAnswer, safe_invoke

ANA = {"email": "ana@example.com", "password": "Corr3ct-Horse-Battery!", "first_name": "Ana", "last_name": "Diaz"}


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """The address of a bus of its own, in another process."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "BUS_HOME": folder, "BUS_IDENTITY_KEYS": secrets.token_urlsafe(48)}
        command = [sys.executable, "-m", "bus", "serve", "--port", "0"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            yield next(line for line in process.stderr if "listening" in line).split()[-1]
            process.terminate()


def main() -> None:
    logs.configure("CRITICAL")  # safe_invoke would tell of each call
    with serving() as url, Client(url) as anybody:
        session = anybody.call("auth_create_account", ANA).data
        with Client(url, session_token=session["token"]) as bus:
            first, again = (bus.call("note_create", {"content": "tea"}, idempotency_key="k1") for _ in range(2))
            print("the same note", first.data == again.data)

            job = bus.submit("note_create", {"content": "milk"}, delay_ms=60_000).job
            for event in bus.watch(job["id"]):
                print(event.kind, event.data["error"]["code"] if event.kind == "envelope" else event.data["state"])
                if event.kind == "state" and event.data["state"] == "scheduled":
                    bus.call("job_cancel", {"job_id": job["id"]})
        try:
            safe_invoke(anybody, "notes_list")
        except CommandError as error:
            print(error.code, error)
    try:
        with Client(url, timeout_ms=300) as bus:
            bus.call("note_create", {"content": "tea"})
    except NoAnswer as error:
        print("may it have run?", error.was_sent)


if __name__ == "__main__":
    main()
