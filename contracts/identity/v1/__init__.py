"""Version 1 of every command of the domain, one module a noun."""

from contracts.identity.v1 import auth, events, internal, operators, security, service_accounts, two_factor, users

#: The modules that define contracts.
MODULES = (auth, two_factor, security, events, users, service_accounts, internal, operators)
