"""The inbox: whose it is, its pages, and marking what was read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.notifications.office import Office
from tests.plugins.racing import race_in_threads


def fill(office: Office, count: int) -> list[str]:
    """So many for every supervisor and admin; the titles, the newest first."""
    for number in range(count):
        office.hear("material.low_stock", name=f"Film {number}")
    return office.titles("admin", limit=200)


def ids(office: Office, name: str = "admin", **args: Any) -> list[str]:
    return [item["id"] for item in office.as_role(name)("notification_list", **args)["items"]]


def test_pages_go_from_the_newest_to_the_oldest(office: Office) -> None:
    titles = fill(office, 5)
    assert [title.split()[1] for title in titles] == ["4", "3", "2", "1", "0"]
    page = office.admin("notification_list", page=2, limit=2)
    assert [item["title"] for item in page.pop("items")] == titles[2:4]
    assert page == {"total_count": 5, "page": 2, "limit": 2, "total_pages": 3, "unread_count": 5}
    assert office.titles("admin", page=9, limit=2) == []
    assert [office.admin("notification_list", page=-1, limit=limit)["limit"] for limit in (0, None, 999)] == [
        1,
        20,
        200,
    ]


def test_nobody_sees_what_others_were_told(office: Office) -> None:
    office.hear("quote.accepted", created_by=office.id_of("technician"))
    assert office.told() == {"technician"}
    empty = office.admin("notification_list")
    assert (empty["total_count"], empty["total_pages"], empty["unread_count"]) == (0, 0, 0)


def test_some_are_marked_as_read(office: Office) -> None:
    """Each once, and since then: marking it again changes nothing."""
    fill(office, 3)
    newest, *others = ids(office)
    assert office.admin("notification_mark_read", ids=[newest, newest]) == {"marked_count": 1, "unread_count": 2}
    first_read_at = office.clock.now_ms()
    office.clock.advance(1_000)
    assert office.admin("notification_mark_read", ids=[newest])["marked_count"] == 0
    assert [item["read_at"] for item in office.admin("notification_list")["items"]] == [first_read_at, None, None]
    assert ids(office, unread_only=True) == others
    listed = office.admin("notification_list", unread_only=True)
    assert (listed["total_count"], listed["unread_count"]) == (2, 2)
    assert office.admin("notification_list")["total_count"] == 3


def test_all_are_marked_as_read(office: Office) -> None:
    """The caller's, and nobody else's."""
    fill(office, 3)
    office.admin("notification_mark_read", ids=ids(office)[:1])
    assert office.admin("notification_mark_read", all=True) == {"marked_count": 2, "unread_count": 0}
    assert ids(office, unread_only=True) == []
    assert office.supervisor("notification_list")["unread_count"] == 3


def test_what_is_anothers_behaves_as_what_is_nobodys(office: Office) -> None:
    fill(office, 1)
    for strange in (ids(office, "supervisor"), ["nothing"], []):
        assert office.admin("notification_mark_read", ids=strange) == {"marked_count": 0, "unread_count": 1}
    assert office.supervisor("notification_list")["unread_count"] == 1


@pytest.mark.any_database
def test_it_has_to_be_said_which_ones(office: Office) -> None:
    cases: list[dict[str, Any]] = [
        {},
        {"ids": ["x"], "all": True},
        {"all": False},
        {"ids": [" "]},
        {"ids": ["x"] * 1001},
    ]
    for args in cases:
        refusal = office.admin.refusal("notification_mark_read", **args)
        assert refusal["code"] == "VALIDATION_ERROR", args
        assert all(path.startswith("ids") for path in refusal["details"]["fields"]), args
    assert office.admin.code("notification_mark_read", all="yes") == "VALIDATION_ERROR"
    assert office.admin.code("notification_list", unread_only=1) == "VALIDATION_ERROR"


def test_each_is_marked_once_when_many_mark_at_once(office: Office) -> None:
    """All of them and some of them, from both ends: nobody waits for ever, and the counts add up."""
    fill(office, 12)
    chosen = ids(office)
    token = {"session_token": office.admin.token}
    ways: list[dict[str, Any]] = [{"all": True}, {"ids": chosen}, {"ids": chosen[::-1]}, {"ids": chosen[::2]}]
    answers = race_in_threads(office.bus, [[("notification_mark_read", way | token)] for way in ways])
    assert all(answer["ok"] for (answer,) in answers), answers
    assert sum(answer["data"]["marked_count"] for (answer,) in answers) == 12
