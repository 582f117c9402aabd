"""The work on one car: an intervention carries a task out, step by step, with photos of each.

Which steps there are follows from the number of zones; the states that the work moves through are in ``words.py``.
"""

#: Where each command is defined; nothing of it is imported before a command of the domain is needed.
COMMANDS = {
    "contracts.interventions.v1.interventions": (
        "intervention_start@1",
        "intervention_pause@1",
        "intervention_resume@1",
        "intervention_cancel@1",
        "intervention_finalize@1",
    ),
    "contracts.interventions.v1.reading": (
        "intervention_get@1",
        "intervention_get_active_by_task@1",
        "intervention_get_latest_by_task@1",
        "intervention_get_step@1",
        "intervention_list@1",
        "intervention_get_progress@1",
    ),
    "contracts.interventions.v1.steps": (
        "intervention_advance_step@1",
        "intervention_save_step_progress@1",
    ),
    "contracts.interventions.v1.within": (
        "intervention_find@1",
        "intervention_hold@1",
        "intervention_active_of_task@1",
    ),
}
