"""What every template knows of the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str | dict[str, str]]:
    """Return the name and public address of the site, who runs it, and this page's address.

    The name stands alone too: views of allauth put a host under the name `site`.
    """
    return {
        "site_name": settings.SITE_NAME,
        "site": {
            "name": settings.SITE_NAME,
            "tagline": settings.SITE_TAGLINE,
            "base_url": settings.SITE_URL,
            "canonical": settings.SITE_URL + request.path,
            "operator": settings.SITE_OPERATOR,
            "contact": settings.SITE_CONTACT,
            "contact_url": _address(settings.SITE_CONTACT),
            "processors": settings.SITE_PROCESSORS,
        },
    }


def _address(contact: str) -> str:
    """Return where a link to the contact leads; nothing where the contact is mere words."""
    if contact.startswith("https://"):
        return contact
    is_mail = "@" in contact and not any(letter in contact for letter in " <>:/")
    return f"mailto:{contact}" if is_mail else ""
