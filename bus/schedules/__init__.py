"""Commands that are queued again and again: cron expressions, the table that remembers them, what plugins declare.

Not here: the process that fires them (workers/scheduler.py), the commands that operators steer them with
(bus/builtins/scheduling.py).
"""
