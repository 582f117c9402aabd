"""What all contracts of this domain have in common."""

from bus.contract import EXCLUDE, LOCAL, Contract


class EngineContract(Contract):
    """Open to trusted local callers; arguments it does not declare are ignored."""

    access = LOCAL
    unknown = EXCLUDE
