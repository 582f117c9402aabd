"""docs/reference/plugin.md."""

import inspect
from collections.abc import Mapping
from typing import Any

import bus.contract
import bus.fields
from bus.contract import Contract, QueuePolicy
from bus.errors import Refusal
from bus.plugin import Plugin
from bus.principal import Principal
from bus.schedules.declared import Schedule
from docs.generator.catalogue import Catalogue
from docs.generator.markdown import sentence, table
from docs.generator.members import comments, entry, public, told

HEAD = """# Plugin

What a plugin is written with. All names are imported from `bus`: `from bus import Contract, Plugin, …`. An entry point
publishes the plugin; its name is the plugin's name:

```toml
[project.entry-points."bus.plugins"]
notes = "notes:notes"
```

"""

#: Words that contracts are written with, by what they say.
CHOICES = (
    ("effect", ("READ", "WRITE")),
    ("units", ("ONE", "MANY")),
    ("access", ("PUBLIC", "LOCAL", "OPERATORS", "AUTHENTICATED")),
)


def page(_: Catalogue) -> str:
    """The classes that plugins are made of, in the order in which they are met."""
    parts = [HEAD, entry("Plugin", Plugin, "##")]
    parts += [entry(f"Plugin.{name}", member) for name, member in public(Plugin).items()]
    parts += ["## `Contract`\n\n", told(Contract), _members(Contract, comments(Contract)), _choices()]
    parts += ["## `QueuePolicy`\n\n", told(QueuePolicy), _members(QueuePolicy, comments(QueuePolicy))]
    parts += ["## `Schedule`\n\n", told(Schedule), _members(Schedule, comments(Schedule))]
    parts += ["## Fields\n\n", sentence(bus.fields), "\n\n", _fields()]
    parts += [
        entry("Refusal", Refusal, "##"),
        "## `Principal`\n\n",
        told(Principal),
        _members(Principal, comments(Principal)),
    ]
    return "".join(parts).rstrip("\n") + "\n"


def _members(cls: type, meanings: Mapping[str, str]) -> str:
    rows = [(f"`{name}`", meaning, _default(cls, name)) for name, meaning in meanings.items()]
    return table(("member", "meaning", "default"), rows)


def _default(cls: type, name: str) -> str:
    """How a plugin's author would write the default; empty: it must be given, or has no value."""
    value: Any = getattr(cls, "_field_defaults", vars(cls)).get(name)
    if value is None or inspect.isclass(value) or inspect.ismemberdescriptor(value):
        return ""
    words = {id(word): text for text, word in vars(bus.contract).items() if text.isupper()}
    if id(value) in words and type(value) not in {int, tuple, bool}:
        return f"`{words[id(value)]}`"
    if isinstance(value, Mapping):
        return f"`{dict(value)!r}`"
    return "`QueuePolicy()`" if isinstance(value, QueuePolicy) else f"`{value!r}`"


def _choices() -> str:
    meanings = comments(bus.contract)
    rows = [(f"`{member}`", f"`{word}`", meanings[word]) for member, words in CHOICES for word in words]
    rows.append(("`access`", "`roles(…)`", sentence(bus.contract.roles)))
    return table(("member", "value", "meaning"), rows)


def _fields() -> str:
    kinds = {name: getattr(bus.fields, name) for name in bus.fields.__all__}
    return table(
        ("field", "content"),
        [(f"`fields.{name}`", sentence(kind)) for name, kind in kinds.items() if inspect.isclass(kind)],
    )
