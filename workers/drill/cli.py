"""``bus drill``: let faults strike, and see whether the ledger balances."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import click

from bus.cli.asking import agreed, json_option
from bus.cli.entry import FAILED, OK

if TYPE_CHECKING:
    from bus.settings import Settings
    from workers.drill.show import Report

#: The faults.
NAMES = ("kill", "supervisor", "stop", "duplicate", "delay", "flush", "letters")
#: Seconds that a fault takes, about.
FAULT_S = 1.5


class Plan(NamedTuple):
    """What is asked for."""

    #: How often every fault strikes.
    rounds: int
    #: Decides everything that is left to chance.
    seed: int
    #: Of the faults that strike.
    names: tuple[str, ...] = NAMES


@click.command()
@click.option("--rounds", type=click.IntRange(1), default=2, show_default=True, help="How often every fault strikes.")
@click.option("--seed", type=click.IntRange(0), help="Repeat the drill that told this seed.")
@click.option("--fault", "names", type=click.Choice(NAMES), multiple=True, help="Only this fault; also several times.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def drill(*, rounds: int, seed: int | None, names: tuple[str, ...], yes: bool, is_json: bool) -> int:
    """Kill and stop workers, repeat and delay messages, flush the broker, and check that nothing is lost or doubled.

    All of it happens to workers, jobs, keys and a table of the drill's own, on the database and the broker of the
    settings; nothing of them is left. Exit status 0 only if the ledger balances.
    """
    from bus import logs
    from bus.settings import Settings
    from workers.drill.show import show

    settings = Settings.from_environment()
    logs.configure("ERROR", settings.log_format)
    if not yes and not agreed(_question(settings, rounds * len(names or NAMES))):
        click.echo("bus: nothing was done; --yes answers for you", err=True)
        return FAILED
    report = hold(settings, Plan(rounds, secrets.randbelow(2**32) if seed is None else seed, names or NAMES))
    show(report, is_json=is_json)
    return FAILED if report.balance.complaints else OK


def _question(settings: Settings, faults: int) -> str:
    from sqlalchemy import make_url

    place = make_url(settings.database_location()).render_as_string(hide_password=True)
    return (
        f"start workers of the drill's own on {place}, kill and stop them for about {faults * FAULT_S:.0f} seconds, "
        "and take all of it away again?"
    )


def _tell(line: str) -> None:
    click.echo(f"bus: {line}", err=True)


def hold(settings: Settings, plan: Plan) -> Report:
    """Hold a drill; nothing of it is left but the evidence, if the ledger does not balance.

    Raises:
        SetupError: it cannot be held here; the message says what to do.
        BusError: the database or the broker went away.
    """
    from workers.drill.evidence import keep
    from workers.drill.run import Drill
    from workers.drill.shadow import Shadow
    from workers.drill.show import Report
    from workers.drill.stage import stage_for

    shadow = Shadow.new()
    _tell(f"{shadow.name}, seed {plan.seed}")
    with stage_for(settings, shadow) as stage:
        drill = Drill(stage, plan, _tell)
        try:
            balance = drill.run()
        except Exception:
            _tell(f"the log of the workers is kept in {stage.folder}")
            raise
        broker = None if settings.broker_url is None else settings.broker_url.partition(":")[0]
        report = Report(shadow.name, plan.seed, plan.rounds, stage.bus.database.kind, broker, drill.faults, balance)
        if balance.complaints:
            report = replace(report, evidence=stage.folder)
            keep(stage, balance, report.to_dict())
        else:
            shutil.rmtree(stage.folder)
    return report
