"""Signing in through another site: only those whose keys are in the environment exist here.

Read by the settings, so nothing here may import a model.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "SIGN_IN_"


@dataclass(frozen=True)
class Provider:
    """A site that people may come from.

    `origins` are where the form "Continue with ..." may lead: browsers hold redirects of a form to
    the policy of our page. `options` go to allauth. `extras` are further variables and the key of
    the app's settings that each fills.
    """

    key: str
    origins: tuple[str, ...]
    options: dict[str, Any] = field(default_factory=dict)
    extras: dict[str, str] = field(default_factory=dict)

    def variable(self, name: str) -> str:
        """Return the environment variable of this provider with this ending."""
        return f"{PREFIX}{self.key.upper()}_{name}"


PROVIDERS = (
    Provider("github", ("https://github.com",)),
    Provider("gitlab", ("https://gitlab.com",), extras={"URL": "gitlab_url"}),
    Provider(
        "google",
        ("https://accounts.google.com",),
        # Google's page of consent asks for what is named here and no more.
        options={"SCOPE": ["email"], "OAUTH_PKCE_ENABLED": True},
    ),
    # Personal accounts of Microsoft live on a second host.
    Provider(
        "microsoft",
        ("https://login.microsoftonline.com", "https://login.live.com"),
        extras={"TENANT": "tenant"},
    ),
)


def variables() -> list[str]:
    """Return the names of all environment variables that are read here."""
    return [
        provider.variable(name)
        for provider in PROVIDERS
        for name in ("ID", "SECRET", *provider.extras)
    ]


@dataclass
class Social:
    """What the settings need: apps to install, allauth's providers, hosts for form-action."""

    apps: list[str] = field(default_factory=list)
    providers: dict[str, dict[str, Any]] = field(default_factory=dict)
    origins: list[str] = field(default_factory=list)


def from_environment(read: Callable[[str], str]) -> Social:
    """Return the providers that have both an ID and a secret; `read` gives a variable or "".

    Raises ImproperlyConfigured for one that is half set or whose address is no origin: a button
    that leads nowhere is worse than none.
    """
    social = Social()
    for provider in PROVIDERS:
        key, secret = read(provider.variable("ID")), read(provider.variable("SECRET"))
        given = {name: read(provider.variable(name)) for name in provider.extras}
        if not (key or secret or any(given.values())):
            continue
        if not (key and secret):
            missing = provider.variable("SECRET" if key else "ID")
            raise ImproperlyConfigured(f"{missing} is missing: set both, or neither.")
        origins = provider.origins
        if given.get("URL"):
            origins = (_origin(provider.variable("URL"), given["URL"]),)
            given["URL"] = origins[0]
        app: dict[str, Any] = {"client_id": key, "secret": secret, "key": ""}
        app["settings"] = {provider.extras[name]: value for name, value in given.items() if value}
        social.apps.append(f"allauth.socialaccount.providers.{provider.key}")
        social.providers[provider.key] = {**provider.options, "APPS": [app]}
        social.origins.extend(origins)
    return social


def _origin(variable: str, value: str) -> str:
    """Return https://host of an address. Raises ImproperlyConfigured for anything with more."""
    url = urlsplit(value.rstrip("/"))
    if url.scheme != "https" or not url.hostname or url.path or url.query or url.username:
        raise ImproperlyConfigured(f"{variable}={value!r}: write https://host.")
    return f"https://{url.netloc}"
