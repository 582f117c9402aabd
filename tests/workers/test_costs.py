"""Groups are sized by what their jobs cost."""

from workers.costs import MOST, Costs

BUDGET_S = 0.008


def learned(costs: Costs, contract: str, took_s: float, times: int = 200) -> None:
    for _ in range(times):
        costs.add(contract, took_s)


def test_before_anything_is_known_a_claim_is_small_and_every_job_begins_a_group_of_its_own():
    costs = Costs(BUDGET_S)

    assert costs.most == 4
    assert costs.is_enough("new@1", 0.0)


def test_quick_jobs_share_a_commit_up_to_the_bound():
    costs = Costs(BUDGET_S)
    learned(costs, "quick@1", 0.000_1)

    assert costs.most == MOST
    assert not costs.is_enough("quick@1", 0.001)
    assert costs.is_enough("quick@1", BUDGET_S * 1.01)


def test_a_slow_command_begins_a_group_of_its_own_whatever_its_neighbours_cost():
    costs = Costs(BUDGET_S)
    learned(costs, "quick@1", 0.000_1)
    learned(costs, "slow@1", 0.05, 3)

    assert costs.is_enough("slow@1", 0.0)
    assert not costs.is_enough("quick@1", 0.0)


def test_one_slow_job_does_not_end_grouping_for_good():
    """The mean decides, not the dearest: after one slow job claims shrink and grow again."""
    costs = Costs(BUDGET_S)
    learned(costs, "quick@1", 0.000_1)
    costs.add("slow@1", 1.0)
    assert costs.most == 1

    learned(costs, "quick@1", 0.000_1)
    assert costs.most == MOST


def test_a_slow_mean_claims_one_at_a_time():
    costs = Costs(BUDGET_S)
    learned(costs, "slow@1", 1.0)

    assert costs.most == 1
