"""Version 1 of every command of the domain, one module a noun."""

from contracts.lazynote.v1 import calendar, entry, notes, search, sections, workspace

__all__ = ["calendar", "entry", "notes", "search", "sections", "workspace"]
