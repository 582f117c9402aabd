"""Agents: those who work on efforts, and the fleet they form."""

from bus.contract import READ, WRITE, Schema
from bus.fields import Int64, Key, List, Nested, Text, validate
from contracts.engine.base import EngineContract
from contracts.engine.errors import NotFound
from contracts.engine.v1.rows import AgentRow, FleetRow

#: What ``db.agents.updateStatus`` takes; ``db.agents.register`` takes any text.
STATUSES = ("working", "idle", "attention", "error", "done")


class AgentsRegister(EngineContract):
    """Store an agent; the whole row is replaced, what is left out becomes null."""

    name, version = "db.agents.register", 1
    effect = WRITE
    errors = (NotFound,)

    class Params(Schema):
        id = Key(required=True)
        label = Text()
        claims = Text()
        targetedClaims = Text()
        manages = Text()
        parent = Text()
        effortId = Int64()
        status = Text()

    class Result(Schema):
        agent = Nested(AgentRow, required=True)


class AgentsGet(EngineContract):
    """Read one agent."""

    name, version = "db.agents.get", 1
    effect = READ

    class Params(Schema):
        id = Text(required=True)

    class Result(Schema):
        agent = Nested(AgentRow, required=True, allow_none=True)


class AgentsList(EngineContract):
    """Read all agents, by id."""

    name, version = "db.agents.list", 1
    effect = READ

    class Result(Schema):
        agents = List(Nested(AgentRow), required=True)


class AgentsUpdateStatus(EngineContract):
    """Set the status of an agent."""

    name, version = "db.agents.updateStatus", 1
    effect = WRITE
    errors = (NotFound,)

    class Params(Schema):
        id = Text(required=True)
        status = Text(required=True, validate=validate.OneOf(STATUSES))

    class Result(Schema):
        agent = Nested(AgentRow, required=True)


class AgentsFindByEffort(EngineContract):
    """Read the agent bound to an effort, the one with the lowest id if there are several."""

    name, version = "db.agents.findByEffort", 1
    effect = READ

    class Params(Schema):
        effortId = Int64(required=True)

    class Result(Schema):
        agent = Nested(AgentRow, required=True, allow_none=True)


class FleetStatus(EngineContract):
    """Read every agent that is bound to an effort, with that effort's phase and active session."""

    name, version = "db.fleet.status", 1
    effect = READ

    class Result(Schema):
        fleet = List(Nested(FleetRow), required=True)
