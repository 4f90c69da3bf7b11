"""Writing a comment: the form, the preview, and sending it.

The form in a guide carries no token, so that the guide is the same bytes for everybody; it leads
here, to the preview with the real form. Whatever is refused is answered with the words in a form
that can be sent again.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from articles.models import Article
from comments import submissions
from comments.admission import Refused
from comments.identity import new_browser_key, remember
from comments.posting import Draft, post
from comments.screening import Facts
from comments.submissions import Submission
from comments.views import refusals
from comments.views.kept import keeps_words
from comments.views.sheet import PARENT_GONE, Sheet
from core.client import client_network
from core.csrf import csrf_problem


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, the preview of what was sent, or store it and lead to the writer's own page.

    A guide that is not public answers 404, with the words where there are any.
    """
    article = Article.objects.published().filter(slug=slug).first()
    if article is None:
        raise Http404("There is no such guide.")
    sheet = Sheet.of(request, article)
    if request.method != "POST":
        return sheet.begin()
    return _answer(sheet)


def _answer(sheet: Sheet) -> HttpResponse:
    action = sheet.request.POST.get("action")
    if sheet.is_signed_out:
        return sheet.form_page(refusals.SIGNED_OUT)
    if action == "send":
        return _send(sheet)
    if refusal := sheet.refusal():
        return sheet.refuse(refusal)
    if action == "change":
        return sheet.change()
    return sheet.preview(refusals.NOW_SIGNED_IN if sheet.is_signed_in_since else None)


def _send(sheet: Sheet) -> HttpResponse:
    request = sheet.request
    if csrf_problem(request):
        return sheet.preview(refusals.OLD_TOKEN)
    if sheet.is_signed_in_since:
        return sheet.preview(refusals.SIGNED_IN)
    submission = submissions.read(request.POST.get("submission", ""))
    if submission is None:
        return sheet.preview(refusals.UNKNOWN_FORM)
    if submission.is_old:
        return sheet.preview(refusals.OLD_FORM)
    if not sheet.form.is_valid():
        return sheet.preview()
    return _store(sheet, submission)


def _store(sheet: Sheet, submission: Submission) -> HttpResponse:
    if sheet.is_parent_gone:
        return sheet.refuse(PARENT_GONE)
    visitor = sheet.visitor
    if visitor.user is None and not visitor.browser:
        visitor.browser = new_browser_key()
    draft = _draft(sheet, submission)
    try:
        comment = post(draft)
    except Refused as refusal:
        return sheet.refuse(refusal)
    if comment.text != draft.text:  # the browser went back to a form that was taken before
        return sheet.preview(refusals.sent_before(comment), fresh=True)
    if visitor.user is not None and not visitor.user.display_name:
        visitor.user.display_name = draft.name
        visitor.user.save(update_fields=["display_name"])
    response = redirect("comments:own", comment.pk)
    response.status_code = 303
    if visitor.user is None:
        remember(response, visitor)
    return response


def _draft(sheet: Sheet, submission: Submission) -> Draft:
    sent = sheet.form.cleaned_data
    return Draft(
        article=sheet.article,
        text=sent["text"],
        visitor=sheet.visitor,
        name=sent.get("name", ""),
        email=sent.get("email", ""),
        parent=sheet.parent,
        section=sent.get("section", ""),
        wants_replies=sent["wants_replies"],
        submission=submission.uuid,
        network=client_network(sheet.request),
        facts=Facts(
            is_trap_filled=sheet.form.is_trap_filled,
            seconds=submission.age.total_seconds(),
        ),
    )
