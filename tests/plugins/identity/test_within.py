"""What other domains ask about users: to callers outside these commands do not exist."""

from __future__ import annotations

from tests.plugins.identity.caller import DAY_MS, World


def ids(world: World, *roles: str) -> list[str]:
    envelope = world.bus.call_internal("user_ids_of_roles", {"roles": list(roles)})
    assert envelope.ok, envelope
    return envelope.data["user_ids"]


def test_the_users_of_some_roles_are_those_who_can_work(world: World) -> None:
    """Each once, in order; nobody who is banned or deleted, and nobody of another role."""
    admin, boss = world.person("admin").id, world.person("supervisor").id
    world.person("technician")
    world.person("supervisor", is_active=False)
    world.person("admin", deleted_at=DAY_MS)
    assert {admin, boss} <= set(ids(world, "admin", "supervisor"))
    assert ids(world, "supervisor") == [boss]
    assert ids(world, "supervisor", "admin", "supervisor") == sorted(ids(world, "supervisor") + ids(world, "admin"))
    assert ids(world) == []


def test_only_roles_that_exist_can_be_asked_for(world: World) -> None:
    assert world.bus.call_internal("user_ids_of_roles", {"roles": ["boss"]}).code == "VALIDATION_ERROR"
    assert world.as_role("admin").code("user_ids_of_roles", roles=["admin"]) == "UNKNOWN_COMMAND"
