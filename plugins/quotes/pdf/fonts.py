"""The two fonts of the documents, and what they can show.

No machine needs fonts of its own, and no reader's machine either: the letters that are used travel in the document.
What people write is set in WenQuanYi Micro Hei, which a package brings: Latin with all accents, Greek, Cyrillic,
Chinese, Japanese and Korean. The fonts for these that every PDF reader is said to have (reportlab's CID fonts) stay
blank in those that have none. Headings, whose letters are known, are set in the bold Vera that reportlab brings.

Not here: scripts that run from right to left or whose letters change with their neighbours; no letter of them is known.
"""

from __future__ import annotations

import functools
import io
import threading
import unicodedata
from importlib import resources
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PLAIN, BOLD = "quotes-plain", "quotes-bold"
#: Stands for a letter that the font does not know.
UNKNOWN = "\N{WHITE SQUARE}"

_loading = threading.Lock()


class _Shown(dict[int, str]):
    """What is shown for each character, worked out when it is first met."""

    def __init__(self, known: dict[int, Any]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, code: int) -> str:
        self[code] = shown = self._shown(code)
        return shown

    def _shown(self, code: int) -> str:
        char = chr(code)
        if char.isspace():
            return " "
        kind = unicodedata.category(char)
        if kind in ("Cc", "Cf") or (kind == "Mn" and code not in self._known):
            return ""  # says how its neighbours are shown, and has no shape
        return char if code in self._known else UNKNOWN


class Fonts:
    """Widths and letters of both fonts."""

    def __init__(self) -> None:
        package = resources.files("paperang_p2_fonts_cjk") / "fonts" / "wqy-microhei.ttc"
        self._fonts = {
            PLAIN: TTFont(PLAIN, io.BytesIO(package.read_bytes())),
            BOLD: TTFont(BOLD, "VeraBd.ttf"),
        }
        for font in self._fonts.values():
            pdfmetrics.registerFont(font)
        faces: dict[str, Any] = {name: font.face for name, font in self._fonts.items()}
        self._widths: dict[str, dict[int, float]] = {name: face.charWidths for name, face in faces.items()}
        self._usual: dict[str, float] = {name: face.defaultWidth for name, face in faces.items()}
        self._shown = _Shown(faces[PLAIN].charToGlyph)

    def width(self, font: str, size: float, text: str) -> float:
        """Points that a text takes."""
        widths, usual = self._widths[font], self._usual[font]
        return sum(widths.get(ord(char), usual) for char in text) * size / 1000

    def shown(self, text: str) -> str:
        """One line of text as the plain font can show it."""
        return unicodedata.normalize("NFC", text).translate(self._shown)


def load() -> Fonts:
    """The fonts; reading them takes a third of a second, once in a process."""
    with _loading:  # two of a name would each have half of a document's letters
        return _loaded()


@functools.cache
def _loaded() -> Fonts:
    return Fonts()
