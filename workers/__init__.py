"""Running queued commands: Dramatiq turns over the job table. A plugin like any other: it provides the queue.

The only place that knows Dramatiq. Not here: what a job is and what becomes of it (bus/jobs).
"""

from workers.plugin import workers

__all__ = ["workers"]
