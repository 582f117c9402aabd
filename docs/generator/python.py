"""docs/reference/python.md."""

import bus.testing
from bus.application import Bus
from docs.generator.catalogue import Catalogue
from docs.generator.markdown import sentence
from docs.generator.members import entry, public

HEAD = """# Python

How a Python program uses the bus. The answers are [envelopes](envelope.md): objects with the members as attributes,
`code` for the error's code, and `to_dict()` for plain values.

```python
from bus import Bus

with Bus.open("sqlite://") as bus:
    envelope = bus.call("db.project.upsert", {"path": "/code"})
```

A bus may be shared by threads. `SetupError` says in one sentence what is set up wrongly; whatever a caller does wrong
comes back in the envelope.

"""

#: What workers use.
INTERNAL = {"known_contracts", "queue_names", "sweep", "announce"}


def page(_: Catalogue) -> str:
    """The class ``Bus``, then what tests use."""
    parts = [HEAD, "## Bus\n\n"]
    parts += [entry(f"Bus.{name}", member) for name, member in public(Bus, INTERNAL).items()]
    parts += ["## For tests\n\n", sentence(bus.testing), " [Test a plugin](../how-to/test-a-plugin.md) shows them.\n\n"]
    parts += [entry(f"bus.testing.{name}", getattr(bus.testing, name)) for name in ("FakeClock", "wait_until")]
    parts += [entry(f"FakeClock.{name}", member) for name, member in public(bus.testing.FakeClock).items()]
    return "".join(parts).rstrip("\n") + "\n"
