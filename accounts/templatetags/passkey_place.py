"""Passkeys belong to the name of a host, and a number is no name."""

import ipaddress
from urllib.parse import urlsplit

from django import template
from django.http import HttpRequest

register = template.Library()


@register.simple_tag
def address_with_a_name(request: HttpRequest) -> str:
    """Return the address of a page under "localhost" where it was opened by 127.0.0.1 or ::1.

    "" where the host has a name, or where the number is that of another machine: nobody but its
    owner knows a name for that.
    """
    place = urlsplit(f"//{request.get_host()}")
    try:
        is_this_machine = ipaddress.ip_address(place.hostname or "").is_loopback
    except ValueError:
        return ""
    port = f":{place.port}" if place.port else ""
    return f"{request.scheme}://localhost{port}{request.get_full_path()}" if is_this_machine else ""
