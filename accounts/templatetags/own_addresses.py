"""What the page of one's addresses shows beyond what allauth hands to it."""

from collections.abc import Iterable

from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.models import EmailAddress
from django import template
from django.http import HttpRequest

register = template.Library()


@register.filter
def main_first(addresses: Iterable[EmailAddress]) -> list[EmailAddress]:
    """Return addresses with the main one first, the others in the order they came in."""
    return sorted(addresses, key=lambda address: not address.primary)


@register.simple_tag
def waiting_for_code(request: HttpRequest) -> str:
    """Return the address whose code was sent and not typed yet; "" where none is."""
    process = EmailVerificationProcess.resume(request)
    return str(process.state.get("email") or "") if process else ""
