"""Checking values against schemas: marshmallow's answers, at a fraction of its time.

``compile_loader`` and ``compile_dumper`` turn a schema into generated code, ``refusal_of`` turns marshmallow's messages
into the bus's refusal, ``check_shape`` keeps arguments that are too deep or too long away from both.
"""

from bus.validation.compile import Compiled, compile_dumper, compile_loader
from bus.validation.failures import refusal_of
from bus.validation.limits import check_shape
from bus.validation.reference import dump_checked

__all__ = ["Compiled", "check_shape", "compile_dumper", "compile_loader", "dump_checked", "refusal_of"]
