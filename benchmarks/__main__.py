"""``python -m benchmarks``: run the questions and print one table for each.

python -m benchmarks                          everything, 7 rounds (about half an hour)
python -m benchmarks --quick                  a tenth of the size, 3 rounds: is it roughly right?
python -m benchmarks --only call write_sqlite some questions
python -m benchmarks --save                   keep the result under benchmarks/results
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from benchmarks import machine, questions
from benchmarks.results import Results
from benchmarks.stage import stages

FULL_ROUNDS, QUICK_ROUNDS = 7, 3
QUICK_SHARE = 0.1
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Measure, print and perhaps save."""
    options = _options()
    facts = machine.facts()
    asked = [questions.load(name) for name in options.only]
    results = _measure(asked, options.rounds or (QUICK_ROUNDS if options.quick else FULL_ROUNDS), quick=options.quick)
    rounds = len(next(iter(results.rounds.values())))
    facts["rounds"] = f"{rounds}, {'a tenth of the full size' if options.quick else 'full size'}"
    tables = [results.table(question) for question in asked]
    report = "\n\n".join(["\n".join(f"- {name}: {value}" for name, value in facts.items()), *tables]) + "\n"
    print(report)
    if options.save:
        file = RESULTS / f"{facts['date']}-{facts['commit']}.md"
        RESULTS.mkdir(exist_ok=True)
        file.write_text(
            f"# Benchmarks, {facts['date']}\n\nMedians of all rounds, with the least and the greatest.\n\n{report}"
        )
        print(f"saved as benchmarks/results/{file.name}", file=sys.stderr)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the bus against its peers.")
    parser.add_argument(
        "--only", nargs="+", metavar="NAME", choices=(*questions.NAMES, *questions.LONG), default=list(questions.NAMES)
    )
    parser.add_argument("--rounds", type=int, help=f"default {FULL_ROUNDS}, with --quick {QUICK_ROUNDS}")
    parser.add_argument("--quick", action="store_true", help="a tenth of the size")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/<date>-<commit>.md")
    return parser.parse_args()


def _measure(asked: list[questions.Question], rounds: int, *, quick: bool) -> Results:
    """Round by round, each question once: A B C A B C ..."""
    results = Results()
    with stages(QUICK_SHARE if quick else 1.0) as new_stage:
        for number in range(1, rounds + 1):
            for question in asked:
                print(f"round {number} of {rounds}: {question.name}", file=sys.stderr)
                stage = new_stage()
                results.add(question, question.measure(stage))
                shutil.rmtree(stage.folder)
    return results


if __name__ == "__main__":
    main()
