"""Texts as searches and sorts compare them."""

import unicodedata


def folded(text: str) -> str:
    """The text without letter case, in one spelling of its accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
