"""Workers that are killed and stopped in every way lose nothing and do nothing twice."""

import pytest

from bus.settings import Settings
from tests.deeds import create_tables, deeds
from tests.fleet import SETTINGS, Fleet
from tests.processes.killing import Kills
from workers import workers


@pytest.mark.timeout(1800)
def test_the_ledger_balances_after_every_kind_of_fault(rounds_asked, database_url, open_bus, rng, tmp_path, balance):
    """``--rounds`` faults, seeded: accepted = answered, effects exactly once, none stuck, nobody innocent buried."""
    bus = open_bus(database_url, plugins=[deeds, workers], settings=Settings(**SETTINGS))
    create_tables(bus.database)

    drill = Kills(bus, lambda: Fleet(database_url, tmp_path), rng, SETTINGS["lease_ms"])

    balance(drill.run(rounds_asked))
