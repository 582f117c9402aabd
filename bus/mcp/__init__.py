"""``bus mcp``: commands as tools of the Model Context Protocol, for programs in which a language model picks them.

The protocol is spoken by its official kit, the package ``mcp`` (the extra ``charterbus[mcp]``).

Not here: the schemas of tools (bus/documents/json_schema.py).
"""
