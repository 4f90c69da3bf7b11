"""The menu of the account and what stands above its pages, for templates."""

from dataclasses import dataclass

from django import template
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from accounts.registries import menu
from accounts.registries.banners import Banner, banners

register = template.Library()


@dataclass(frozen=True)
class Entry:
    """A link of the menu. `current` is "page" where it leads here, "true" for a page below it."""

    label: str
    url: str
    current: str


@register.simple_tag
def account_menu(request: HttpRequest) -> list[Entry]:
    """Return the links to the pages of the account; the overview stands first."""
    overview = Entry("Overview", reverse("accounts:overview"), "")
    view_name = request.resolver_match.view_name if request.resolver_match else ""
    entries = [overview, *(_entry(page, view_name) for page in menu.pages())]
    return [
        Entry(entry.label, entry.url, "page") if entry.url == request.path else entry
        for entry in entries
    ]


def _entry(page: menu.AccountPage, view_name: str) -> Entry:
    return Entry(page.label, reverse(page.url_name), "true" if page.holds(view_name) else "")


@register.simple_tag
def account_banners(request: HttpRequest) -> list[Banner]:
    """Return what the person has to be told now, except on the page that is about it."""
    if not isinstance(request.user, User):
        return []
    view_name = request.resolver_match.view_name if request.resolver_match else ""
    return [banner for banner in banners(request.user) if banner.url_name != view_name]
