"""The statement of reasons of a decision, and the writer's appeal against it."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comments import appeals, tokens
from comments.acts import DecisionError
from comments.admission import Refused
from comments.identity import visitor_of
from comments.models import ModerationAct
from comments.report_forms import AppealForm
from comments.reports import count_try
from comments.statements import EXPLAINED, statement_of
from comments.views import apart
from comments.views.kept import keeps_words
from comments.views.refusals import OLD_TOKEN, Told
from core.client import client_network
from core.csrf import csrf_problem

TITLES = {"limit": "Those were many appeals in a short time"}


@never_cache
@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Explain a decision to whom it concerns. Everybody else gets 404."""
    act = _act_for(request, pk)
    context = {
        "statement": statement_of(act),
        "act": act,
        "comment": act.comment,
        "problem": appeals.why_not(act),
        "appeal_until": appeals.until(act),
        "appeal_url": _with_key(request, "comments:appeal", act),
    }
    return apart.page(request, "comments/decision.html", context)


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the writer's one appeal against a decision."""
    act = _act_for(request, pk)
    if request.method != "POST":
        if appeals.why_not(act):
            return apart.see_other(_with_key(request, "comments:decision", act))
        return _form_page(request, act, AppealForm())
    form = AppealForm(request.POST)
    sent_before = getattr(act, "appeal", None)
    if sent_before is not None and sent_before.text == form.words.strip():  # a double click
        return _received(request, act)
    if told := _problem(request, act):
        return _form_page(request, act, form, told)
    if form.is_trap_filled:
        again = AppealForm(initial={"text": form.words})
        return _form_page(request, act, again, apart.TRAPPED)
    if not form.is_valid():
        return _form_page(request, act, form, status=HTTPStatus.BAD_REQUEST)
    try:
        count_try("appeal", visitor_of(request), client_network(request))
        appeals.appeal(act, form.cleaned_data["text"])
    except Refused as refusal:
        return _form_page(request, act, form, apart.refused(refusal, TITLES))
    except DecisionError as error:
        return _form_page(request, act, form, _conflict(str(error)))
    return _received(request, act)


def _received(request: HttpRequest, act: ModerationAct) -> HttpResponse:
    return apart.see_other(_with_key(request, "comments:decision", act) + "#appeal")


def _act_for(request: HttpRequest, pk: int) -> ModerationAct:
    """Return an act, if the visitor may read its statement.

    Otherwise raises Http404; where an appeal was sent, PermissionDenied: it may come from the
    writer, who was signed out, and who gets their words back.
    """
    act = (
        ModerationAct.objects.select_related(
            "comment__author__user", "comment__thread__article", "commenter", "appeal", "undone_by"
        )
        .filter(pk=pk, action__in=EXPLAINED)
        .first()
    )
    if act is None or not (_has_key(request, act) or _concerns(request, act)):
        if request.method == "POST":
            raise PermissionDenied
        raise Http404("There is no such decision about you.")
    return act


def _has_key(request: HttpRequest, act: ModerationAct) -> bool:
    return tokens.read(tokens.DECISION, request.GET.get("key", "")) == act.pk


def _concerns(request: HttpRequest, act: ModerationAct) -> bool:
    """Return whether the visitor wrote the comment, or is the person that was decided about."""
    visitor = visitor_of(request)
    if act.comment is not None and visitor.owns(act.comment):
        return True
    person = appeals.person_of(act)
    if visitor.user is not None and person.user_id == visitor.user.pk:
        return True
    return visitor.has_confirmed(person)


def _with_key(request: HttpRequest, name: str, act: ModerationAct) -> str:
    address = reverse(name, args=[act.pk])
    if not _has_key(request, act):
        return address
    return f"{address}?{urlencode({'key': request.GET['key']})}"


def _problem(request: HttpRequest, act: ModerationAct) -> Told | None:
    """Return why an appeal is not taken now, whatever it says."""
    if csrf_problem(request):
        return OLD_TOKEN
    reason = appeals.why_not(act)
    return _conflict(reason) if reason else None


def _conflict(message: str) -> Told:
    return Told("no-appeal", HTTPStatus.CONFLICT, "This cannot be appealed against now", message)


def _form_page(
    request: HttpRequest,
    act: ModerationAct,
    form: AppealForm,
    told: Told | None = None,
    status: HTTPStatus | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "act": act,
        "statement": statement_of(act),
        "comment": act.comment,
        "until": appeals.until(act),
        "decision_url": _with_key(request, "comments:decision", act),
        "appeal_url": _with_key(request, "comments:appeal", act),
        "is_final": told is not None and told.code == "no-appeal",
    }
    return apart.page(request, "comments/appeal.html", context, told=told, status=status)
