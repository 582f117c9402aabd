"""A QR code of what an authenticator reads, as a picture and for terminals."""

from __future__ import annotations

import io


def svg(text: str) -> str:
    """An ``<svg>`` element that scales to where it is put."""
    import segno  # only where somebody sets up a second factor

    return segno.make(text, micro=False, error="m").svg_inline(border=4, omitsize=True)


def terminal(text: str) -> str:
    """Lines of block characters, for dark and light terminals."""
    import segno

    drawn = io.StringIO()
    segno.make(text, micro=False, error="m").terminal(drawn, border=4, compact=True)
    return drawn.getvalue()
