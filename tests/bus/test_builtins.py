"""The commands every bus answers about itself. Those about jobs: test_jobs.py."""

from __future__ import annotations

from bus import AUTHENTICATED, MANY, READ, Contract, Plugin, QueuePolicy, Request, Schema, fields, roles
from bus.registry import check_complete
from tests.bus.sample import TEXT, No, Sample

NAMES = [
    "command_describe",
    "command_list",
    "command_pause",
    "command_resume",
    "flow_advance",
    "flow_cancel",
    "flow_get",
    "flow_list",
    "flow_start",
    "job_cancel",
    "job_drop",
    "job_get",
    "job_groups",
    "job_list",
    "job_retry",
    "job_why",
    "pause_list",
    "queue_list",
    "queue_pause",
    "queue_resume",
    "schedule_add",
    "schedule_list",
    "schedule_next",
    "schedule_pause",
    "schedule_remove",
    "schedule_resume",
    "system_health",
    "worker_list",
]


#: Beside those that pause and resume.
FOR_OPERATORS = {"job_drop", "job_groups", "job_why", "queue_list", "worker_list"}


class Pour(Contract):
    """Pour a cup.

    What stands further down is for readers of the code.
    """

    name, version = "pour", 2
    units, access, effect = MANY, roles("waiter", "cook"), READ
    external, secret = True, True
    deprecated = "use pour@3"
    errors = (No,)
    time_limit_ms = 1_500
    queue = QueuePolicy(name="kitchen")

    class Params(Schema):
        cups = fields.Int64(required=True, code="invalid_cups")
        kind = fields.Text(load_default="green", allow_none=True, data_key="teaKind")

    class Result(Schema):
        poured = fields.List(fields.Text(), required=True)


def test_a_bus_without_plugins_answers_about_itself(sample: Sample) -> None:
    data = sample.open().call("command_list").data
    assert [item["name"] for item in data["items"]] == NAMES
    assert data["total_count"] == len(NAMES)
    assert all(item["plugin"] == "bus" and item["summary"].endswith(".") for item in data["items"])


def test_the_list_has_one_line_a_command(sample: Sample) -> None:
    """With every version of it, and the newest one's words."""
    plugin = Plugin("cafe", contracts=[type("Old", (Contract,), {"name": "pour"}), Pour])
    plugin.handles(Pour)(lambda ctx, cups, kind: {})
    items = sample.open("sqlite://", plugin).call("command_list").data["items"]
    assert [item for item in items if item["plugin"] == "cafe"] == [
        {
            "name": "pour",
            "versions": [1, 2],
            "plugin": "cafe",
            "summary": "Pour a cup.",
            "effect": "read",
            "access": "roles",
        }
    ]


def test_a_command_is_described_as_its_contract_says(sample: Sample) -> None:
    plugin = Plugin("cafe", contracts=[type("Old", (Contract,), {"name": "pour"}), Pour])
    plugin.handles(Pour)(lambda ctx, cups, kind: {})
    bus = sample.open("sqlite://", plugin)
    described = bus.call("command_describe", {"command": "pour"}).data
    assert described == {
        "name": "pour",
        "versions": [1, 2],
        "version": 2,
        "plugin": "cafe",
        "summary": "Pour a cup.",
        "effect": "read",
        "access": "roles",
        "roles": ["cook", "waiter"],
        "units": "many",
        "is_secret": True,
        "deprecated": "use pour@3",
        "queue": "kitchen",
        "time_limit_ms": 1_500,
        "params": [
            {"name": "cups", "type": "int64", "is_required": True, "is_nullable": False, "code": "invalid_cups"},
            {"name": "teaKind", "type": "text", "is_required": False, "is_nullable": True, "code": None},
        ],
        "result": [{"name": "poured", "type": "list", "is_required": True, "is_nullable": False, "code": None}],
        "errors": [{"code": "no", "meaning": "The domain says no."}],
    }
    for spelling in ({"command": "pour@2"}, {"command": "pour", "version": 2}, {"command": "pour@2", "version": 2}):
        assert bus.call("command_describe", spelling).data == described
    assert bus.call("command_describe", {"command": "pour@1"}).data["version"] == 1


def test_a_command_that_does_not_exist_cannot_be_described(sample: Sample) -> None:
    bus = sample.open()
    for args, named in (
        ({"command": "tea"}, "tea"),
        ({"command": "job_get", "version": 9}, "job_get@9"),
        ({"command": "job_get@9"}, "job_get@9"),
    ):
        envelope = bus.call("command_describe", args)
        assert envelope.error["code"] == "command_not_found"
        assert envelope.error["message"] == f"no plugin answers {named}"


def test_every_built_in_command_can_be_described(sample: Sample) -> None:
    """By the contract of the description itself."""
    bus = sample.open()
    for name in NAMES:
        described = bus.call("command_describe", {"command": name})
        assert described.ok
        is_for_operators = name in FOR_OPERATORS or name.startswith("schedule_") or "pause" in name or "resume" in name
        access = "operators" if is_for_operators else "local"
        assert (described.data["name"], described.data["access"]) == (name, access)


def test_health_counts_jobs_by_state(sample: Sample, database_url: str) -> None:
    from tests.bus.worker import work
    from workers import workers

    sample.command("put", params=TEXT)(lambda ctx, text: {})
    bus = sample.open(database_url, workers)
    assert bus.call("system_health").data == {
        "status": "ok",
        "database": bus.database.kind,
        "plugins": ["bus", "sample", "workers"],
        "broken_plugins": {},
        "jobs": {},
    }
    bus.submit("put", {"text": "a"})
    work(bus)
    bus.submit("put", {"text": "b"})
    assert bus.call("system_health").data["jobs"] == {"queued": 1, "succeeded": 1}


def test_the_network_needs_a_session_for_all_of_them(sample: Sample) -> None:
    """What commands there are is nothing for strangers."""
    sample.command("locked", access=AUTHENTICATED)(lambda ctx: {})
    bus = sample.open()
    for name in NAMES:
        assert bus.answer(Request(name, is_local=False)).code == "UNAUTHENTICATED"


def test_every_one_of_them_has_a_handler(open_bus):
    """They are imported when they are called; a start would not notice one that is missing."""
    core = open_bus("sqlite://", plugins=[]).plugins[0]
    check_complete(core)
    assert core.name == "bus"
    assert {*NAMES, "worker_count"} == {*core.handlers}
