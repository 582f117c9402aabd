"""The fields of this domain's arguments: emails, names, passwords, second factors, roles, device descriptions.

A password is taken exactly as it was sent; everything else in one spelling. Whether a password is too easy to guess is
decided beside the accounts (plugins/identity/password_rule.py): that takes lists no contract should carry.
"""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import re
from collections.abc import Mapping
from typing import Any

from bus.contract import Schema
from bus.fields import Text, validate
from contracts.workshop.roles import ROLES

MAX_EMAIL, MAX_NAME, MAX_PHONE, MAX_REFERENCE = 254, 100, 30, 100
MIN_PASSWORD, MAX_PASSWORD = 12, 128

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,48}[A-Za-z0-9]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NO_CONTROL = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]"
_TOTP = re.compile(r"[0-9]{6}")
_BACKUP = re.compile(r"[A-Za-z0-9]{10}")


class Email(Text):
    """An email address, loaded trimmed and in lower case."""

    default_error_messages = {"form": "must be an email address"}  # noqa: RUF012  # marshmallow collects this name along the class tree

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        # Judged before it is folded: the lower case of a letter beyond ASCII may lie within.
        if len(text) > MAX_EMAIL or not _EMAIL.fullmatch(text) or ".." in text:
            raise self.make_error("form")
        return text.lower()

    def json_schema(self) -> dict[str, Any]:
        """An email address with white space around it."""
        from contracts.patterns import text_of_form

        return text_of_form(_EMAIL.pattern, MAX_EMAIL, format="email")


class Username(Text):
    """What an account is called; letters keep their case."""

    default_error_messages = {  # noqa: RUF012  # as above
        "form": "must have 3 to 50 letters, digits, '.', '_', '-', a letter or digit at both ends",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not _USERNAME.fullmatch(text):
            raise self.make_error("form")
        return text

    def json_schema(self) -> dict[str, Any]:
        """The name as it is."""
        return {"type": "string", "pattern": f"^{_USERNAME.pattern}$"}


class Name(Text):
    """A person's name, loaded trimmed."""

    default_error_messages = {  # noqa: RUF012  # as above
        "form": f"must have 1 to {MAX_NAME} characters, none of them a control character",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        if not 1 <= len(text) <= MAX_NAME or _CONTROL.search(text):
            raise self.make_error("form")
        return text

    def json_schema(self) -> dict[str, Any]:
        """A line that is not blank."""
        from contracts.patterns import text_of_form

        return text_of_form(f"{_NO_CONTROL}{{1,{MAX_NAME}}}", MAX_NAME)


class Phone(Text):
    """A telephone number as people write it, loaded trimmed; blank: none."""

    default_error_messages = {  # noqa: RUF012  # as above
        "form": f"must have at most {MAX_PHONE} characters, none of them a control character",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        if len(text) > MAX_PHONE or _CONTROL.search(text):
            raise self.make_error("form")
        return text or None

    def json_schema(self) -> dict[str, Any]:
        """A line, perhaps blank."""
        from contracts.patterns import text_of_form

        return text_of_form(f"{_NO_CONTROL}{{0,{MAX_PHONE}}}", MAX_PHONE)


class Trimmed(Text):
    """Text without blanks around it."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        return super()._deserialize(value, attr, data, **kwargs).strip()

    def json_schema(self) -> dict[str, Any]:
        """Any text of the length that is asked for."""
        from contracts.patterns import trimmed_text

        lengths = [check.min or 0 for check in self.validators if isinstance(check, validate.Length)]
        return trimmed_text(max(lengths, default=0))


class SecondFactor(Text):
    """A code of an authenticator (six digits) or a backup code (ten), loaded without blanks and hyphens."""

    default_error_messages = {"form": "must have 6 digits, or the 10 characters of a backup code"}  # noqa: RUF012  # as above

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).replace(" ", "").replace("-", "")
        if not (_TOTP.fullmatch(text) or _BACKUP.fullmatch(text)):
            raise self.make_error("form")
        return text.lower()

    def json_schema(self) -> dict[str, Any]:
        """Either code, blanks and hyphens anywhere."""
        taken = "^[ -]*(?:(?:[0-9][ -]*){6}|(?:[A-Za-z0-9][ -]*){10})$"
        normal = {"type": "string", "pattern": f"^(?:{_TOTP.pattern}|{_BACKUP.pattern})$"}
        return {"type": "string", "pattern": taken, "x-normalised": normal}


class SetupCode(Text):
    """A code of an authenticator, loaded without blanks."""

    default_error_messages = {"form": "must have 6 digits"}  # noqa: RUF012  # as above

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).replace(" ", "")
        if not _TOTP.fullmatch(text):
            raise self.make_error("form")
        return text

    def json_schema(self) -> dict[str, Any]:
        """The code, blanks anywhere."""
        normal = {"type": "string", "pattern": f"^{_TOTP.pattern}$"}
        return {"type": "string", "pattern": "^ *(?:[0-9] *){6}$", "x-normalised": normal}


class DeviceInfo(Schema):
    """What a caller says about the machine it runs on."""

    device_type = Text(required=True, validate=validate.OneOf(("desktop", "mobile", "tablet")))
    os = Text(required=True, validate=validate.Length(max=50))
    browser = Text(load_default=None, allow_none=True, validate=validate.Length(max=100))
    device_name = Text(load_default=None, allow_none=True, validate=validate.Length(max=100))


def new_password() -> Text:
    """A password to be set."""
    return Text(required=True, validate=validate.Length(min=MIN_PASSWORD, max=MAX_PASSWORD))


def password() -> Text:
    """A password to be checked, of any length that one may ever have had."""
    return Text(required=True, validate=validate.Length(min=1, max=MAX_PASSWORD))


def role(*, required: bool = True) -> Text:
    """One of the four roles."""
    if required:
        return Text(required=True, validate=validate.OneOf(ROLES))
    return Text(load_default=None, allow_none=True, validate=validate.OneOf(ROLES))


def reference(*, required: bool = True) -> Text:
    """The id of a row, however it is spelled: one that no row has is not found."""
    options: dict[str, Any] = {"required": True} if required else {"load_default": None, "allow_none": True}
    return Trimmed(validate=validate.Length(1, MAX_REFERENCE), **options)
