"""How ``bus contracts`` shows changes and jobs: lines for people, one JSON object for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bus.cli.show import print_json, printable
from bus.lock.verdicts import Verdict

if TYPE_CHECKING:
    from bus.lock.check import Finding
    from bus.lock.live import Group, Survey
    from bus.lock.release import Released

#: Characters of a document that people are shown.
_MOST_CHARACTERS = 400
_SPOKEN = {Verdict.SAFE: "safe", Verdict.NEEDS_UPCASTER: "needs an upcaster", Verdict.BREAKING: "breaking"}


def print_findings(findings: Sequence[Finding], *, is_json: bool) -> None:
    """Changes, the worst first, each with what it means to whom and the document that proves it."""
    counts = Counter(finding.change.worst for finding in findings)
    if is_json:
        counted = {verdict.value: counts[verdict] for verdict in Verdict}
        print_json({"changes": [_plain(finding) for finding in findings], "counts": counted})
        return
    for verdict in reversed(Verdict):
        for finding in findings:
            if finding.change.worst is verdict:
                _print_finding(finding)
    told = ", ".join(f"{counts[verdict]} {_SPOKEN[verdict]}" for verdict in reversed(Verdict) if counts[verdict])
    click.echo(f"bus: {len(findings)} changes{': ' if told else ''}{told}", err=True)


def print_release(path: Path, released: Released, *, is_json: bool) -> None:
    """What the lock has now that it did not have."""
    if is_json:
        print_json({"path": str(path), **released._asdict()})
        return
    for word, keys in released._asdict().items():
        for key in keys:
            click.echo(f"{word}  {printable(key)}")
    count = sum(map(len, released))
    click.echo(f"bus: {printable(str(path))}: {count or 'no'} entries written", err=True)


def print_survey(found: Survey, *, is_json: bool) -> None:
    """The jobs that could not run, in groups."""
    if is_json:
        groups = [_plain_group(group) for group in found.groups]
        print_json({"examined_count": found.examined, "pending_count": found.pending, "groups": groups})
        return
    for group in found.groups:
        click.echo(f"{group.count} {group.state}  {printable(group.contract)}: {printable(group.reason)}")
        click.echo(f"    {', '.join(group.ids)}{', …' if group.count > len(group.ids) else ''}")
    click.echo(f"bus: {found.examined} jobs looked at; {found.pending} that are about to run could not", err=True)


def _print_finding(finding: Finding) -> None:
    change, proof = finding
    place = f" {change.path}" if change.path else ""
    head = f"{_SPOKEN[change.worst].upper()}  {change.key}  {change.side}{place}: {change.sentence}"
    click.echo(printable(head))
    if change.worst is not Verdict.SAFE:
        told = (
            ("callers", change.for_callers),
            ("queued jobs", change.for_jobs),
            ("stored answers", change.for_answers),
        )
        click.echo(f"    {'; '.join(f'{who}: {_SPOKEN[verdict]}' for who, verdict in told)}")
    if proof is not None:
        click.echo(f"    {_shortened(json.dumps(proof.document, ensure_ascii=False))}")
        click.echo(f"    {printable(proof.reason)}")


def _shortened(text: str) -> str:
    return printable(text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…")


def _plain(finding: Finding) -> dict[str, Any]:
    change, proof = finding
    shown: dict[str, Any] = change._asdict() | {"verdict": change.worst}
    return shown | {"sample": proof and proof.document, "reason": proof and proof.reason}


def _plain_group(group: Group) -> dict[str, Any]:
    command, _, version = group.contract.rpartition("@")
    named = {"command": command, "version": int(version) if version.isdigit() else None}
    return named | {"state": group.state, "reason": group.reason, "count": group.count, "ids": group.ids}
