"""What brokers have in common: they wake a database's workers (names, outages, URLs), and may carry letters.

Each has a package of its own: workers/redis, workers/amqp. Not here: letters (workers/letters).
"""
