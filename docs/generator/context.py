"""docs/reference/context.md."""

import inspect

from bus.context import Context
from bus.database.kept import Db
from docs.generator.catalogue import Catalogue
from docs.generator.members import comments, entry, public

HEAD = """# Context

What a handler gets as its first argument, usually called `ctx`. The others are the contract's fields, by keyword; one
that may be left out and has no default in the contract is only passed when the caller gave it.

```python
from bus import Context


def note_create(ctx: Context, content: str) -> dict:
    ctx.log.info("creating")
    return {"content": content, "created_at": ctx.now_ms}
```

"""

#: Attributes for handlers; the others are the bus's.
ATTRIBUTES = ("principal", "correlation_id")
#: Methods and properties for the bus itself.
INTERNAL = {"transaction", "has_transaction", "inside", "check_time"}


def page(_: Catalogue) -> str:
    """One entry for each member, then those of ``ctx.db``."""
    meanings = comments(Context)
    parts = [HEAD, "## Members\n\n"]
    parts += [f"### `ctx.{name}`\n\n{meanings[name]}\n\n" for name in ATTRIBUTES]
    parts += [entry(f"ctx.{name}", member) for name, member in public(Context, INTERNAL).items()]
    parts += ["## The database\n\n", f"{inspect.getdoc(Db)}\n\n".replace("``", "`")]
    parts += [entry(f"ctx.db.{name}", member) for name, member in public(Db).items()]
    return "".join(parts).rstrip("\n") + "\n"
