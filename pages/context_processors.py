"""What every template knows of the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, dict[str, str]]:
    """Return the name, the tagline and the public address of the site, and this page's address."""
    return {
        "site": {
            "name": settings.SITE_NAME,
            "tagline": settings.SITE_TAGLINE,
            "base_url": settings.SITE_URL,
            "canonical": settings.SITE_URL + request.path,
        }
    }
