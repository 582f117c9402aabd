"""Version 1 of every command of the domain, one module a noun."""

from contracts.sync.v1 import operations, service

#: The modules that define contracts.
MODULES = (operations, service)
