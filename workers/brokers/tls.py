"""How connections to a broker are encrypted, as the options of its URL say."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from typing import Any

from workers.brokers.url import refuse

_VERIFY = {"none": ssl.CERT_NONE, "optional": ssl.CERT_OPTIONAL, "required": ssl.CERT_REQUIRED}


def context_of(tls: Mapping[str, Any]) -> ssl.SSLContext:
    """The context for these options.

    Raises:
        SetupError: its certificates cannot be read, or an option has no such value.
    """
    verify = tls.get("ssl_cert_reqs", "required")
    if verify not in _VERIFY:
        refuse(f"ssl_cert_reqs must be one of {', '.join(_VERIFY)}")
    try:
        context = ssl.create_default_context(cafile=tls.get("ssl_ca_certs"))
        if "ssl_certfile" in tls:
            context.load_cert_chain(tls["ssl_certfile"], tls.get("ssl_keyfile"))
    except OSError as error:
        refuse(f"its certificates cannot be read ({error})")
    context.check_hostname = tls.get("ssl_check_hostname", True) and verify != "none"
    context.verify_mode = _VERIFY[verify]
    return context
