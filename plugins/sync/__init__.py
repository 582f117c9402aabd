"""The queue of changes for a remote system: pushed in order, one at a time for each entity, until the remote has them.

A new command is a new contract and a handler in a module of ``MODULES`` (plugin.py).
"""

from plugins.sync.plugin import sync

__all__ = ["sync"]
