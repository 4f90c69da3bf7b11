"""Where a sentence such as "Your profile is saved." waits for the next page: in its own cookie.

Not in the session: whoever signs out is told so, and shall not get a new session for it.
"""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookie(CookieStorage):
    """Django's cookie of messages, with the prefix of our others where the site is https."""

    @property
    def cookie_name(self) -> str:  # type: ignore[override]
        """Return its name; the prefix has browsers refuse what another host tries to set."""
        return "__Host-messages" if settings.SITE_IS_HTTPS else "messages"


class Storage(FallbackStorage):
    """The cookie; what is too long for it goes into the session."""

    storage_classes: Any = (HostCookie, SessionStorage)
