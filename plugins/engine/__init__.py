"""The state layer of a workflow engine (``db.*``): it keeps state in the database and touches nothing else.

A handler registers when its module is imported; a new command is a new contract and a handler in the file of its
noun, or in a new file that plugin.py names.
"""

from plugins.engine.plugin import engine

__all__ = ["engine"]
