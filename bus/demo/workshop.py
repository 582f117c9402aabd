"""A day at a workshop: a client's car, a technician's steps, what they used, and a quote that a worker prints."""

from datetime import UTC, datetime
from typing import Any

from bus.demo.scene import Scene

ADMIN = "$admin.token"
PASSWORD = "Corr3ct-Horse-Battery!"  # noqa: S105  # of nobody but the demo's database
ANA = {"email": "ana@example.com", "password": PASSWORD, "first_name": "Ana", "last_name": "Diaz"}
TODAY = datetime.now(UTC).date().isoformat()
CAR = {"vehicle_make": "Tesla", "vehicle_model": "Model 3", "vehicle_plate": "AB-123-CD"}
#: Photos that the steps of an express job need.
NEEDED = (2, 4, 2)
#: 2.4 m of film.
COST = 75
QUOTE_ITEMS = [
    {"kind": "service", "label": "Capot et pare-chocs", "qty": 1, "unit_price": 50_000, "tax_rate": 20},
    {"kind": "material", "label": "PPF film", "qty": 2.5, "unit_price": 10_000, "tax_rate": 20},
]


def _photos(step: int, missing: int = 0) -> list[str]:
    return [f"photos/{step + 1}-{number}.jpg" for number in range(NEEDED[step] - missing)]


def _step(index: int, title: str, way: str) -> Scene:
    """A step of the technician's work, done."""
    args: dict[str, Any] = {
        "intervention_id": "$work.intervention.id",
        "step_id": f"$work.steps.{index}.id",
        "collected_data": {"surface": "clean"},
        "photos": _photos(index),
        "session_token": ADMIN,
    }
    return Scene(title, way, "intervention_advance_step", args, holds=lambda d: len(d["requirements_completed"]) == 1)


#: In order, as those of engine.py.
WORKSHOP = (
    Scene("the first account of the shop", "python", "auth_create_account", ANA, name="admin"),
    Scene(
        "without a session nobody makes a client",
        "cli",
        "client_crud",
        {"action": "Create", "data": {"name": "Zoë"}},
        code="UNAUTHENTICATED",
    ),
    Scene(
        "a client",
        "stdio",
        "client_crud",
        {"action": "Create", "data": {"name": "Zoë Müller", "email": "zoe@example.com"}, "session_token": ADMIN},
        name="client",
    ),
    Scene(
        "a task for the client's car",
        "stdio",
        "task_crud",
        {
            "action": "Create",
            "data": {
                **CAR,
                "ppf_zones": ["hood"],
                "scheduled_date": TODAY,
                "client_id": "$client.client.id",
                "technician_id": "$admin.user_id",
            },
            "session_token": ADMIN,
        },
        holds=lambda d: d["task"]["task_number"].endswith("-001"),
        name="task",
    ),
    Scene(
        "a place in the calendar",
        "python",
        "calendar_schedule_task",
        {
            "task_id": "$task.task.id",
            "new_date": TODAY,
            "new_start": "09:00",
            "new_end": "12:00",
            "session_token": ADMIN,
        },
    ),
    Scene(
        "film for the stock",
        "stdio",
        "material_create",
        {
            "sku": "PPF-200",
            "name": "PPF film, 2 m",
            "material_type": "ppf_film",
            "unit_of_measure": "meter",
            "current_stock": 10,
            "minimum_stock": 8,
            "unit_cost": 31.25,
            "session_token": ADMIN,
        },
        name="film",
    ),
    Scene(
        "the work begins",
        "stdio",
        "intervention_start",
        {"task_id": "$task.task.task_number", "session_token": ADMIN},
        holds=lambda d: [step["step_name"] for step in d["steps"]] == ["Inspection", "Installation", "Finalisation"],
        name="work",
    ),
    Scene(
        "a photo short: refused, and nothing of it is kept",
        "stdio",
        "intervention_advance_step",
        {
            "intervention_id": "$work.intervention.id",
            "step_id": "$work.steps.0.id",
            "photos": _photos(0, missing=1),
            "session_token": ADMIN,
        },
        code="INTERVENTION_VALIDATION_FAILED",
    ),
    _step(0, "the car is inspected", "stdio"),
    _step(1, "the film is laid", "queue"),
    Scene(
        "what it took, waste included",
        "stdio",
        "material_record_consumption",
        {
            "intervention_id": "$work.intervention.id",
            "material_id": "$film.id",
            "quantity_used": 2.4,
            "waste_quantity": 0.1,
            "session_token": ADMIN,
        },
        holds=lambda d: d["total_cost"] == COST,
    ),
    Scene(
        "more than there is",
        "cli",
        "material_update_stock",
        {"material_id": "$film.id", "quantity_change": -7.501, "reason": "sold", "session_token": ADMIN},
        code="INSUFFICIENT_STOCK",
    ),
    Scene(
        "the work is finished",
        "stdio",
        "intervention_finalize",
        {
            "intervention_id": "$work.intervention.id",
            "photos": _photos(2),
            "customer_satisfaction": 9,
            "session_token": ADMIN,
        },
        holds=lambda d: d["metrics"]["photos_taken"] == sum(NEEDED),
    ),
    Scene(
        "which finished the task",
        "python",
        "task_get_history",
        {"task_id": "$task.task.id", "session_token": ADMIN},
        holds=lambda d: [row["new_status"] for row in d["items"]] == ["completed", "in_progress", "pending"],
    ),
    Scene(
        "a quote for more",
        "stdio",
        "quote_create",
        {"data": {"client_id": "$client.client.id", "items": QUOTE_ITEMS, **CAR}, "session_token": ADMIN},
        holds=lambda d: (d["quote_number"], d["subtotal"], d["total"]) == ("DEV-00001", 75_000, 90_000),
        name="quote",
    ),
    Scene(
        "printed by a worker",
        "queue",
        "quote_export_pdf",
        {"id": "$quote.id", "session_token": ADMIN},
        holds=lambda d: d["file_name"] == "DEV-00001.pdf" and d["content_base64"].startswith("JVBERi"),
    ),
    Scene("sent", "stdio", "quote_mark_sent", {"id": "$quote.id", "session_token": ADMIN}),
    Scene(
        "accepted: it becomes a task",
        "cli",
        "quote_mark_accepted",
        {"id": "$quote.id", "session_token": ADMIN},
        holds=lambda d: d["task_created"] is not None,
    ),
    Scene(
        "told that film runs low, by a plugin that nobody knows of",
        "inbox",
        "notification_list",
        {"session_token": ADMIN},
        holds=lambda d: [item["event"] for item in d["items"]] == ["material.low_stock"],
    ),
)
