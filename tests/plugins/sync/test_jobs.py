"""On a worker: runs and clean-up as jobs, jobs that die in the middle, and the schedule of the background service."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from bus.database.tables import job, schedule
from bus.schedules.syncing import sync as sync_schedules
from tests.bus.worker import work
from tests.plugins.sync.desk import Desk
from tests.plugins.sync.office import Office
from workers.scheduler import Scheduler


class Killed(BaseException):
    """What ends a worker ends it where it is."""


def submit(desk: Desk, command: str, **args: Any) -> str:
    """Queue a command; its job."""
    envelope = desk.bus.submit(command, args, session_token=desk.admin.token)
    assert envelope.ok, envelope
    assert envelope.data is None
    return envelope.job["id"]


def test_a_worker_pushes(desk: Desk, office: Office) -> None:
    office.open()
    for place in range(3):
        desk.put(f"t-{place}")
    queued = submit(desk, "sync_now")
    assert office.taken == []
    work(desk.bus)
    assert desk.bus.wait(queued).data["successful_operations"] == 3


def test_a_worker_cleans_up(desk: Desk) -> None:
    desk.in_status("completed")
    queued = submit(desk, "sync_cleanup_old_operations", days_old=0)
    work(desk.bus)
    assert desk.bus.wait(queued).data == {"deleted_count": 1}


def test_without_a_remote_the_job_says_so(desk: Desk) -> None:
    queued = submit(desk, "sync_now")
    work(desk.bus)
    assert desk.bus.wait(queued).code == "SYNC_UNAVAILABLE"


@pytest.mark.parametrize("is_lost_before", [True, False])
def test_a_call_that_dies_in_a_push_goes_on_under_its_key(desk: Desk, office: Office, is_lost_before: bool) -> None:
    """What was settled is not pushed again; what was not, is. The answer is that of both tries together."""
    deaths = iter([Killed()])

    def think(operation: dict[str, Any]) -> None:
        if operation["entity_id"] == "t-1" and (death := next(deaths, None)):
            if not is_lost_before:
                office.taken.append(operation)
            raise death

    office.open(think)
    for place in range(3):
        desk.put(f"t-{place}")
    call = {"session_token": desk.admin.token, "idempotency_key": f"k-{is_lost_before}-{desk.bus.database.kind}"}
    assert desk.bus.call("sync_now", {}, **call).code == "HANDLER_ERROR"
    again = desk.bus.call("sync_now", {}, **call)
    assert again.data["successful_operations"] == again.data["processed_operations"] == 3
    assert office.entities == (["t-0", "t-1", "t-2"] if is_lost_before else ["t-0", "t-1", "t-1", "t-2"])
    assert desk.admin("sync_get_metrics")["completed_operations"] == 3


def test_the_schedule_queues_a_run_every_half_minute(desk: Desk, office: Office) -> None:
    office.open()
    desk.admin("sync_start_background_service")
    operation = desk.put()
    sync_schedules(desk.bus)
    listed = desk.bus.call("schedule_list").data["items"]
    [own] = [item for item in listed if item["name"] == "sync.background"]
    assert (own["command"], own["cron"], own["origin"]) == ("sync_run", "*/30 * * * * *", "plugin:sync")
    scheduler = Scheduler(desk.bus, lambda _: own["next_at"])
    desk.execute(sa.delete(job))
    scheduler.step()
    work(desk.bus)
    assert desk.status(operation) == "completed"
    ticks = desk.bus.call("schedule_next", {"name": "sync.background", "count": 3}).data["items"]
    moments = [tick["at"] if isinstance(tick, dict) else tick for tick in ticks]
    assert moments[2] - moments[1] == moments[1] - moments[0] == 30_000
    desk.execute(sa.delete(schedule))


def test_a_run_that_still_waits_is_not_joined_by_another(desk: Desk) -> None:
    desk.execute(sa.delete(job))
    for _ in range(3):
        assert desk.bus.call("office_run").ok
    assert desk.execute(sa.select(sa.func.count()).select_from(job))[0][0] == 1
    work(desk.bus)
