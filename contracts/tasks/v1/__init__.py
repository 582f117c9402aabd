"""Version 1 of every command of the domain, one module a noun."""

from contracts.tasks.v1 import actions, checks, scheduling, tasks, within

#: The modules that define contracts.
MODULES = (tasks, checks, actions, scheduling, within)
