"""The events that people are told of, by the names they are announced under."""

TASK_OVERDUE = "task.overdue"
INTERVENTION_FINALIZED = "intervention.finalized"
MATERIAL_LOW_STOCK = "material.low_stock"
QUOTE_ACCEPTED = "quote.accepted"

#: In the order in which front ends show them.
KINDS = (TASK_OVERDUE, INTERVENTION_FINALIZED, MATERIAL_LOW_STOCK, QUOTE_ACCEPTED)
