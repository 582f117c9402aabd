"""Write the pages of docs/reference that the code itself can tell.

    python docs/generate.py           writes them
    python docs/generate.py --check   writes nothing, names those that are out of date, and then ends with exit code 1

Not here: what each page says (docs/generator).
"""

import sys
from collections.abc import Callable
from pathlib import Path

from docs.generator import cli, codes, commands, context, hooks, plugin, python, settings, states
from docs.generator.catalogue import Catalogue

REFERENCE = Path(__file__).parent / "reference"
HEAD = "<!-- Written by `make docs` from the code; edit the docstrings there. -->\n\n"

#: File name of each generated page and what writes it.
PAGES: dict[str, Callable[[Catalogue], str]] = {
    "cli.md": cli.page,
    "codes.md": codes.page,
    "commands.md": commands.page,
    "context.md": context.page,
    "hooks.md": hooks.page,
    "plugin.md": plugin.page,
    "python.md": python.page,
    "settings.md": settings.page,
    "states.md": states.page,
}


def generated() -> dict[Path, str]:
    """The text that each generated page should have."""
    catalogue = Catalogue()
    return {REFERENCE / name: HEAD + page(catalogue) for name, page in PAGES.items()}


def outdated() -> list[Path]:
    """The generated pages that are missing or say something else."""
    return [file for file, text in generated().items() if not file.exists() or file.read_text() != text]


def main(arguments: list[str]) -> int:
    """Write or check the pages; the exit code."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    if arguments:
        late = outdated()
        for file in late:
            print(f"{file.relative_to(REFERENCE.parent.parent)} is out of date; run: make docs", file=sys.stderr)
        return 1 if late else 0
    for file, text in generated().items():
        file.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
