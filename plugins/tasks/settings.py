"""What operators set for this domain."""

from __future__ import annotations

from dataclasses import dataclass

from bus.environment import setting
from bus.setting_kinds import whole


@dataclass(frozen=True)
class TaskSettings:
    """Variables of the environment, read when they are needed."""

    max_tasks_per_user: int = setting(
        "BUS_MAX_TASKS_PER_USER",
        whole(1, 1_000_000),
        "Open tasks that one user has at most: checks of assignments say when there are as many.",
        10,
    )
