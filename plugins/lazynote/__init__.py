"""Notes, tasks, calendar events, their search and their tree: they are kept in the database and nowhere else.

A handler registers when its module is imported; a new command is a new contract and a handler in the file of its
noun, or in a new file that plugin.py names.
"""

from plugins.lazynote.plugin import lazynote

__all__ = ["lazynote"]
