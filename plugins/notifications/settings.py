"""What operators set for this domain."""

from __future__ import annotations

from dataclasses import dataclass

from bus.environment import setting
from bus.setting_kinds import whole


@dataclass(frozen=True)
class NotificationSettings:
    """Variables of the environment, read when they are needed."""

    keep_read_days: int = setting(
        "BUS_NOTIFICATIONS_DAYS",
        whole(1, 36_500),
        "How long notifications are kept after they were read; unread ones stay.",
        90,
        unit="days",
    )
