"""Version 1 of every command of the domain, one module a noun."""

from contracts.calendar.v1 import events, tasks, within

#: The modules that define contracts.
MODULES = (tasks, events, within)
