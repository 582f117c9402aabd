"""Each example runs alone and prints what it says it prints."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).parent.parent.parent / "examples").glob("*.py"))


def promised(example: Path) -> str:
    """The lines below ``Prints:`` in the docstring."""
    docstring = ast.get_docstring(ast.parse(example.read_text())) or ""
    assert f"Run: python examples/{example.name}\n" in docstring
    _, found, lines = docstring.partition("\nPrints:\n")
    assert found, "the docstring has no 'Prints:'"
    return "".join(f"{line.removeprefix('    ')}\n" for line in lines.splitlines())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_an_example_prints_what_its_docstring_promises(
    example: Path, clean_environment: dict[str, str], tmp_path: Path
) -> None:
    """It ends well, prints that and no more, complains about nothing and leaves nothing behind."""
    folder = tmp_path / "cwd"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, str(example)],
        cwd=folder,
        env=clean_environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, promised(example), "")
    assert list(folder.iterdir()) == []


def test_the_examples_are_numbered_without_gaps() -> None:
    """A reader goes through them in order."""
    assert [example.stem[:2] for example in EXAMPLES] == [f"{n:02}" for n in range(1, len(EXAMPLES) + 1)]
