"""``bus drill``: the ledger is told as it is, and nothing of a drill is left, however it ends."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
from typing import Any

import psutil
import pytest
import sqlalchemy as sa
from pika.exceptions import ChannelClosedByBroker

from bus.cli import entry
from bus.database import Database
from bus.settings import Settings
from bus.testing import wait_until
from tests.workers.drill.conftest import Operator
from workers.brokers.identity import prefix_of
from workers.drill import cli
from workers.drill.plugin import table_of
from workers.drill.run import Drill
from workers.drill.shadow import Shadow, name_of
from workers.drill.stage import stage_for

ONCE = {"kill", "supervisor", "stop", "duplicate", "delay", "flush"}


def drill_table(url):
    """The table of effects of the drill that is held, or None."""
    database = Database(url)
    try:
        with database.connect() as connection:
            return next(filter(name_of, sa.inspect(connection).get_table_names()), None)
    finally:
        database.close()


def pids_of(process: subprocess.Popen) -> set[int]:
    """A process and all that it has started."""
    return {process.pid, *(child.pid for child in psutil.Process(process.pid).children(recursive=True))}


def are_gone(pids: set[int]) -> bool:
    return not any(psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE for pid in pids)


@pytest.fixture
def held():
    """Start a drill that is under way when the test goes on, its workers at work; it is gone when the test ends."""
    started = []

    def hold(operator: Operator, fault: str) -> subprocess.Popen:
        log, words = operator.notes / "drill.log", ("drill", "--yes", "--rounds", "50", "--fault", fault)
        with log.open("w") as file:
            drill = operator.start(*words, stderr=file, stdout=subprocess.DEVNULL)
        started.append(drill)
        wait_until(lambda: "bus: 2 of " in log.read_text(), 60, "the first fault")
        return drill

    yield hold
    for drill in started:
        drill.kill()
        drill.wait()


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("kind", "broker", "struck"),
    [
        ("sqlite", None, {"kill", "stop"}),
        pytest.param("postgresql", "redis", {*ONCE, "letters"}, marks=pytest.mark.drill),
    ],
)
def test_the_ledger_balances_beside_workers_that_do_not_notice(operator_of, open_bus, kind, broker, struck):
    """Neither the operator's worker nor the tables, keys and folders are others afterwards.

    On SQLite every other fault strikes in docs/how-to/drill.md.
    """
    operator = operator_of(kind, broker)
    log = operator.notes / "worker.log"
    with log.open("w") as file:
        worker = operator.start("worker", "--processes", "1", "--threads", "2", stderr=file)
    try:
        wait_until(lambda: "worker_ready" in log.read_text(), 60, "the operator's worker")
        bus = open_bus(operator.url)
        assert bus.wait(bus.submit("db.project.upsert", {"path": "/a"}).job["id"]).ok
        assert bus.submit("db.project.upsert", {"path": "/b"}, delay_ms=10**9).ok
        before, processes = operator.traces(), pids_of(worker)

        drilled = operator.drill("--rounds", "1", "--json", *(f"--fault={name}" for name in struck | {"flush"}))

        assert drilled.returncode == 0, drilled
        told = json.loads(drilled.stdout)
        assert (told["is_balanced"], told["complaints"], told["evidence"]) == (True, [], None)
        assert operator.traces() == before
        assert pids_of(worker) == processes
        assert "drill" not in log.read_text()
        lines = {line["name"]: line for line in told["faults"]}
        assert {name for name, line in lines.items() if line["times"] == 1} == struck
        assert all((line["missing"] is None) == (line["times"] == 1) for line in lines.values())
        for name in struck & ONCE:
            assert counted(lines[name]) == [60, 60, 60, 60, 0, 0, 0], name
        if broker:
            # Each was sent five times: that is what at least once allows.
            assert counted(lines["letters"])[:3] == [60, None, None]
            assert lines["letters"]["doubled"] > lines["letters"]["lost"] == lines["letters"]["stuck"] == 0
        assert all(lines[name]["back_p99_ms"] > 0 for name in struck & {"kill", "supervisor", "stop"})
    finally:
        worker.terminate()
        worker.wait(30)


def counted(line: dict[str, Any]) -> list[int | None]:
    return [line[name] for name in ("accepted", "answered", "succeeded", "once", "doubled", "lost", "stuck")]


@pytest.mark.drill
def test_rabbitmq_is_flushed_and_cleared(operator_of, monkeypatch, request):
    """Its queues are deleted under the workers, which go on; letters come through; no queue is left."""
    operator = operator_of("postgresql", "rabbitmq")
    become(operator, monkeypatch)
    before, shadow = operator.traces(), Shadow.new()
    with stage_for(Settings.from_environment(), shadow) as stage:
        balance = Drill(stage, cli.Plan(1, 1, ("flush", "letters")), lambda line: None).run()
    shutil.rmtree(stage.folder)
    assert balance.complaints == []
    assert (balance.lines["flush"].once, balance.lines["letters"].accepted) == (60, 60)
    assert operator.traces() == before
    are_queues_gone(request.getfixturevalue("rabbitmq_server"), operator, shadow.name)


def are_queues_gone(server, operator: Operator, drill: str) -> None:
    """Nothing of a drill is left at RabbitMQ."""
    database = Database(operator.url)
    database.shadow = drill
    prefix = prefix_of(database)
    database.close()
    with server.connect() as connection:
        for name in (f"wake:{drill}", f"wake:mail:{drill}", f"mail:{drill}", "refused"):
            with pytest.raises(ChannelClosedByBroker, match="NOT_FOUND"):
                connection.channel().queue_declare(prefix + name, passive=True)


def test_a_ledger_that_does_not_balance_is_told_and_kept(operator_of, monkeypatch, capsys):
    """One effect is taken away and one doubled behind the drill's back: exit status 1, both are named, and kept."""
    operator = operator_of("sqlite")
    become(operator, monkeypatch)
    before, tampered = operator.traces(), []

    def tell(line: str) -> None:
        if line.startswith("2 of 2"):  # the jobs of the first one have ended
            tampered.extend(tamper(operator.url))

    monkeypatch.setattr(cli, "_tell", tell)
    assert entry.run(["drill", "--yes", "--fault", "duplicate", "--rounds", "2", "--seed", "4"]) == 1
    lost, doubled = tampered
    printed = capsys.readouterr().out
    assert "does not balance: 120 jobs accepted, 1 lost, 1 doubled, 0 stuck." in printed
    assert f"- duplicate: 1 jobs done twice or more ({doubled})" in printed
    assert f"- duplicate: 1 jobs whose effects are not all there ({lost})" in printed
    (folder,) = operator.temporary.iterdir()
    assert f"The evidence is kept in {folder}; --seed 4 repeats the drill." in printed
    kept = json.loads((folder / "ledger.json").read_text())
    assert (kept["is_balanced"], kept["seed"], kept["evidence"]) == (False, 4, str(folder))
    assert kept["faults"][0]["accepted"] == kept["faults"][0]["answered"] == kept["faults"][0]["once"] + 2
    assert sorted(json.loads(job["args"])["n"] for job in kept["jobs"]) == sorted(tampered)
    assert [effect["n"] for effect in kept["effects"]].count(doubled) == 2
    assert "worker_ready" in (folder / "workers.log").read_text()
    shutil.rmtree(folder)
    assert operator.traces() == before


def become(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process be the operator's shell."""
    for name, value in operator.variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("tempfile.tempdir", None)


def tamper(url: str) -> list[int]:
    """Take the effect of one job away and double that of another; their numbers."""
    name = drill_table(url)
    assert name is not None
    effects = table_of(name)
    database = Database(url)
    try:
        with database.connect() as connection:
            query = sa.select(effects.c.n).where(effects.c.what == "done").order_by(effects.c.n).limit(2)
            lost, doubled = connection.execute(query).scalars()
            connection.execute(effects.delete().where(effects.c.n == lost))
            connection.execute(effects.insert(), {"n": doubled, "what": "done"})
    finally:
        database.close()
    return [lost, doubled]


def test_a_drill_that_is_stopped_leaves_nothing(operator_of, held):
    """Ctrl-C; a second one, and a SIGTERM, do not keep it from taking its things away, nor does a stopped worker."""
    operator = operator_of("sqlite")
    before = operator.traces()
    drill = held(operator, "stop")
    pids = pids_of(drill)
    for number in (signal.SIGINT, signal.SIGINT, signal.SIGTERM):
        drill.send_signal(number)
    assert drill.wait(30) == entry.INTERRUPTED
    wait_until(lambda: are_gone(pids), 10, "all its processes to be gone")
    assert operator.traces() == before


@pytest.mark.drill
def test_what_a_killed_drill_has_left_goes_with_the_next_one(operator_of, held):
    """Its workers end with it, whatever they were doing; rows, table and keys stay until somebody drills again."""
    operator = operator_of("postgresql", "redis")
    before = operator.traces()
    drill = held(operator, "duplicate")
    pids = pids_of(drill)
    drill.kill()
    drill.wait()
    wait_until(lambda: are_gone(pids), 10, "all its processes to be gone")
    assert drill_table(operator.url) is not None
    for folder in operator.temporary.iterdir():  # the log of its workers: temporary files go as they always do
        shutil.rmtree(folder)

    assert operator.drill("--rounds", "1", "--fault", "duplicate").returncode == 0
    assert operator.traces() == before


def test_where_nobody_answers_nothing_is_done(operator_of, run_python):
    operator = operator_of("sqlite")
    done = run_python("-m", "bus", "drill", env=operator.variables, check=False, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout) == (1, "")
    assert "kill and stop them for about 21 seconds" in done.stderr
    assert done.stderr.endswith("bus: nothing was done; --yes answers for you\n")


def test_what_is_set_up_wrongly_is_one_sentence(run_python):
    done = run_python("-m", "bus", "drill", "--yes", env={"BUS_DATABASE_URL": "sqlite://"}, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("bus: no worker can see an in-memory database; set BUS_DATABASE_URL")


def test_workers_that_do_not_start_are_told_with_their_log(operator_of, monkeypatch, capsys):
    operator = operator_of("sqlite")
    become(operator, monkeypatch)
    before = operator.traces()
    monkeypatch.setattr("workers.drill.crew.sys.executable", "/bin/false")
    assert entry.run(["drill", "--yes"]) == 1
    told = capsys.readouterr().err
    assert "bus: the workers of the drill did not start; the end of their log: nothing" in told
    (folder,) = operator.temporary.iterdir()
    assert f"bus: the log of the workers is kept in {folder}" in told
    shutil.rmtree(folder)
    assert operator.traces() == before


def test_jobs_that_do_not_end_are_stuck_and_go_with_the_drill(operator_of, monkeypatch):
    """Somebody holds the drill's queue back: it says so, and leaves nothing of its jobs."""
    operator = operator_of("sqlite")
    become(operator, monkeypatch)
    before = operator.traces()
    with stage_for(Settings.from_environment(), Shadow.new()) as stage:
        assert stage.bus.call("queue_pause", {"queue": stage.bus.queue}).ok
        balance = Drill(stage, cli.Plan(1, 1, ("duplicate",)), lambda line: None, settle_s=0.2).run()
        assert stage.bus.call("queue_resume", {"queue": stage.bus.queue}).ok
    line = balance.lines["duplicate"]
    assert (line.accepted, line.answered, line.stuck, line.lost) == (60, 0, 60, 0)
    assert any(complaint.startswith("duplicate: 60 jobs that did not end") for complaint in balance.complaints)
    shutil.rmtree(stage.folder)
    assert operator.traces() == before
