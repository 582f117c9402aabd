"""The core and every installed plugin: their migrations make the tables their code describes."""

import pytest

from bus import loader
from bus.builtins import builtins
from bus.database import Database
from bus.migration import ensure
from bus.migration.check import check
from bus.migration.heads import head_of
from bus.migration.scripts import load
from bus.plugin import Plugin


@pytest.fixture(scope="module")
def installed() -> list[Plugin]:
    """The plugins a bus of this installation loads, none of them broken."""
    return [builtins(), *loader.discover(strict=True).plugins]


def test_each_plugin_states_its_newest_revision(installed: list[Plugin]) -> None:
    """What is baked in is what is there; the base of every branch is found."""
    newest = {step.plugin: step.revision for step in load(installed)}
    assert newest == {plugin.name: head for plugin in installed if (head := head_of(plugin))}
    assert {"bus", "engine"} <= newest.keys()


def test_the_migrations_make_the_tables_of_the_code(database: Database, installed: list[Plugin]) -> None:
    """On both databases, down to conditions of indexes and CHECKs."""
    ensure(database, installed, automatic=True)
    assert check(database, installed) == []
