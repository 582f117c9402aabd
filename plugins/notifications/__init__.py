"""Notifications: what happened in the shop, told to those whom it concerns.

A new kind of news is a name in contracts/notifications/kinds.py, a rule in rules.py and a subscription in plugin.py.
"""

from plugins.notifications.plugin import notifications

__all__ = ["notifications"]
