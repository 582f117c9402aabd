"""RabbitMQ as the broker: it wakes the workers of jobs, whose truth is in SQL, and carries requests that need no job.

Publishers and workers each have one connection with a thread that serves it (line). What wakes (post, ears): lost with
RabbitMQ, it costs a moment, never a job. What is carried (AT_LEAST_ONCE): signed letters, sent and confirmed (carrier,
post), held until they are done with (mailbox); what dies with a worker comes back and becomes a job.

pika is imported where a connection is made, and nowhere before.
"""
