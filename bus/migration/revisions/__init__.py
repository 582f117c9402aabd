"""The core's revisions: jobs, idempotency records, finished units."""
