"""Twenty thousand tasks, clients and events: what is asked often is found by an index, on both databases."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from contracts.workshop.paging import Page
from plugins.calendar.listing import OF_TASK, OF_TECHNICIAN, OVERLAPPING, OVERLAPPING_OF_TECHNICIAN
from plugins.calendar.placing import NEWEST_OF_TASK
from plugins.calendar.tables import WEEK_MS
from plugins.clients.rows import IS_LIVE as IS_LIVE_CLIENT
from plugins.clients.tables import SORT_COLUMNS as CLIENT_SORTS
from plugins.clients.tables import clients
from plugins.tasks.conflicts import OTHERS
from plugins.tasks.finding import IS_LIVE
from plugins.tasks.history import NEWEST_FIRST
from plugins.tasks.listing import page_statement
from plugins.tasks.numbers import HIGHEST
from plugins.tasks.of_clients import COUNTS
from plugins.tasks.people import OPEN_TASKS
from plugins.tasks.tables import SORT_COLUMNS, tasks
from tests.databases import Templates
from tests.plugins.tasks.shop import PLUGINS
from tests.servers import PostgreSQL

if TYPE_CHECKING:
    from bus.database import Database

COUNT = 20_000
HOUR_MS = 3_600_000
PAGE = Page(2, 20)

TASKS = """INSERT INTO tasks_tasks (id, task_number, number_day, number_of_day, title, ppf_zones, custom_ppf_zones,
    status, priority, technician_id, scheduled_date, client_id, checklist_completed, tags, created_at, updated_at,
    created_by, updated_by, title_key, number_key, priority_rank, search_text)
SELECT 't' || n, 'n' || n, '202601' || (10 + n % 20), n, 'T', '[]', '[]', 'pending', 'low', 'u' || (n % 500),
    '20' || (20 + n % 10) || '-' || (10 + n % 3) || '-' || (10 + n % 18), 'c' || (n % 9000), {false}, '[]', n, n, 'x',
    'x', 'k' || (n % 1000), 'n' || n, n % 4, 'words' FROM numbers"""
HISTORY = """INSERT INTO tasks_history (id, task_id, new_status, changed_at, changed_by)
SELECT 'h' || n, 't' || n, 'pending', n, 'x' FROM numbers"""
CLIENTS = """INSERT INTO clients_clients (id, name, customer_type, tags, created_at, updated_at, created_by, name_key,
    search_text) SELECT 'c' || n, 'x', 'individual', '[]', n, n, 'x', 'k' || n, 'words' FROM numbers"""
EVENTS = """INSERT INTO calendar_events (id, title, start_datetime, end_datetime, start_utc, end_utc, all_day, timezone,
    event_type, task_id, technician_id, is_virtual, participants, reminders, status, tags, created_at, updated_at)
SELECT 'e' || n, 'x', 'x', 'x', n * 3600000, n * 3600000 + CASE WHEN n % 1000 = 0 THEN 900000000 ELSE 1800000 END,
    {false}, 'UTC', 'task', 't' || n, 'u' || (n % 500), {false}, '[]', '[]', 'confirmed', '[]', n, n FROM numbers"""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def full(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, templates: Templates
) -> Iterator[Database]:
    """A database that is full."""
    from bus.database import Database

    with contextlib.ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('full') / 'bus.sqlite'}"
            numbers = f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {COUNT})"
        else:
            server: PostgreSQL = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(server.database())
            numbers = f"WITH numbers AS (SELECT CAST(generate_series(1, {COUNT}) AS bigint) AS n)"
        templates.prepare(url, PLUGINS)
        database = Database(url)
        stack.callback(database.close)
        with database.engine.connect() as connection:
            for statement in (TASKS, HISTORY, CLIENTS, EVENTS):
                insert, select, rest = statement.partition("SELECT")
                filled = (select + rest).format(false="0" if request.param == "sqlite" else "false")
                text = (
                    f"{numbers} {insert} {filled}" if request.param == "postgresql" else f"{insert} {numbers} {filled}"
                )
                connection.execute(sa.text(text))
            connection.exec_driver_sql("ANALYZE")
        yield database


def client_page(sort_by: str) -> Any:
    """A page of clients, as the list reads it."""
    column = CLIENT_SORTS[sort_by]
    order = (column.desc(), clients.c.seq.desc())
    return sa.select(clients.c.id).where(IS_LIVE_CLIENT).order_by(*order).limit(20)


FROM = COUNT // 2 * HOUR_MS
STRETCH = {"from_ms": FROM, "to_ms": FROM + 24 * HOUR_MS, "week_before_ms": FROM - WEEK_MS, "of_technician": "u7"}
DAY = (tasks.c.scheduled_date >= "2025-11-11") & (tasks.c.scheduled_date <= "2025-11-12")
#: What is asked -> the statement, its parameters, and the indexes of which one must be in its plan.
ASKED: dict[str, tuple[Any, dict[str, Any], tuple[str, ...]]] = {
    **{
        f"tasks by {name} {order}": (
            page_statement([IS_LIVE], column, order == "asc", PAGE),
            {},
            (f"tasks_tasks_by_{name}",),
        )
        for name, column in SORT_COLUMNS.items()
        for order in ("asc", "desc")
    },
    "tasks of a technician": (
        page_statement([IS_LIVE, tasks.c.technician_id == "u7"], tasks.c.created_at, False, PAGE),
        {},
        ("tasks_tasks_of_technician", "tasks_tasks_by_created_at"),
    ),
    "tasks of a day": (
        sa.select(tasks.c.id).where(IS_LIVE, DAY),
        {},
        ("tasks_tasks_by_scheduled_date",),
    ),
    "a technician's day": (
        OTHERS,
        {"of_technician": "u7", "on_day": "2025-11-11", "other_than": "t1"},
        ("tasks_tasks_of_technician",),
    ),
    "open tasks of a user": (OPEN_TASKS, {"of_user": "u7"}, ("tasks_tasks_of_technician",)),
    "highest number of a day": (HIGHEST, {"of_day": "20260110"}, ("tasks_tasks_number_of_day",)),
    "counts of a client": (COUNTS.where(tasks.c.client_id.in_(["c7"])), {}, ("tasks_tasks_of_client",)),
    "history": (NEWEST_FIRST, {"of_task": "t7", "limit": 50, "offset": 0}, ("tasks_history_of_task",)),
    **{
        f"clients by {name}": (client_page(name), {}, (f"clients_clients_by_{name}",))
        for name in ("created_at", "updated_at", "name", "customer_type")
    },
    "long events": (OVERLAPPING[0], STRETCH, ("calendar_events_long",)),
    "recent events": (OVERLAPPING[1], STRETCH, ("calendar_events_in_time",)),
    "recent events of a technician": (
        OVERLAPPING_OF_TECHNICIAN[1],
        STRETCH,
        ("calendar_events_of_technician", "calendar_events_in_time"),
    ),
    "events of a technician": (OF_TECHNICIAN, {"of_technician": "u7"}, ("calendar_events_of_technician",)),
    "events of a task": (OF_TASK, {"of_task": "t7"}, ("calendar_events_of_task",)),
    "newest event of a task": (NEWEST_OF_TASK, {"of_task": "t7"}, ("calendar_events_of_task",)),
}


@pytest.mark.parametrize("what", ASKED)
def test_what_is_asked_often_is_found_by_an_index(full: Database, what: str) -> None:
    statement, parameters, indexes = ASKED[what]
    bound = statement.params(**{name: parameters[name] for name in statement.compile().params if name in parameters})
    text = bound.compile(full.engine, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if full.kind == "sqlite" else "EXPLAIN"
    with full.engine.connect() as connection:
        plan = [str(row[-1]) for row in connection.execute(sa.text(f"{explain} {text}"))]
    assert any(index in line for line in plan for index in indexes), plan
    assert not any(line.strip().startswith(("SCAN tasks_tasks ", "Seq Scan")) for line in plan if "INDEX" not in line)
