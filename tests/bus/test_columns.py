"""Kinds of columns and conditions that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bus.columns import holds
from tests.bus.sample import add, row

if TYPE_CHECKING:
    from tests.bus.sample import Sample

TEXTS = ["a*b", "a?b", "a[b]", "axb", "A*B", "100%", "a_b", "é\U0001f600", "^a-z]", "x" * 3_000 + "y"]


@pytest.mark.parametrize(
    "part",
    ["a", "*", "?", "[", "]", "a*b", "[b]", "^", "[^a]", "[a-z]", "%", "_", "\U0001f600", "é", "", "x" * 2_000 + "y"],
)
def test_a_text_holds_another_letter_for_letter(sample: Sample, database_url: str, part: str) -> None:
    bus = sample.open(database_url)
    with bus.database.writer().transaction() as kept:
        for text in TEXTS:
            add(kept.db, text)
        found = kept.db.execute(sa.select(row.c.text).where(holds(kept.db.dialect, row.c.text, part))).scalars()
        assert sorted(found) == sorted(text for text in TEXTS if part in text)
