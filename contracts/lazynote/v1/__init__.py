"""Version 1 of every command of the domain, one module a noun."""

from contracts.lazynote.v1 import calendar, entry, notes, search, sections, workspace

#: The modules that define contracts.
MODULES = (notes, sections, calendar, entry, search, workspace)
