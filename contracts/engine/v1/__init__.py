"""Version 1 of every command of the domain, one module a noun."""
