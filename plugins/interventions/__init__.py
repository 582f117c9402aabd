"""Interventions: how a task is carried out, step by step.

A handler registers when its module is imported; a new command is a new contract and a handler in the file of its
noun, or in a new file that plugin.py names.
"""

from plugins.interventions.plugin import interventions

__all__ = ["interventions"]
