"""The same tables as classes of SQLAlchemy's ORM, for the lines that measure ``ctx.session``."""

from __future__ import annotations

from sqlalchemy.orm import DeclarativeBase

from benchmarks.domain import marks, notes


class Base(DeclarativeBase):
    """Classes over tables that exist already."""


class Note(Base):
    """A row of ``bench_note``."""

    __table__ = notes


class Mark(Base):
    """A row of ``bench_mark``."""

    __table__ = marks
