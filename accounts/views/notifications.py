"""Which letters a person wants."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.registries import notices
from accounts.views.own_page import own_page, see_other


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def notifications(request: HttpRequest, user: User) -> HttpResponse:
    """Show the kinds of letters, and switch them on or off, one by one or all at once."""
    chosen = notices.choices(user)
    if request.method == "POST":
        match request.POST.get("do"):
            case "save":
                wanted = {key: key in request.POST.getlist("wanted") for key in chosen}
                said = "Your choice is saved."
            case "none":
                wanted = dict.fromkeys(chosen, False)
                said = "Every letter that can be switched off is off."
            case _:
                return HttpResponse("This form was not ours.", status=HTTPStatus.BAD_REQUEST)
        notices.choose(user, wanted)
        messages.success(request, said)
        return see_other("accounts:notifications")
    kinds = notices.kinds()
    context = {
        "kinds": [(kind, chosen[kind.key]) for kind in kinds if not kind.is_required],
        "required": [kind for kind in kinds if kind.is_required],
        "is_any_on": any(chosen.values()),
    }
    return render(request, "accounts/notifications.html", context)
