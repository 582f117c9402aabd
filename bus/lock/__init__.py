"""The contract lock: what was released, what has changed since, and for whom that matters.

    contract ─▶ shapes.py ─▶ changes.py ◀─ file.py ◀─ contracts/lock.json ◀─ release.py
                                 │
                    check.py: each change with a document that proves it (proofs.py)
                    live.py:  what waits in a database (waiting.py), loaded by the code about to be deployed

Beneath ``changes.py``: ``differences.py`` walks two JSON Schemas, ``manner.py`` compares the rest, ``rules.py`` is the
table of verdicts.

Not here: what is printed, and the exit status (bus/cli/contracts.py).
"""
