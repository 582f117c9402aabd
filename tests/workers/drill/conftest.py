"""What the tests of the drill share: the environment of an operator, and everything that a drill could leave behind."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import redis
import sqlalchemy as sa

from bus.database import Database
from tests.databases import Templates
from workers.folder import folder_of


class Operator:
    """Somebody with a database, perhaps a broker, and a shell."""

    def __init__(self, url: str, broker: str | None, environment: dict[str, str], folder: Path) -> None:
        self.url = url
        self.broker = broker
        #: For temporary files, and for what the tests themselves write down.
        self.temporary, self.notes = folder / "tmp", folder / "notes"
        self.temporary.mkdir()
        self.notes.mkdir()
        self.variables = {"BUS_DATABASE_URL": url, "TMPDIR": str(self.temporary)}
        self.variables |= {} if broker is None else {"BUS_BROKER_URL": broker}
        # The folder in which workers on PostgreSQL meet is made anew for each run of the tests.
        self.environment = environment | {"XDG_RUNTIME_DIR": os.environ["XDG_RUNTIME_DIR"]} | self.variables

    def start(self, *words: str, **options: Any) -> subprocess.Popen[str]:
        """Start a subcommand."""
        command = [sys.executable, "-m", "bus", *words]
        return subprocess.Popen(command, env=self.environment, text=True, **options)

    def drill(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Hold a drill to its end."""
        command = [sys.executable, "-m", "bus", "drill", "--yes", *words]
        return subprocess.run(
            command,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=250,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def traces(self) -> dict[str, Any]:
        """All there is in the database, at the broker and in the folders, but for what time alone changes."""
        database = Database(self.url)
        try:
            with database.connect() as connection:
                tables = sorted(sa.inspect(connection).get_table_names())
                rows = {
                    table: connection.execute(sa.text(f'SELECT count(*) FROM "{table}"')).scalar_one()
                    for table in tables
                }
            meeting = folder_of(database)
            beside = {path.name for path in meeting.parent.glob(f"{meeting.name.removesuffix('.run')}*")}
        finally:
            database.close()
        return {
            "rows": rows,
            "beside": {name for name in beside if not re.search(r"-(wal|shm)$", name)},
            "keys": self.keys(),
            "temporary": sorted(path.name for path in self.temporary.iterdir()),
        }

    def keys(self) -> set[bytes]:
        """The keys of a Redis; nobody can list the queues of RabbitMQ over AMQP."""
        if self.broker is None or not self.broker.startswith("redis"):
            return set()
        with redis.Redis.from_url(self.broker) as client:
            return set(client.keys())


def rabbitmq_url(request: pytest.FixtureRequest) -> str:
    """The URL of the tests' RabbitMQ, which is started for it."""
    return request.getfixturevalue("rabbitmq_server").url


@pytest.fixture
def operator_of(
    request: pytest.FixtureRequest, clean_environment: dict[str, str], templates: Templates, tmp_path: Path
) -> Callable[..., Operator]:
    """Make the operator of a database and a broker, by their names."""

    def make(kind: str, broker: str | None = None) -> Operator:
        url = request.getfixturevalue(f"{kind}_url")
        templates.prepare(url)
        place = broker and (request.getfixturevalue("redis_url") if broker == "redis" else rabbitmq_url(request))
        return Operator(url, place, clean_environment, tmp_path)

    return make
