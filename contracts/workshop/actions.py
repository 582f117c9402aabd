"""The arguments of a command with several actions: ``{"action": {"action": WORD, …}}``, or flat, without the braces.

Both forms are loaded as one object that holds the word and whatever stands beside it; the shape of the rest depends on
the word, and is checked after the caller's role.
"""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUntypedFunctionDecorator=false

from collections.abc import Callable
from typing import Any, cast

from marshmallow import pre_load

from bus.contract import Schema
from bus.fields import Object


def word_of(action: Any) -> str | None:
    """An action's word without letter case and underscores; None: it has none."""
    word = action.get("action")
    return word.strip().lower().replace("_", "") if isinstance(word, str) else None


def reading(*words: str) -> Callable[[dict[str, Any]], bool]:
    """Whether the action of some loaded arguments has one of these words, for ``Contract.only_reads``."""
    return lambda args: word_of(args["action"]) in words


class ActionParams(Schema):
    """What to do, and with what."""

    action = Object(required=True)

    @pre_load
    def gather(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The nested form of either form; what stands beside a nested action has no name any action knows."""
        action: Any = data.get("action")
        if isinstance(action, str):
            return {"action": data}
        if isinstance(action, dict) and len(data) > 1:
            beside = {f"{name} (beside action)": value for name, value in data.items() if name != "action"}
            return {"action": cast("dict[str, Any]", action) | beside}
        return data

    @classmethod
    def json_schema(cls, nested: dict[str, Any]) -> dict[str, Any]:
        """Either form; the nested one is the usual."""
        action = {"action": {"type": ["object", "string"]}}
        return {"type": "object", "properties": action, "required": ["action"], "x-normalised": nested}
