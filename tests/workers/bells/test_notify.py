"""Waking sleepers by NOTIFY: the right ear is rung, and a lost connection comes back."""

from __future__ import annotations

import time

from bus.database import Database
from bus.testing import wait_until
from workers.bells import bell_for
from workers.bells.notify import Listener, NotifyBell, NotifyEar


def test_notify_wakes_the_queues_ear_and_no_other(postgresql_url):
    database = Database(postgresql_url)
    ears = {"mine": NotifyEar(), "other": NotifyEar()}
    listener = Listener(database, ears)
    bell = bell_for(database)
    assert isinstance(bell, NotifyBell)

    def is_rung():
        bell.announce(["mine"])
        return ears["mine"]._event.is_set()

    wait_until(is_rung)
    assert not ears["other"]._event.is_set()
    listener.close()
    database.close()


def test_an_ear_that_gets_up_forgets_what_rang():
    """Else a consumer without a free place, which does not lie down, would go round and round."""
    ear = NotifyEar()
    ear.nudge()
    ear.sleep(5)
    ear.get_up()

    began = time.monotonic()
    ear.sleep(0.05)
    assert time.monotonic() - began >= 0.04


def test_a_listener_that_loses_its_connection_comes_back(postgresql_url):
    database = Database(postgresql_url)
    ear = NotifyEar()
    listener = Listener(database, {"default": ear})
    bell = bell_for(database)
    with database.connect() as connection:

        def cut():
            return connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%%'"
            ).fetchall()

        wait_until(cut, what="the listener's connection")

    def is_rung():
        bell.announce(["default"])
        return ear._event.is_set()

    wait_until(is_rung)
    listener.close()
    database.close()


def test_a_server_that_is_gone_does_not_fail_the_publisher(postgresql_url):
    database = Database(postgresql_url)
    bell = NotifyBell(database)
    with database.writer().transaction() as kept:
        kept.raw.execute("SELECT 1")
    database.writer().raw.close()

    bell.announce(["default"])
    database.close()
