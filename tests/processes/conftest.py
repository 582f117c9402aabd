"""What the drills share: a queue with real servers, fleets in folders of their own, and the report at the end."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.databases import Templates
from tests.processes.queues import Queue, signed

if TYPE_CHECKING:
    from tests.processes.ledger import Report
    from tests.rabbitmq import RabbitMQ


@pytest.fixture
def make_queue(templates: Templates, tmp_path: Path) -> Iterator[Callable[..., Queue]]:
    """Make a queue on a database: ``make_queue(url, broker_url, **settings)``."""
    with contextlib.ExitStack() as made:

        def make(url: str, broker_url: str | None = None, **settings: Any) -> Queue:
            queue = Queue(url, tmp_path, templates, signed(broker_url) | settings)
            made.callback(queue.close)
            return queue

        yield make


@pytest.fixture
def rabbitmq_url(rabbitmq_server: RabbitMQ) -> str:
    """The URL of a RabbitMQ that holds nothing of a fresh database."""
    return rabbitmq_server.url


@pytest.fixture(params=["sqlite", "postgresql-redis"])
def queue(request: pytest.FixtureRequest, make_queue: Callable[..., Queue]) -> Queue:
    """The smallest set-up and the largest: a file alone, and a server with a broker."""
    database, _, broker = request.param.partition("-")
    broker_url = request.getfixturevalue(f"{broker}_url") if broker else None
    return make_queue(request.getfixturevalue(f"{database}_url"), broker_url)


@pytest.fixture
def rounds_asked(request: pytest.FixtureRequest) -> int:
    """``--rounds``."""
    return request.config.option.rounds


@pytest.fixture
def balance(record_property: Callable[[str, object], None]) -> Callable[[Report], None]:
    """Say at the run's end what a drill has done, and fail unless its ledger balances."""

    def show(report: Report) -> None:
        record_property("ledger", str(report))
        assert not report.complaints, report

    return show
