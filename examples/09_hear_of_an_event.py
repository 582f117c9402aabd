"""One plugin announces that film runs low, another one tells people; neither knows the other, and nothing is lost.

Run: python examples/09_hear_of_an_event.py
Prints:
    8 of 10 left
    queued: notification_hear
    told: PPF film (PPF-200) runs low: 8 left, the minimum is 8.
"""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from bus import Bus, Envelope

ANA = {"email": "ana@example.com", "password": "Corr3ct-Horse-Battery!", "first_name": "Ana", "last_name": "Diaz"}
FILM = {"sku": "PPF-200", "name": "PPF film", "material_type": "ppf_film", "current_stock": 10, "minimum_stock": 8}


@contextmanager
def worker(database: str) -> Iterator[None]:
    """What ``bus worker`` starts in a shell."""
    command = [sys.executable, "-m", "bus", "worker", "--processes", "1", "--threads", "1"]
    environment = {**os.environ, "BUS_DATABASE_URL": database, "BUS_LOG_LEVEL": "WARNING"}
    process = subprocess.Popen(command, env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def data(answer: Envelope) -> dict[str, Any]:
    if answer.data is None:
        raise SystemExit(f"{answer.command} was refused: {answer.error}")
    return answer.data


def main() -> None:
    os.environ.setdefault("BUS_IDENTITY_KEYS", secrets.token_urlsafe(48))
    with TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/bus.sqlite"
        with Bus.open(database) as bus:
            token = data(bus.call("auth_create_account", ANA))["token"]
            film = data(bus.call("material_create", FILM, session_token=token))
            taken = {"material_id": film["id"], "quantity_change": -2, "reason": "sold"}
            left = data(bus.call("material_update_stock", taken, session_token=token))
            print(left["current_stock"], "of 10 left")
            (job,) = data(bus.call("job_list"))["items"]
            print(f"{job['state']}: {job['command']}", flush=True)
            with worker(database):
                bus.wait(job["id"])
            (news,) = data(bus.call("notification_list", session_token=token))["items"]
            print("told:", news["title"])


if __name__ == "__main__":
    main()
