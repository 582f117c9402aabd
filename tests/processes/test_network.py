"""A network that breaks between workers and their database or broker loses nothing and doubles nothing."""

from __future__ import annotations

import pytest

from tests.fleet import forking
from tests.processes.network import NotAllowed
from tests.processes.partitions import drill_here


@pytest.mark.timeout(1800)
def test_the_ledger_balances_whatever_happens_to_the_network(rounds_asked, rng, tmp_path, balance):
    """Cables unplugged, one side deaf, a host that dies unheard: each for longer than the leases."""
    ours, theirs = forking.Pipe()
    given = (theirs, str(rng.random()), str(tmp_path), rounds_asked)
    process = forking.Process(target=drill_here, args=given)
    process.start()
    theirs.close()
    try:
        answer = ours.recv()
    finally:
        process.join(30)
        process.kill()
    if isinstance(answer, NotAllowed):
        pytest.skip(f"NOT TESTED: network partitions need root or unprivileged user namespaces ({answer})")
    assert not isinstance(answer, str), answer
    balance(answer)
