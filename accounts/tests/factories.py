"""People for tests."""

from itertools import count

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts.models import User

_numbers = count(1)

PASSWORD = "a long password for tests"


def create_user(
    *,
    email: str = "",
    display_name: str = "",
    role: str = "",
    is_staff: bool | None = None,
    is_superuser: bool = False,
    password: str | None = None,
) -> User:
    """Return a saved user with a confirmed address.

    `role` names a group of `accounts.roles`; whoever has one may open the desk, as in real life.
    Without `password` the user signs in through `client.force_login` only.
    """
    user = User.objects.create_user(
        email or f"person-{next(_numbers)}@example.org",
        password,
        display_name=display_name,
        is_staff=bool(role or is_superuser) if is_staff is None else is_staff,
        is_superuser=is_superuser,
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
