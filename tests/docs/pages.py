"""The pages people read, and what in them is run.

What a fence means is told by its language:

- ``python`` runs, or is compared when it holds ``>>>``; all blocks of a page share their names;
- ``sh`` runs and must end with exit code 0;
- ``console`` runs each line after ``$`` and compares what it prints with the lines below it (``...`` stands for
  anything; without lines below, only the exit code is checked, which must be 0);
- ``LANGUAGE title="NAME"`` is written to the file NAME of the page's folder;
- ``json``, ``text``, ``toml``, ``mermaid``, ``make`` are for reading only.

``<!-- skip: next "reason" -->`` above a fence leaves it out and says why. With ``<!-- needs: postgresql -->`` on a page
its snippets find the URL of an empty PostgreSQL database in ``BUS_DATABASE_URL``.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from sybil import Document, Example, Region
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.abstract.doctest import DocTestStringParser
from sybil.parsers.markdown import SkipParser
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

from tests.docs.terminal import Terminal

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

#: Marks a page whose snippets run on PostgreSQL.
NEEDS_POSTGRESQL = "<!-- needs: postgresql -->"
#: The same for a Redis.
NEEDS_REDIS = "<!-- needs: redis -->"
#: The same for a RabbitMQ.
NEEDS_RABBITMQ = "<!-- needs: rabbitmq -->"
FENCE = re.compile(r"(?P<language>[a-z]*)(?: title=\"(?P<title>[^\"\n]+)\")?[ \t]*\n")
READ_ONLY = {"", "json", "text", "toml", "mermaid", "make"}


class Page:
    """One page with the folder and the terminal in which its snippets run."""

    def __init__(self, path: Path, folder: Path, terminal: Terminal) -> None:
        self.folder = folder
        self.terminal = terminal
        self.document = Document.parse(str(path), SkipParser(), self.fences)

    def fences(self, document: Document) -> Iterable[Region]:
        """What is to be done with each fence of the page, in Sybil's terms."""
        for region in RawFencedCodeBlockLexer(FENCE)(document):
            language, title = region.lexemes["language"], region.lexemes["title"]
            source = region.parsed = region.lexemes["source"]
            if title:
                region.evaluator = self.write
            elif language == "python" and source.lstrip().startswith(">>>"):
                for doctest in DocTestStringParser(DocTestEvaluator())(source, document.path):
                    doctest.adjust(region, source)
                    yield doctest
                continue
            elif language == "python":
                region.evaluator = PythonEvaluator()
            elif language == "sh":
                region.evaluator = self.run
            elif language == "console":
                region.evaluator = self.replay
            elif language in READ_ONLY:
                continue
            else:
                region.evaluator = self.refuse
            yield region

    def write(self, example: Example) -> None:
        """Store the fence as a file of the page's folder."""
        file = self.folder / example.region.lexemes["title"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(example.parsed)

    def run(self, example: Example) -> None:
        """Type the whole fence; it must succeed."""
        self.terminal.expect(str(example.parsed).rstrip("\n"), None)

    def replay(self, example: Example) -> None:
        """Type each command of a recorded session and compare what it prints."""
        for command, printed in session(example.parsed):
            self.terminal.expect(command, printed)

    def refuse(self, example: Example) -> None:
        """A language that nobody decided about would quietly not run."""
        language = example.region.lexemes["language"]
        raise AssertionError(f"line {example.line}: fences in {language!r} are unknown; see {__file__}")


def session(text: str) -> list[tuple[str, str | None]]:
    """The commands of a recorded session, each with the output shown below it; None when nothing is shown.

    A command goes on in the next line after a backslash, and in lines that begin with ``> ``.
    """
    steps: list[tuple[str, str | None]] = []
    for line in text.splitlines():
        command, printed = steps[-1] if steps else ("", None)
        if line.startswith("$ "):
            steps.append((line[2:], None))
        elif not steps:
            raise AssertionError(f"a console fence begins with a line after '$ ', not with {line!r}")
        elif printed is None and command.endswith("\\"):
            steps[-1] = (f"{command}\n{line}", None)
        elif printed is None and line.startswith("> "):
            steps[-1] = (f"{command}\n{line[2:]}", None)
        else:
            steps[-1] = (command, f"{printed or ''}{line}\n")
    return steps
