"""Which arrows between packages there are, as far as `lint-imports` cannot say it."""

import grimp
import pytest

#: What the domains of the workshop have in common.
SHARED = "contracts.workshop."
GRAPH = grimp.build_graph("plugins", "contracts", "bus", cache_dir=None)


@pytest.mark.parametrize("plugin", sorted(GRAPH.find_children("plugins")))
def test_a_plugin_imports_no_contracts_but_its_own(plugin: str) -> None:
    """Another domain is reached through its commands, whose names are all a plugin knows of it."""
    own = plugin.replace("plugins.", "contracts.", 1)
    modules = {plugin, *GRAPH.find_descendants(plugin)}
    imported = {target for module in modules for target in GRAPH.find_modules_directly_imported_by(module)}
    foreign = {
        name for name in imported if name.startswith("contracts.") and name != own and not name.startswith(f"{own}.")
    }
    assert {name for name in foreign if not name.startswith(SHARED)} == set()
