"""From an event to the inbox: announced in one command's unit of work, heard by a worker."""

from __future__ import annotations

from tests.bus.worker import work
from tests.plugins.interventions.work import Work
from tests.plugins.inventory.store import Store
from tests.plugins.notifications.office import Office
from tests.plugins.quotes.desk import Desk


def test_tasks_that_become_overdue_are_told_to_their_technicians(office: Office) -> None:
    """Each by itself, also those of one run."""
    mine = office.task(of="technician", scheduled_date="2026-02-28")
    other = office.task(by=office.colleague, scheduled_date="2026-02-27", title="Wrap it")
    assert office.bus.call_internal("task_mark_overdue").data == {"overdue_count": 2}
    assert office.told() == set()
    work(office.bus)
    assert office.told() == {"admin", "supervisor", "technician", "colleague"}
    (told,) = office.technician("notification_list")["items"]
    assert (told["event"], told["data"]) == (
        "task.overdue",
        {"task_id": mine["id"], "task_number": mine["task_number"]},
    )
    number = other["task_number"]
    assert office.titles("colleague") == [f"Task {number}, Wrap it, was planned for 2026-02-27 and has not begun."]
    assert len(office.titles("admin")) == 2


def test_what_happened_before_is_told_once(office: Office) -> None:
    """A second run finds nothing new to tell."""
    office.task(scheduled_date="2026-02-28")
    for _ in range(2):
        office.bus.call_internal("task_mark_overdue")
        work(office.bus)
    assert len(office.titles("admin")) == 1


def test_work_that_is_finished_is_told_to_those_who_run_the_shop(office: Office) -> None:
    """But not to the one who said so."""
    work_of = Work(office)
    begun = work_of.start(of="technician")
    work_of.finish(begun)
    work(office.bus)
    assert office.told() == {"supervisor"}
    (told,) = office.supervisor("notification_list")["items"]
    task = office.stored(begun.task_id)
    assert told["title"] == f"The work on task {task['task_number']} is finished."
    assert told["data"] == {"intervention_id": begun.id, "task_id": task["id"], "task_number": task["task_number"]}


def test_stock_that_runs_low_is_told_once(office: Office) -> None:
    store = Store(office)
    film = store.material(5, sku="F-1", minimum_stock=2)
    for change in (-2.5, -0.5, -1):
        store.change(film["id"], change)
    work(office.bus)
    assert office.told() == {"admin", "supervisor"}
    assert office.titles("admin") == ["Film (F-1) runs low: 2 left, the minimum is 2."]


def test_a_quote_that_is_accepted_is_told_to_who_made_it(office: Office) -> None:
    """With the task that it has become."""
    desk = Desk(office)
    quote = desk.mark("sent", desk.quote({}, by=office.technician))
    accepted = desk.mark("accepted", quote)
    desk.mark("accepted", desk.sent({}))
    work(office.bus)
    assert office.told() == {"technician"}
    (told,) = office.technician("notification_list")["items"]
    assert told["title"] == f"Quote {quote['quote_number']} was accepted."
    assert told["data"]["task_id"] == accepted["task_id"] is not None
