"""Reporting a comment, and notices of content against the law."""

import re
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comments import reports
from comments.admission import Refused
from comments.identity import visitor_of
from comments.models import Comment, Flag, Notice, Policy
from comments.report_forms import KeptForm, NoticeForm, ReportForm
from comments.states import Reason, State
from comments.trust import approvals_to_weigh
from comments.views import apart
from comments.views.kept import keeps_words
from comments.views.refusals import OLD_TOKEN, Told
from core.cleaning import clean_text
from core.client import client_network
from core.csrf import csrf_problem

SALT = "comments.report"
THANKS = 60 * 60 * 24  # seconds for which the page that thanks can be opened again
TITLES = {
    "limit": "That was a lot in a short time",
    "gone": "The comment is not public any more",
    "own": "This comment is yours",
    "reported": "You have reported it already",
}
MOST_DIGITS = 18
MEMBER_PAGE = re.compile(r"/members/[a-z0-9-]{1,40}/")


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a reader's report of a public comment, and say what it counts and what happens."""
    sent = request.GET.get("sent")
    if request.method != "POST" and sent is not None:
        return _thanks(request, pk, sent)
    comment = get_object_or_404(
        Comment.objects.approved().select_related("thread__article", "author"), pk=pk
    )
    if request.method != "POST":
        return _report_page(request, comment, ReportForm())
    form = ReportForm(request.POST)
    if told := _untaken(request, form):
        return _report_page(request, comment, _again(form), told)
    if not form.is_valid():
        return _report_page(request, comment, form, status=HTTPStatus.BAD_REQUEST)
    try:
        made = reports.flag(
            comment,
            visitor=visitor_of(request),
            network=client_network(request),
            reason=Reason(form.cleaned_data["reason"]),
            words=form.cleaned_data["words"],
        )
    except Refused as refusal:
        return _report_page(request, comment, form, apart.refused(refusal, TITLES))
    token = signing.dumps(made.pk, salt=SALT)
    return apart.see_other(f"{reverse('comments:report', args=[pk])}?sent={token}")


def _untaken(request: HttpRequest, form: KeptForm) -> Told | None:
    """Return why a form is not taken as it came, whatever it says."""
    if csrf_problem(request):
        return OLD_TOKEN
    return apart.TRAPPED if form.is_trap_filled else None


def _again[AnyForm: KeptForm](form: AnyForm) -> AnyForm:
    """Return the form with the same words, without complaints, and with an empty trap."""
    words = {name: clean_text(str(value)) for name, value in form.data.items()}
    return type(form)(initial={**words, "website": ""})


def _report_page(
    request: HttpRequest,
    comment: Comment,
    form: ReportForm,
    told: Told | None = None,
    status: HTTPStatus | None = None,
) -> HttpResponse:
    context = {
        "comment": comment,
        "form": form,
        "is_own": visitor_of(request).owns(comment),
        "is_final": told is not None and told.code in {"gone", "own", "reported"},
    }
    return apart.page(request, "comments/report.html", context, told=told, status=status)


def _thanks(request: HttpRequest, pk: int, sent: str) -> HttpResponse:
    """Say that a report arrived, to whoever sent it."""
    try:
        key = signing.loads(sent, salt=SALT, max_age=THANKS)
    except signing.BadSignature as error:
        raise Http404("There is no such report.") from error
    made = get_object_or_404(
        Flag.objects.select_related("comment__thread__article"), pk=key, comment=pk
    )
    policy = Policy.current()
    context = {
        "flag": made,
        "comment": made.comment,
        "is_hidden": made.comment.state == State.HIDDEN,
        "is_illegal": made.reason == Reason.ILLEGAL,
        "reports_to_hide": policy.reports_to_hide,
        "approvals_to_weigh": approvals_to_weigh(policy),
    }
    return apart.page(request, "comments/report_sent.html", context)


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest) -> HttpResponse:
    """Take a notice of content against the law (EU Digital Services Act, Article 16)."""
    if request.method != "POST":
        return _notice_page(request, NoticeForm(initial={"address": _where(request)}))
    form = NoticeForm(request.POST)
    if told := _untaken(request, form):
        return _notice_page(request, _again(form), told)
    if not form.is_valid():
        return _notice_page(request, form, status=HTTPStatus.BAD_REQUEST)
    sent: dict[str, Any] = form.cleaned_data
    try:
        made = reports.file_notice(
            address=sent["address"],
            explanation=sent["explanation"],
            name=sent["name"],
            email=sent["email"],
            visitor=visitor_of(request),
            network=client_network(request),
        )
    except Refused as refusal:
        return _notice_page(request, form, apart.refused(refusal, TITLES))
    return apart.see_other(reverse("comments:notice-status", args=[made.code]))


def _where(request: HttpRequest) -> str:
    """Return the full address of what the reader came from: a comment, or somebody's own page."""
    page = request.GET.get("page", "")
    if MEMBER_PAGE.fullmatch(page):
        return settings.SITE_URL + page
    comment = _asked_about(request)
    return settings.SITE_URL + comment.get_absolute_url() if comment else ""


def _asked_about(request: HttpRequest) -> Comment | None:
    asked = request.GET.get("comment", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= MOST_DIGITS):
        return None
    return Comment.objects.approved().filter(pk=asked).first()


def _notice_page(
    request: HttpRequest,
    form: NoticeForm,
    told: Told | None = None,
    status: HTTPStatus | None = None,
) -> HttpResponse:
    return apart.page(request, "comments/notice.html", {"form": form}, told=told, status=status)


@never_cache
@require_safe
def notice_status(request: HttpRequest, code: str) -> HttpResponse:
    """Acknowledge a notice, and later say what was decided; nothing here is about who sent it."""
    made = get_object_or_404(Notice, code=code)
    return apart.page(request, "comments/notice_status.html", {"notice": made})
