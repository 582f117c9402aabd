"""Every benchmark runs and measures what its lines name; how fast anything is, is not asked here."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks import questions
from benchmarks.results import Results
from benchmarks.stage import Stage

#: These start many processes each, in much the same way as ``queue_live`` and ``stdio_lines``, or fill large tables.
DEAR = {
    *("queue_limits", "queue_parts", "queue_redis", "queue_cpu", "queue_latency", "queue_postgresql"),
    *("redis_live", "redis_latency", "worker_memory", "stdio_start", "import_time"),
    *("full_tables", "lazynote_search", "workspace_tree", "http_latency"),
}


def asked() -> list[Any]:
    """The names of all questions; the dear ones are for ``make drill``."""
    names = (*questions.NAMES, *questions.LONG)
    return [pytest.param(name, marks=pytest.mark.drill) if name in DEAR else name for name in names]


@pytest.mark.parametrize("name", asked())
def test_a_question_measures_every_contender_of_its_lines(name, tmp_path, redis_server, postgresql_server):
    """A round as small as it gets has a figure above zero for everybody, and makes a table."""
    question = questions.load(name)
    stage = Stage(tmp_path, lambda: redis_server, lambda: postgresql_server, share=0.001)
    results = Results()

    results.add(question, question.measure(stage))

    figures = results.rounds[name][0]
    assert all(figure > 0 for figure in figures.values())
    assert all(line.what in results.table(question) for line in question.lines)


def test_every_module_of_questions_is_listed():
    """A question that is not in the list would never be asked."""
    (folder,) = map(Path, questions.__path__)

    assert sorted((*questions.NAMES, *questions.LONG)) == sorted(file.stem for file in folder.glob("[!_]*.py"))
