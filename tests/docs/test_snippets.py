"""What the pages say can be typed, can be typed."""

import sys
import unittest
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.docs.pages import NEEDS_POSTGRESQL, NEEDS_RABBITMQ, NEEDS_REDIS, PAGES, ROOT, Page, session
from tests.docs.terminal import Terminal
from tests.forks import Forks

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "echoes"
version = "1.0"

[project.entry-points."bus.plugins"]
echoes = "echoes:echoes"

[tool.hatch.build.targets.wheel]
include = ["echoes.py"]
"""


@pytest.fixture
def folder(tmp_path: Path, clean_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The empty folder a reader works in, for snippets in this process too: theirs are environment and modules."""
    place = tmp_path / "page"
    place.mkdir()
    loaded = set(sys.modules)
    monkeypatch.chdir(place)
    monkeypatch.syspath_prepend(place)
    for name, value in clean_environment.items():
        monkeypatch.setenv(name, value)
    yield place
    for name in set(sys.modules) - loaded:
        if (getattr(sys.modules[name], "__file__", None) or "").startswith(str(place)):
            del sys.modules[name]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_snippet_runs(
    path: Path,
    folder: Path,
    clean_environment: dict[str, str],
    forks: Forks,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The snippets of a page run from top to bottom, and print what the page says they print."""
    environment = dict(clean_environment)
    if NEEDS_POSTGRESQL in path.read_text():
        environment["BUS_DATABASE_URL"] = request.getfixturevalue("postgresql_url")
        monkeypatch.setenv("BUS_DATABASE_URL", environment["BUS_DATABASE_URL"])
    if NEEDS_REDIS in path.read_text():
        environment["BUS_BROKER_URL"] = request.getfixturevalue("redis_url")
        monkeypatch.setenv("BUS_BROKER_URL", environment["BUS_BROKER_URL"])
    if NEEDS_RABBITMQ in path.read_text():
        environment["BUS_BROKER_URL"] = request.getfixturevalue("rabbitmq_server").url
    with Terminal(folder, environment, forks) as terminal:
        page = Page(path, folder, terminal)
        for example in page.document.examples():
            try:
                example.evaluate()
            except unittest.SkipTest:  # left out with a reason
                continue
            except BaseException as error:
                error.add_note(f"in {path.relative_to(ROOT)}, line {example.line}")
                raise


def test_a_recorded_session_is_taken_apart() -> None:
    """Commands over several lines stay together; what they print stays with them."""
    text = "$ one \\\n  two\n1\n2\n$ cat <<END\n> a\n> END\na\n$ quiet\n"
    assert session(text) == [("one \\\n  two", "1\n2\n"), ("cat <<END\na\nEND", "a\n"), ("quiet", None)]


def test_a_terminal_remembers_and_compares(folder: Path, clean_environment: dict[str, str], forks: Forks) -> None:
    """Variables, exit codes and programs in the background live on; a wrong output or a failure is told."""
    with Terminal(folder, clean_environment, forks) as terminal:
        terminal.expect("export GREETING=hello; sleep 1000 &", None)
        terminal.expect("echo $GREETING; echo away >&2", "hello\n...way\n")
        terminal.expect("cat", None)
        terminal.expect("(exit 7)", "")
        terminal.expect("echo $?", "7\n")
        with pytest.raises(AssertionError, match=r"should print:\nno\n\nbut printed \(exit code 0\):\nyes"):
            terminal.expect("echo yes", "no\n")
        with pytest.raises(AssertionError, match="exit code 1"):
            terminal.expect("false", None)


def test_what_a_terminal_installs_stays_in_its_environment(
    folder: Path, clean_environment: dict[str, str], forks: Forks
) -> None:
    """``bus`` and ``python`` of the terminal see an installed plugin; the environment of the tests does not."""
    (folder / "pyproject.toml").write_text(PROJECT)
    (folder / "echoes.py").write_text("from bus import Plugin\n\nechoes = Plugin('echoes')\n")
    with Terminal(folder, clean_environment, forks) as terminal:
        terminal.expect("python -m pip install --quiet --no-deps --no-build-isolation .", "")
        terminal.expect("cd /; python -c 'import echoes; print(echoes.echoes)'", "Plugin('echoes')\n")
        terminal.expect("bus call system_health", '{...,"plugins":["bus",...,"echoes","engine",...],...}\n')
    assert "echoes" not in {point.name for point in entry_points(group="bus.plugins")}


def test_a_page_runs_what_it_shows(
    tmp_path: Path, folder: Path, clean_environment: dict[str, str], forks: Forks
) -> None:
    """Files, Python, doctests, shells and reasons to skip work together; an unknown language is refused."""
    text = """
```python title="given.py"
ANSWER = 42
```
```python
from given import ANSWER
```
```python
>>> ANSWER
42
```
```console
$ python -c 'import given; print(given.ANSWER)'
42
```
<!-- skip: next "it would never end" -->
```sh
sleep 1000
```
```cobol
STOP RUN.
```
"""
    (tmp_path / "page.md").write_text(text)
    with Terminal(folder, clean_environment, forks) as terminal:
        examples = Page(tmp_path / "page.md", folder, terminal).document.examples()
        outcomes: list[str] = []
        for example in examples:
            try:
                example.evaluate()
                outcomes.append("run")
            except unittest.SkipTest as reason:
                outcomes.append(str(reason))
            except AssertionError as error:
                outcomes.append(str(error).partition(";")[0])
    assert outcomes == [*["run"] * 5, "it would never end", "line 20: fences in 'cobol' are unknown"]
