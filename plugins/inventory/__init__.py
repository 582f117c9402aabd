"""Materials: what there is of each, every change of a stock on record, and what interventions used.

A handler registers when its module is imported; a new command is a new contract and a handler in the file of its
noun, or in a new file that plugin.py names.
"""

from plugins.inventory.plugin import inventory

__all__ = ["inventory"]
