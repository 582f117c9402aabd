"""Requests that travel whole (AT_LEAST_ONCE): signed (seal), taken in batches (consumer, pace), run (reader).

Where they wait and who holds them is the broker's matter: workers/redis/mailbox.py, workers/amqp/mailbox.py. Whatever
goes wrong with a letter makes a job of it.
"""
