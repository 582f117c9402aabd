"""What this repository has released is what its code says."""

from __future__ import annotations

import datetime as dt

import pytest

from bus.cli.installed import find_installed
from bus.lock.check import check
from bus.lock.file import read
from bus.lock.release import release
from bus.settings import Settings
from tests.docs.pages import ROOT

LOCK = ROOT / "contracts" / "lock.json"


@pytest.fixture(scope="module")
def commands():
    return {one.key: one for one in find_installed(Settings()).registry}


def test_every_contract_is_released_in_the_shape_it_has(commands):
    lock = read(LOCK)
    assert check(lock, commands, dt.date.min) == [], "run: bus contracts lock"
    assert release(lock, commands)[0].text() == LOCK.read_text(), "run: bus contracts lock"


def test_every_release_is_held_by_arguments_that_it_takes():
    without = [key for key, released in read(LOCK).contracts.items() if not released.samples]
    assert without == []
