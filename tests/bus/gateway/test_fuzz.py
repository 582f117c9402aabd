"""Whatever is sent to the gateway, it answers in a way that callers can read, and keeps its size."""

from __future__ import annotations

import asyncio
from pathlib import Path

import psutil
import pytest

from bus import loader
from bus.documents.samples import sample_args
from tests.bus.gateway.fuzz import TOKEN, Maker, Sample
from tests.bus.gateway.fuzz_client import Fuzzer
from tests.conformance.entries import served
from tests.conftest import CHEAP

PLUGIN = f'''
from bus import PUBLIC, READ, Contract, Plugin, Principal, Schema, fields

class Echo(Contract):
    """Answer what was sent."""

    name, access, effect = "echo", PUBLIC, READ

    class Params(Schema):
        value = fields.Json(allow_none=True, load_default=None)

    class Result(Schema):
        value = fields.Json(required=True, allow_none=True)

class Fail(Contract):
    """Fail in a way nobody foresaw."""

    name, access, effect = "fail", PUBLIC, READ

fuzzed = Plugin("fuzzed", contracts=[Echo, Fail])

@fuzzed.handles(Echo)
def echo(ctx, value):
    return {{"value": value}}

@fuzzed.handles(Fail)
def fail(ctx):
    raise RuntimeError("nobody foresaw this")

@fuzzed.hook
def bus_authenticate(token):
    roles = frozenset(("admin", "supervisor", "technician", "viewer"))
    return Principal("somebody", roles, is_operator=True) if token == "{TOKEN}" else None
'''
#: Requests before the server is measured for the first time, as a share of all.
WARM_UP = 0.3
#: Mebibytes that it may grow afterwards.
GROWTH = 32


@pytest.fixture
def environment(clean_environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """All installed plugins, one more that fails when it is asked to, and a caller who may do everything."""
    site = tmp_path / "site"
    information = site / "fuzzed-1.0.dist-info"
    information.mkdir(parents=True)
    (site / "fuzzed.py").write_text(PLUGIN)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: fuzzed\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[bus.plugins]\nfuzzed = fuzzed:fuzzed\n")
    # Each thread's connections keep pages of the file in memory, more of them while it grows.
    return clean_environment | CHEAP | {"PYTHONPATH": str(site), "BUS_HTTP_THREADS": "2"}


def samples() -> list[Sample]:
    """Arguments that the commands take."""
    contracts = [contract for plugin in loader.discover().plugins for contract in plugin.contracts]
    own: list[Sample] = [("echo", 1, {"value": [1, {"a": "b"}]}), ("fail", 1, {})]
    return own * 16 + [(contract.name, contract.version, sample_args(contract)) for contract in contracts]


@pytest.mark.parametrize(
    "count", [2_000, pytest.param(1_000_000, marks=[pytest.mark.drill, pytest.mark.timeout(3_600)])]
)
def test_any_request_gets_an_answer_and_costs_no_memory(
    count: int, environment, rng, tmp_path, record_property
) -> None:
    """An envelope, a page or a plain refusal; what is no HTTP may be met by closing the connection."""
    with served(tmp_path / "served", environment) as (port, pid):
        fuzzer = Fuzzer(port, Maker(rng, samples()))
        asyncio.run(fuzzer.run(int(count * WARM_UP)))
        before = psutil.Process(pid).memory_info().rss
        asyncio.run(fuzzer.run(count - int(count * WARM_UP)))
        grown = (psutil.Process(pid).memory_info().rss - before) / 2**20
    record_property("ledger", f"{count} requests, grown {grown:.1f} MiB, {dict(sorted(fuzzer.statuses.items()))}")
    assert grown < GROWTH
    assert [*fuzzer.failed] == ["fail"], fuzzer.failed
    assert {200, 202, 400, 404} <= fuzzer.statuses.keys()
