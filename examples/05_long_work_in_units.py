"""Long work in units: the first run fails half-way, the second one does only what is left.

Run: python examples/05_long_work_in_units.py
Prints:
    page 1 is stored
    page 2 is stored
    HANDLER_ERROR
    page 3 is stored
    {'total': 6}
"""

from typing import Any

from bus import LOCAL, MANY, WRITE, Bus, Context, Contract, Plugin, Schema, Settings, fields, logs

#: Pages that cannot be fetched at the first try.
missing = [3]


class PagesImport(Contract):
    """Fetch some pages and store each in a transaction of its own."""

    name, version = "pages_import", 1
    effect, access, units, external = WRITE, LOCAL, MANY, True

    class Params(Schema):
        count = fields.Int64(required=True)

    class Result(Schema):
        total = fields.Int64(required=True)


pages = Plugin("pages", contracts=[PagesImport])


def fetch(page: int) -> int:
    """Stands for a slow answer from far away."""
    if page in missing:
        missing.remove(page)
        raise ConnectionError(f"page {page} is not there")
    return page


@pages.handles(PagesImport)
def pages_import(ctx: Context, count: int) -> dict[str, Any]:
    total = 0
    for page in range(1, count + 1):
        ctx.checkpoint()
        fetched = fetch(page)  # no transaction is open here

        def store(_db: Any, page: int = page, fetched: int = fetched) -> int:
            print(f"page {page} is stored")
            return fetched

        total += ctx.unit(f"page-{page}", store)  # one transaction, once
    return {"total": total}


def main() -> None:
    logs.configure("CRITICAL")  # the log would tell about the failure at length
    with Bus.open("sqlite://", plugins=[pages], settings=Settings()) as bus:
        for _ in range(2):
            answer = bus.call("pages_import", {"count": 3}, idempotency_key="today")
            print(answer.data if answer.ok else answer.code)


if __name__ == "__main__":
    main()
