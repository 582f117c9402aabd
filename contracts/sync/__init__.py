"""Contracts of the queue of changes for a remote system: push them in order, once each, until it has them.

Names, arguments and codes are the domain's specification, word for word.
"""
