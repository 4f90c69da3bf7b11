"""A person asks for another look at the decision that took their public page down."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.models.second_look import LONGEST_REQUEST
from accounts.profile import second_looks
from accounts.profile.member_pages import NotPossibleError
from accounts.views.own_page import own_page, see_other


class LookForm(forms.Form):
    """What the person wants us to know."""

    text = forms.CharField(
        label="What should we know?",
        help_text=f"What you changed, or where we are wrong. At most {LONGEST_REQUEST} characters.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": second_looks.SAY},
    )

    def clean_text(self) -> str:
        """Return the request. Raises ValidationError for none, or one that is too long."""
        return second_looks.clean_request(str(self.cleaned_data["text"]))


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def page(request: HttpRequest, user: User) -> HttpResponse:
    """Say what was decided and what became of the request, or take it."""
    look = second_looks.of(user)
    form = LookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            second_looks.ask(user, form.cleaned_data["text"])
            messages.success(request, "Your request is with us. A letter tells you the answer.")
        except NotPossibleError as error:
            messages.info(request, str(error))
        return see_other("accounts:another-look")
    context = {"person": user, "look": look, "form": form}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "accounts/another_look.html", context, status=status)
