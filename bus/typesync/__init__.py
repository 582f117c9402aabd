"""Types for callers in other languages, written from the contracts: TypeScript, JSON Schema, Python stubs.

    registry ─▶ exporting ─▶ typescript, python, documents ─▶ generated ─▶ writing    bus types sync
                                                                  │
                                                   drift, defects ┘                  bus types drift-check, validate

Not here: JSON Schema of one contract (bus/documents), what a change of a contract means (bus/lock).
"""
