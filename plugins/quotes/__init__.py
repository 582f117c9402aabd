"""Quotes: their items and sums, their way from draft to yes or no, and their PDF."""

from plugins.quotes.plugin import quotes

__all__ = ["quotes"]
