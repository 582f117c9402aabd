"""What callers and handlers agree on: one package a domain, in it one module or package a version, and the refusals.

A released contract is not edited: a changed shape is a new version beside the old one.

Not here: the machinery contracts are written with (bus/contract.py, bus/fields.py).
"""
