"""Tasks: what is to be done, by whom and when, and how they move from state to state.

A handler registers when its module is imported; a new command is a new contract and a handler in the file of its
noun, or in a new file that plugin.py names.
"""

from plugins.tasks.plugin import tasks

__all__ = ["tasks"]
