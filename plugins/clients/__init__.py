"""Clients: who work is done for, how they are reached, and how they are found again.

A handler registers when its module is imported; a new command is a new contract and a handler in the file of its
noun, or in a new file that plugin.py names.
"""

from plugins.clients.plugin import clients

__all__ = ["clients"]
