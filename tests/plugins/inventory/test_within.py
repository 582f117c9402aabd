"""What other domains ask about materials: to callers outside these commands do not exist."""

from __future__ import annotations

from tests.plugins.identity.caller import NIL
from tests.plugins.inventory.store import Store
from tests.plugins.tasks.shop import Shop


def test_materials_have_names_for_other_domains(shop: Shop, store: Store) -> None:
    """Discontinued ones too; unknown ones are left out."""
    one, gone = store.material(name="One"), store.material(name="Gone")
    shop.admin("material_delete", id=gone["id"])
    ids = [one["id"], gone["id"], NIL, *(f"x{number}" for number in range(12_000)), one["id"]]
    envelope = shop.bus.call_internal("material_names", {"material_ids": ids})
    named = {item["id"]: item["name"] for item in envelope.data["items"]}
    assert named == {one["id"]: "One", gone["id"]: "Gone"}
    assert len(envelope.data["items"]) == 2
    assert shop.bus.call_internal("material_names", {"material_ids": []}).data == {"items": []}
