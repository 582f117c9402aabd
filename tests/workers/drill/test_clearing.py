"""What drills have left that were killed goes; a drill that may still be held is let be."""

from __future__ import annotations

import time

import pytest
import sqlalchemy as sa

from bus.errors import SetupError
from workers.drill.clearing import LONGEST_S, clear, clear_leftovers
from workers.drill.plugin import create
from workers.drill.shadow import Shadow, name_of
from workers.folder import Life, folder_of


@pytest.fixture
def settings(bus):
    """Of whoever drills on the database."""
    return bus.settings.replace(database_url=bus.database.url.render_as_string(hide_password=False))


@pytest.fixture
def leave(bus, settings):
    """Leave what a drill leaves that is killed: a table and a job; whoever asks keeps its life."""
    lives = []

    def leave_behind(age_s: int, *, lives_here: bool) -> Shadow:
        shadow = Shadow.new()._replace(name=f"bus_drill_{int(time.time()) - age_s:08x}_{len(lives):06x}")
        left = shadow.open(settings)
        create(left.database, shadow.table)
        assert left.submit("drill_deed", {"n": 1}).ok
        lives.append(Life(folder_of(left.database)) if lives_here else None)
        left.close()
        return shadow

    yield leave_behind
    for life in lives:
        if life is not None:
            life.close()


def drills_on(bus):
    """Names of the drills of which anything is left, by their tables and by their jobs."""
    with bus.database.connect() as connection:
        tables = filter(None, map(name_of, sa.inspect(connection).get_table_names()))
        queues = connection.execute(sa.text("SELECT DISTINCT queue FROM bus_job")).scalars()
        return set(tables), set(queues)


def test_leftovers_go_and_drills_that_may_be_held_stay(bus, settings, leave):
    """On PostgreSQL a drill of which nothing is here may be another machine's, for a day."""
    held, old_and_held = leave(0, lives_here=True), leave(2 * LONGEST_S, lives_here=True)
    young, old = leave(0, lives_here=False), leave(2 * LONGEST_S, lives_here=False)
    assert drills_on(bus)[0] == {shadow.name for shadow in (held, old_and_held, young, old)}
    drilling = Shadow.new()
    drilling_bus = drilling.open(settings)

    clear_leftovers(drilling_bus, settings)

    stay = {held.name, old_and_held.name} | (set() if bus.database.kind == "sqlite" else {young.name})
    assert drills_on(bus) == (stay, stay)
    clear(drilling_bus, drilling.table)
    assert drills_on(bus) == (stay, stay)


def test_a_table_that_cannot_be_made_is_told(bus):
    name = Shadow.new().table
    create(bus.database, name)
    with pytest.raises(SetupError, match=f"the table {name} cannot be made .*drill as a user who may"):
        create(bus.database, name)


def test_what_cannot_be_taken_away_is_told_and_found_again(bus, settings, leave, monkeypatch):
    shadow = leave(2 * LONGEST_S, lives_here=False)
    left = shadow.open(settings)
    with bus.database.connect() as connection:
        connection.execute(sa.text("ALTER TABLE bus_unit RENAME TO elsewhere"))
    with pytest.raises(SetupError, match=f"some of {shadow.name} could not be taken away"):
        clear(left, shadow.table)
    with bus.database.connect() as connection:
        connection.execute(sa.text("ALTER TABLE elsewhere RENAME TO bus_unit"))
    drilling = Shadow.new().open(settings)
    clear_leftovers(drilling, settings)
    assert drills_on(bus) == (set(), set())
    clear(drilling, "drill_nothing")
