"""Redis as the broker: it wakes the workers of jobs, whose truth is in SQL, and carries requests that need no job.

What wakes (bell, ear): lost with Redis, it costs a moment, never a job. What is carried (AT_LEAST_ONCE): signed
letters (letters), sent (carrier), taken in batches (mailbox, consumer), run (reader), inherited from the dead
(inheritance); whatever goes wrong with one makes a job of it.

redis-py is imported where a connection is made, and nowhere before.
"""
