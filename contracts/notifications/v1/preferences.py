"""Which kinds of news the caller wants. Those who never said want every kind, also kinds that come later."""

from bus.contract import AUTHENTICATED, READ, WRITE, Contract, Schema
from bus.fields import List
from contracts.notifications.kinds import KINDS
from contracts.notifications.rows import Preferences
from contracts.workshop.fields import word


class NotificationGetPreferences(Contract):
    """Read which kinds of news the caller wants."""

    name, version = "notification_get_preferences", 1
    effect, access = READ, AUTHENTICATED

    Result = Preferences


class NotificationSetPreferences(Contract):
    """Be told of these kinds of news and no others, from now on."""

    name, version = "notification_set_preferences", 1
    effect, access = WRITE, AUTHENTICATED

    class Params(Schema):
        wanted = List(word(KINDS), required=True)

    Result = Preferences
