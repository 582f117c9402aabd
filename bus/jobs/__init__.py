"""Queued commands: rows of ``bus_job``, from publishing to their end. The row is the truth; brokers only say "look"."""
