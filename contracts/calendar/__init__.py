"""The calendar: the tasks of a stretch of days, moving them, and events beside them."""
