"""A change of an account and the letter that tells of it: both are stored, or neither.

allauth changes first and tells afterwards, in transactions of their own, so a crash between them
would lose the notice. Here the views that change how somebody gets in run in one transaction each.
The others stay as they are: a transaction holds the only write lock of SQLite, and must not do so
while strangers have passwords compared, or while another site is asked.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from importlib import import_module

from allauth.core.exceptions import ImmediateHttpResponse
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver

View = Callable[..., HttpResponseBase]
CHANGES = frozenset(
    {
        "account_change_password",
        "account_complete_password_reset",
        "account_confirm_password_reset_code",
        "account_email",
        "account_email_verification_sent",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_remove_webauthn",
        "mfa_signup_webauthn",
        "socialaccount_connections",
    }
)


def together(view: View) -> View:
    """Make a view store all that a form changes in one transaction, the letter about it too.

    A form that is refused answers as always, and what was counted for it stays. A fault takes
    everything back, and the session stays the one it was.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            waiting = len(connection.run_on_commit)
            try:
                response = view(request, *args, **kwargs)
            except ImmediateHttpResponse as answer:  # an answer, and not a fault
                response = answer.response
            _do_now(waiting)
        return response

    return page


def _do_now(waiting: int) -> None:
    """Do what the view left for after the commit: allauth tells of second factors only then."""
    while len(connection.run_on_commit) > waiting:
        connection.run_on_commit.pop(waiting)[1]()


def patterns(module: str) -> list[URLPattern | URLResolver]:
    """Return the addresses of a module, with the views that change how somebody gets in wrapped."""
    return list(_wrapped(import_module(module).urlpatterns))


def _wrapped(found: Iterable[URLPattern | URLResolver]) -> Iterable[URLPattern | URLResolver]:
    for item in found:
        if isinstance(item, URLResolver):
            inside = list(_wrapped(item.url_patterns))
            kwargs = item.default_kwargs
            yield URLResolver(item.pattern, inside, kwargs, item.app_name, item.namespace)
        elif item.name in CHANGES:
            yield URLPattern(item.pattern, together(item.callback), item.default_args, item.name)
        else:
            yield item
