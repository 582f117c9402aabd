"""The words that interventions and their steps are described with."""

STATUSES = ("pending", "in_progress", "paused", "completed", "cancelled")
#: Of these a task has at most one.
ACTIVE = ("pending", "in_progress", "paused")
STEP_STATUSES = ("pending", "in_progress", "completed", "paused", "failed", "skipped", "rework")
STEP_TYPES = ("inspection", "preparation", "installation", "finalization")

INTERVENTION_TYPES = ("ppf", "ceramic", "detailing", "other")
FILM_TYPES = ("standard", "premium", "matte", "colored")
WEATHER_CONDITIONS = ("sunny", "cloudy", "rainy", "foggy", "windy", "other")
LIGHTING_CONDITIONS = ("natural", "artificial", "mixed")
WORK_LOCATIONS = ("indoor", "outdoor", "semi_covered")
