"""Version 1 of every command of the domain, one module a noun."""

from contracts.clients.v1 import actions, clients, within

#: The modules that define contracts.
MODULES = (clients, actions, within)
