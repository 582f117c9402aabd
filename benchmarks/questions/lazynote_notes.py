"""What do notes cost beside the same SQL without a bus?

Repeat: python -m benchmarks --only lazynote_notes

``note_create`` with 1 kB, and ``notes_list`` of the 10 last of 10,000 notes filtered by a tag that one in ten carries.
The peer sends the same statements to sqlite3, on a file with the same tables, indexes and triggers and the same notes,
with what is searched and shown already worked out: WAL, synchronous=NORMAL, as many pages in the log, foreign keys,
BEGIN IMMEDIATE to COMMIT.
"""

from __future__ import annotations

import functools
import itertools
import sqlite3
import uuid
from typing import Any

from benchmarks.domain import accepted, opened
from benchmarks.line import Line, at_most
from benchmarks.stage import Stage
from benchmarks.timing import take_turns
from bus import Bus
from bus.database.sqlite import LOG_PAGES
from plugins.lazynote.previews import previews
from plugins.lazynote.search.tokens import search_text

UNIT = "µs"
CREATE, BARE_INSERT = "note_create, 1 kB", "the same INSERT on sqlite3"
LIST, BARE_SELECT = "notes_list, 10 of 10,000 by tag", "the same SELECTs on sqlite3"
LINES = (
    Line(CREATE, BARE_INSERT, must=at_most(1.5)),
    Line(LIST, BARE_SELECT, must=at_most(2)),
)
NOTES, TAGGED = 10_000, 10
CONTENT = "# Weekly plan\n" + "The quick brown fox jumps over the lazy dog, again and again. " * 16
_COLUMNS = (
    "uuid, owner, type, content, preview_text, preview_image, is_deleted, created_at, updated_at, search_text, "
    "token_count"
)
INSERT = f"INSERT INTO lazynote_atoms({_COLUMNS}) VALUES (?,?,'note',?,?,?,0,?,?,?,?)"
_IS_WANTED = (
    "owner='local' AND NOT is_deleted AND type='note' AND uuid IN (SELECT atom_uuid FROM lazynote_atom_tags "
    "JOIN lazynote_tags ON lazynote_tags.id=tag_id WHERE lazynote_tags.owner='local' AND name=?)"
)
PAGE = (
    "SELECT uuid, type, content, preview_text, preview_image, start_at, end_at, task_status, updated_at "
    f"FROM lazynote_atoms WHERE {_IS_WANTED} ORDER BY updated_at DESC, uuid LIMIT 10 OFFSET 0"
)
COUNT = f"SELECT count(*) FROM lazynote_atoms WHERE {_IS_WANTED}"
_MARKS = ",".join("?" * 10)
TAGS = (
    "SELECT atom_uuid, name FROM lazynote_atom_tags JOIN lazynote_tags ON lazynote_tags.id=tag_id "
    f"WHERE atom_uuid IN ({_MARKS}) ORDER BY name"
)
_moments = itertools.count(1_750_000_000_000)


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    count = stage.times(NOTES, least=10 * TAGGED)
    file = stage.folder / "peer.sqlite"
    with opened(f"sqlite:///{file}") as made:
        fill(made, count)
    driver = sqlite3.connect(file, isolation_level=None)
    driver.execute("PRAGMA synchronous=NORMAL")
    driver.execute(f"PRAGMA wal_autocheckpoint={LOG_PAGES}")
    driver.execute("PRAGMA foreign_keys=ON")
    with opened(f"sqlite:///{stage.folder}/bus.sqlite") as bus:
        fill(bus, count)
        accepted(bus.call("note_create", {"content": CONTENT}))
        accepted(bus.call("notes_list", {"tag": "tea"}))
        figures = take_turns(
            stage,
            {
                LIST: functools.partial(bus.call, "notes_list", {"tag": "tea"}),
                BARE_SELECT: functools.partial(select, driver),
            },
        ) | take_turns(
            stage,
            {
                CREATE: functools.partial(bus.call, "note_create", {"content": CONTENT}),
                BARE_INSERT: functools.partial(insert, driver, row()),
            },
        )
    driver.close()
    return figures


def fill(bus: Bus, count: int) -> None:
    """Write so many notes; one in ten carries the tag."""
    made = row()
    for _ in range(count):
        with bus.database.writer().transaction() as kept:
            kept.raw.execute(INSERT, fresh(made))
    with bus.database.connect() as connection:
        connection.exec_driver_sql("INSERT INTO lazynote_tags(owner, name) VALUES ('local', 'tea')")
        connection.exec_driver_sql(
            "INSERT INTO lazynote_atom_tags(atom_uuid, tag_id) "
            f"SELECT uuid, (SELECT id FROM lazynote_tags) FROM lazynote_atoms WHERE id % {TAGGED}=0"
        )
        connection.exec_driver_sql("ANALYZE")


def row() -> tuple[Any, ...]:
    """What stands in the row of a note beside its id and its moments."""
    return (CONTENT, *previews(CONTENT), *search_text(CONTENT))


def fresh(made: tuple[Any, ...]) -> tuple[Any, ...]:
    """The row of another note."""
    content, preview_text, preview_image, searched, token_count = made
    moment = next(_moments)
    shown = (content, preview_text, preview_image)
    return (str(uuid.uuid4()), "local", *shown, moment, moment, searched, token_count)


def insert(driver: sqlite3.Connection, made: tuple[Any, ...]) -> None:
    """One note, durable."""
    driver.execute("BEGIN IMMEDIATE")
    driver.execute(INSERT, fresh(made))
    driver.execute("COMMIT")


def select(driver: sqlite3.Connection) -> list[Any]:
    """A page with its tags, and how many there are in all, of one moment."""
    driver.execute("BEGIN")
    rows = driver.execute(PAGE, ("tea",)).fetchall()
    count = driver.execute(COUNT, ("tea",)).fetchall()
    tags = driver.execute(TAGS, [found[0] for found in rows]).fetchall()
    driver.execute("COMMIT")
    return [rows, count, tags]
