"""Flows: graphs of commands, stored in the database, that go on whatever process dies.

A chain is a flow whose steps follow one another, a batch one whose steps do not. Each step is an ordinary job; when
it ends, the same transaction queues the command ``flow_advance``, which looks at the graph and queues what is next.
No message carries the graph.
"""

from bus.flows.graph import Flow, batch, chain, result

__all__ = ["Flow", "batch", "chain", "result"]
