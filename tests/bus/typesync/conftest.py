"""A folder with the types of the sample domain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bus.typesync.generated import Generated, generate
from bus.typesync.writing import Outcome, write
from tests.bus.typesync.notes import SOURCE, registry_of


@pytest.fixture(scope="session")
def sample() -> Generated:
    """The set of the sample domain."""
    return generate(registry_of())


@pytest.fixture
def folder(tmp_path: Path, sample: Generated) -> Path:
    """The set of the sample domain, written."""
    _ = [*write(tmp_path / "types", sample.files)]
    return tmp_path / "types"


@pytest.fixture
def sync(folder: Path) -> Callable[..., list[Outcome]]:
    """Write the set of a changed domain into the folder."""
    return lambda source=SOURCE: [*write(folder, generate(registry_of(source)).files)]
