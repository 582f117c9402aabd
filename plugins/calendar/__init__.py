"""The calendar: tasks by day, moving them without double booking, and events.

A handler registers when its module is imported; a new command is a new contract and a handler in the file of its
noun, or in a new file that plugin.py names.
"""

from plugins.calendar.plugin import calendar

__all__ = ["calendar"]
