"""The work of the shop: what is to be done to which car, by whom and when.

A task moves through the states that ``words.py`` names; every move is kept on record.
"""
