"""Domains: one package each, all alike inside. They import ``bus`` and their own contracts, never each other."""
