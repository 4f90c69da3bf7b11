"""The site with GitHub and GitLab as ways in, and a GitHub of our own making."""

from typing import Any

from allauth.socialaccount.providers.github.provider import GitHubProvider
from allauth.socialaccount.providers.gitlab.provider import GitLabProvider
from allauth.socialaccount.providers.oauth2.urls import default_urlpatterns
from django.urls import include, path

urlpatterns = [
    path("account/", include(default_urlpatterns(GitHubProvider))),
    path("account/", include(default_urlpatterns(GitLabProvider))),
    path("", include("backend_guide.urls")),
]


class GitHub:
    """What GitHub tells of a person: answers the two requests that are made there."""

    def __init__(self, **profile: Any) -> None:
        self.profile = {"id": 7, "login": "nora-gh", "name": "Nora", "bio": "Likes cats", **profile}
        self.emails: list[dict[str, Any]] = []

    def __enter__(self) -> "GitHub":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def get(self, url: str, headers: dict[str, str]) -> "Answer":
        """Answer like https://api.github.com."""
        assert url.startswith("https://api.github.com/user")
        return Answer(self.emails if url.endswith("/emails") else dict(self.profile))


class Answer:
    """The answer to one request."""

    status_code = 200

    def __init__(self, content: Any) -> None:
        self.content = content

    def raise_for_status(self) -> None:
        """Nothing is wrong with it."""

    def json(self) -> Any:
        """Return what was answered."""
        return self.content
