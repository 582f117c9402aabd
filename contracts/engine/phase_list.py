"""What counts as a list of phases: objects that each have a non-empty ``label`` and ``name``; more members are kept."""

from collections.abc import Mapping
from typing import Any, cast

from marshmallow import ValidationError

from bus.fields import Json


def faults_of(phase: Any) -> dict[str, list[str]] | list[str] | None:
    """What is wrong with one phase: messages, by member where it is an object; None when it is sound."""
    if not isinstance(phase, dict):
        return ["must be an object with label and name"]
    members = cast("dict[str, Any]", phase)
    message = ["must be a string that is not empty"]
    return {name: message for name in ("label", "name") if not _is_filled(members.get(name))} or None


def _is_filled(value: Any) -> bool:
    return isinstance(value, str) and value != ""


class Phases(Json):
    """A list of phases; each bad one is named by its position."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        phases = super()._deserialize(value, attr, data, **kwargs)
        if not isinstance(phases, list):
            raise ValidationError("must be an array of objects with label and name")
        every = enumerate(cast("list[Any]", phases))
        faults: dict[Any, Any] = {position: fault for position, phase in every if (fault := faults_of(phase))}
        if faults:
            raise ValidationError(faults)
        return value

    def json_schema(self) -> dict[str, Any]:
        """The list of them."""
        filled = {"type": "string", "minLength": 1}
        phase = {"type": "object", "properties": {"label": filled, "name": filled}, "required": ["label", "name"]}
        return {"type": "array", "items": phase}
