"""The profile: name, public page, links, time zone."""

from http import HTTPStatus

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.profile.handles import HELD
from accounts.profile.profile_form import LinkFormSet, ProfileForm, link_forms
from accounts.views.own_page import own_page, see_other

TAKEN = "Somebody took this address just before you. Please choose another."


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def profile(request: HttpRequest, user: User) -> HttpResponse:
    """Show what the site says about a person, and let them change it."""
    person = User.objects.select_related("deletion_request").get(pk=user.pk)
    data = request.POST if request.method == "POST" else None
    form = ProfileForm(person, data)
    links = link_forms(person, data)
    if data is not None and all([form.is_valid(), links.is_valid()]) and _saved(form, links):
        messages.success(request, "Your profile is saved.")
        return see_other("accounts:profile")
    context = {
        "form": form,
        "wrong": [field for one in (form, *links) for field in one if field.errors],
        "links": links,
        "rows": [row for row in links if row.is_used],
        "more_rows": [row for row in links if not row.is_used],
        "person": person,
        "days_held": HELD.days,
    }
    status = HTTPStatus.OK if data is None else HTTPStatus.BAD_REQUEST
    return render(request, "accounts/profile.html", context, status=status)


def _saved(form: ProfileForm, links: LinkFormSet) -> bool:
    """Store a valid form; return False where somebody else was quicker to take the address."""
    try:
        with transaction.atomic():
            form.save()
            links.save(form.user)
    except IntegrityError:
        form.user.refresh_from_db()
        form.add_error("handle", TAKEN)
        return False
    return True
