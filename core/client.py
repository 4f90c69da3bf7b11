"""Who is at the other end of a request, as far as limits need to know."""

import hashlib
import hmac
import ipaddress

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

UNKNOWN = "unknown"


def client_network(request: HttpRequest) -> str:
    """Return the network that a request comes from: an IPv4 address, or the /64 of an IPv6 one.

    Believes exactly as many proxies as `TRUSTED_PROXY_COUNT` says and no header beyond. One
    household has a whole IPv6 /64, so that is what counts as one client. Returns "unknown" where
    the server was not told an address (a socket, a broken header): those share one limit.
    """
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request) or "")
    except (ImproperlyConfigured, PermissionDenied, ValueError):
        return UNKNOWN
    if address.is_unspecified:
        return UNKNOWN
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def keyed_hash(value: str, *, purpose: str) -> str:
    """Return a hash (HMAC-SHA-256, hex) that nobody can reverse or compare without our key."""
    key = f"{purpose}:{settings.SECRET_KEY}".encode()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()
