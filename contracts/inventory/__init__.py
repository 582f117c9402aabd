"""The materials of the shop: what there is of each, what came and went, and what interventions used."""

#: Where each command is defined; nothing of it is imported before a command of the domain is needed.
COMMANDS = {
    "contracts.inventory.v1.materials": (
        "material_create@1",
        "material_get@1",
        "material_get_by_sku@1",
        "material_list@1",
        "material_update@1",
        "material_delete@1",
    ),
    "contracts.inventory.v1.stock": (
        "material_update_stock@1",
        "material_create_inventory_transaction@1",
        "material_get_transaction_history@1",
        "material_get_consumption_history@1",
    ),
    "contracts.inventory.v1.consumption": (
        "material_record_consumption@1",
        "material_get_intervention_consumption@1",
        "material_get_intervention_summary@1",
    ),
    "contracts.inventory.v1.overview": (
        "material_get_low_stock@1",
        "material_get_expired@1",
        "material_get_stats@1",
    ),
    "contracts.inventory.v1.within": ("material_names@1",),
}
