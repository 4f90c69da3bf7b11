"""The pages below /account/. Apps above add theirs; accounts knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True)
class AccountPage:
    """One page of the account.

    `summary` says in a line what stands there for this person, for the overview; it should cost
    one query at most. `within` names further pages that belong to it and have no entry of their
    own: names of URL patterns, such as "account_email", or what they begin with, such as "mfa_".
    """

    key: str
    label: str
    url_name: str
    order: int
    summary: Callable[[User], str]
    within: tuple[str, ...] = ()

    def holds(self, view_name: str) -> bool:
        """Return whether the page with this name of a URL pattern belongs to this one."""
        return bool(self.within) and view_name.startswith(self.within)


_pages: dict[str, AccountPage] = {}


def register(page: AccountPage) -> None:
    """Add a page to the menu; one per key, however often it is registered."""
    _pages[page.key] = page


def pages() -> list[AccountPage]:
    """Return all pages in the order of the menu."""
    return sorted(_pages.values(), key=lambda page: (page.order, page.key))
