"""The words that materials and changes of their stock are described with."""

MATERIAL_TYPES = ("ppf_film", "adhesive", "cleaning_solution", "tool", "consumable")
#: Labels only: nothing is converted.
UNITS = ("piece", "meter", "liter", "gram", "roll")
TRANSACTION_TYPES = ("stock_in", "stock_out", "adjustment", "transfer", "waste", "return")
