"""The public page of a person, if they want one."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import ProfileLink, User
from accounts.registries import profile_sections


@require_safe
def member(request: HttpRequest, handle: str) -> HttpResponse:
    """Show what a person says about themselves; the same bytes for everybody.

    Nothing distinguishes a page that never was from one that is not public.
    """
    found = User.objects.select_related("deletion_request").filter(handle=handle).first()
    if found is None or not found.has_public_page:
        raise Http404("There is no such page.")
    context = {
        "person": found,
        "name": found.display_name or found.handle,
        "links": [(link, host_of(link)) for link in found.profile_links.all()],
        "sections": profile_sections.sections(found),
        "complaint_url": profile_sections.complaint_url(request.path),
    }
    response = render(request, "accounts/member.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def host_of(link: ProfileLink) -> str:
    """Return where a link leads, in plain ASCII, so that no look-alike hides in it."""
    host = urlsplit(link.url).hostname or ""
    try:
        return host.encode("idna").decode("ascii").removeprefix("www.")
    except UnicodeError:
        return host.encode("ascii", "backslashreplace").decode("ascii")
