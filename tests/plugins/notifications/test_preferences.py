"""Which kinds of news somebody wants."""

from __future__ import annotations

import pytest

from contracts.notifications.kinds import KINDS
from tests.plugins.notifications.office import Office
from tests.plugins.racing import race_in_threads


def test_everybody_wants_everything_until_they_say_otherwise(office: Office) -> None:
    everything = {"wanted": list(KINDS), "unwanted": []}
    assert office.viewer("notification_get_preferences") == everything
    few = {"wanted": ["task.overdue", "quote.accepted"], "unwanted": ["intervention.finalized", "material.low_stock"]}
    assert office.viewer("notification_set_preferences", wanted=["quote.accepted", "task.overdue"]) == few
    assert office.viewer("notification_get_preferences") == few
    assert office.admin("notification_get_preferences") == everything
    nothing = {"wanted": [], "unwanted": list(KINDS)}
    assert office.viewer("notification_set_preferences", wanted=[]) == nothing
    assert office.viewer("notification_set_preferences", wanted=list(KINDS)) == everything


def test_what_was_told_before_stays(office: Office) -> None:
    office.hear("material.low_stock")
    office.admin("notification_set_preferences", wanted=[])
    assert office.admin("notification_list")["unread_count"] == 1


@pytest.mark.any_database
def test_only_kinds_that_exist_can_be_wanted(office: Office) -> None:
    refusal = office.admin.refusal("notification_set_preferences", wanted=["task.overdue", "task.deleted"])
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", ["wanted.1"])


def test_the_last_word_counts_when_many_are_said_at_once(office: Office) -> None:
    token = {"session_token": office.admin.token}
    answers = race_in_threads(
        office.bus, [[("notification_set_preferences", {"wanted": [kind]} | token)] for kind in KINDS]
    )
    assert all(answer["ok"] for (answer,) in answers), answers
    assert office.admin("notification_get_preferences") in [answer["data"] for (answer,) in answers]
