"""What callers say of a client: when they make one, and when they change one.

Names that the server sets are not among them, so nobody can assign those.
"""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import re
from collections.abc import Mapping
from typing import Any

from bus.contract import Schema
from bus.fields import validate
from contracts.workshop.fields import Email, Tags, Trimmed

CUSTOMER_TYPES = ("individual", "business")
MAX_NAME, MIN_PHONE, MAX_PHONE = 100, 7, 20

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_NOT_OF_A_PHONE = re.compile(r"[^0-9+() -]")


class Name(Trimmed):
    """A name, loaded without control characters and with single blanks."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if isinstance(value, str):
            value = " ".join(_CONTROL.sub("", value).split())
        return super()._deserialize(value, attr, data, **kwargs)

    def json_schema(self) -> dict[str, Any]:
        """Text in which something is neither white space nor a control character."""
        from contracts.patterns import BLANKS, trimmed_text

        return trimmed_text(1, self.most) | {"pattern": rf"[^{BLANKS}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"}


class Phone(Trimmed):
    """A telephone number, loaded without what is no part of one."""

    default_error_messages = {  # noqa: RUF012  # marshmallow collects this name along the class tree
        "form": f"must have {MIN_PHONE} to {MAX_PHONE} digits, blanks and characters out of + - ( )",
    }

    def json_schema(self) -> dict[str, Any]:
        """Text with enough of a number in it."""
        part, end = "[0-9+() -]", "[0-9+()-]"
        normal = {"type": "string", "pattern": f"^{end}{part}{{{MIN_PHONE - 2},{MAX_PHONE - 2}}}{end}$"}
        enough = {} if self.allow_none else {"pattern": f"^(?:[^0-9+() -]*{part}){{{MIN_PHONE}}}"}
        return {"type": "string", **enough, "x-normalised": normal}

    def read(self, text: str) -> str:
        """The number alone."""
        number = _NOT_OF_A_PHONE.sub("", text).strip()
        if not MIN_PHONE <= len(number) <= MAX_PHONE:
            raise self.make_error("form")
        return number


class _Optional(Schema):
    """What both a new client and a change may hold, and null may stand for."""

    email = Email(most=254, allow_none=True)
    phone = Phone(allow_none=True)
    address_street = Trimmed(most=200, allow_none=True)
    address_city = Trimmed(most=200, allow_none=True)
    address_state = Trimmed(most=200, allow_none=True)
    address_zip = Trimmed(most=200, allow_none=True)
    address_country = Trimmed(most=200, allow_none=True)
    tax_id = Trimmed(most=50, allow_none=True)
    company_name = Trimmed(most=100, allow_none=True)
    contact_person = Trimmed(most=100, allow_none=True)
    notes = Trimmed(most=1000, allow_none=True)


class ClientDraft(_Optional):
    """A new client; null means the same as absent."""

    name = Name(most=MAX_NAME, required=True)
    customer_type = Trimmed(allow_none=True, validate=validate.OneOf((*CUSTOMER_TYPES, None)))
    tags = Tags(allow_none=True)


class ClientChange(_Optional):
    """Some of a client; what is absent stays, null clears."""

    name = Name(most=MAX_NAME)
    customer_type = Trimmed(validate=validate.OneOf(CUSTOMER_TYPES))
    tags = Tags()
