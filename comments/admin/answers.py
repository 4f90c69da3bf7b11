"""Appeals and notices: what somebody answers to a decision, or asks for by law, and gets told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from comments.admin import queues
from comments.admin.cards import Card, cards_of
from comments.admin.deciding import Answer
from comments.admin.desk import FOLDER, Refusal
from comments.admin.door import OLD_FORM
from comments.admin.rights import ANSWER, LOOK, name_of, require, user_of
from comments.admin.typed import Typed
from comments.appeals import decide_appeal
from comments.models import Appeal, Notice
from comments.moderation import DecisionError
from comments.reports import decide_notice
from core.csrf import csrf_problem

PAGE = 25
RECENT = 10


@dataclass
class Case:
    """An appeal or a notice with the comment that it is about, and the words typed beside it."""

    row: Appeal | Notice
    card: Card | None
    statement: str = ""
    problem: str = ""
    is_mine: bool = False  # an appeal against one's own decision, or by oneself

    @property
    def decided_by(self) -> str:
        """Return who decided the case."""
        return name_of(self.row.decided_by)


@dataclass(frozen=True)
class Kind:
    """Appeals, or notices: which rows, which outcome each button means, and who decides it."""

    name: str
    rows: Callable[[], QuerySet]
    outcomes: dict[str, str]
    decide: Callable[[int, str, User, str], str]


class AnswerViews(admin.ModelAdmin):
    """Two queues in which each case gets an outcome and a statement."""

    def appeals_view(self, request: HttpRequest) -> HttpResponse:
        """Show the open appeals, and decide one."""
        return self._queue(request, APPEALS)

    def notices_view(self, request: HttpRequest) -> HttpResponse:
        """Show the open notices of illegal content, and decide one."""
        return self._queue(request, NOTICES)

    def _queue(self, request: HttpRequest, kind: Kind) -> HttpResponse:
        if request.method != "POST":
            require(request, LOOK)
            return self._show_queue(request, kind, Refusal())
        require(request, ANSWER)
        typed = Typed.of(request.POST)
        if csrf_problem(request):
            return self._show_queue(request, kind, Refusal(OLD_FORM, typed, status=403))
        verb, pk = typed.button
        if pk is None or verb not in kind.outcomes:
            refusal = Refusal("No button of the page was pressed.", typed, status=400)
            return self._show_queue(request, kind, refusal)
        statement = typed.text(f"statement-{pk}")
        try:
            did = kind.decide(pk, kind.outcomes[verb], user_of(request), statement)
        except DecisionError as error:
            problem = str(error)
            refusal = Refusal(problem, typed, [Answer(pk, problem=problem)], status=400)
            return self._show_queue(request, kind, refusal)
        messages.success(request, did)
        if set(typed.cards_with_words()) - {pk}:
            return self._show_queue(request, kind, Refusal(typed=typed))
        return redirect(f"admin:comments_{kind.name}")

    def _show_queue(self, request: HttpRequest, kind: Kind, refusal: Refusal) -> HttpResponse:
        user = user_of(request)
        rows = kind.rows()
        page = Paginator(rows.filter(outcome=""), PAGE).get_page(request.GET.get("page"))
        refused = {answer.pk: answer.problem for answer in refusal.answers}
        waiting = [
            *rows.filter(pk__in=refused),
            *(row for row in page.object_list if row.pk not in refused),
        ]
        decided = rows.exclude(outcome="").order_by("-decided_at")[:RECENT]
        cases = _cases([*waiting, *decided], user)
        for case in cases[: len(waiting)]:
            case.statement = refusal.typed.text(f"statement-{case.row.pk}")
            case.problem = refused.get(case.row.pk, "")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": kind.name.capitalize(),
            "tabs": queues.tabs(kind.name),
            "cases": cases[: len(waiting)],
            "decided": cases[len(waiting) :],
            "page_obj": page,
            "problem": refusal.problem,
            "may_answer": user.has_perm(ANSWER),
        }
        return render(request, f"{FOLDER}/{kind.name}.html", context, status=refusal.status)


def _appeals() -> QuerySet[Appeal]:
    rows = Appeal.objects.select_related("act__actor", "act__commenter__user", "decided_by")
    return rows.order_by("created_at", "pk")


def _notices() -> QuerySet[Notice]:
    return Notice.objects.select_related("decided_by").order_by("created_at", "pk")


def _comment_of(row: Appeal | Notice) -> int | None:
    return row.act.comment_id if isinstance(row, Appeal) else row.comment_id


def _cases(rows: list[Any], user: User) -> list[Case]:
    """Return rows with their comments, at a fixed number of queries."""
    keys = [key for row in rows if (key := _comment_of(row)) is not None]
    cards = {card.comment.pk: card for card in cards_of(keys)}
    cases = []
    for row in rows:
        card = cards.get(_comment_of(row) or 0)
        cases.append(Case(row, card, is_mine=_is_of(row, card, user)))
    return cases


def _is_of(row: Appeal | Notice, card: Card | None, user: User) -> bool:
    """Return whether a moderator may not decide, because the case is about what they did."""
    person = card.comment.author if card else None
    if isinstance(row, Notice):
        is_sender = bool(row.email) and row.email.lower() == user.email.lower()
        return is_sender or (person is not None and person.user_id == user.pk)
    person = row.act.commenter or person
    return row.act.actor_id == user.pk or (person is not None and person.user_id == user.pk)


def _decide_appeal(pk: int, outcome: str, user: User, statement: str) -> str:
    made = Appeal.objects.select_related("decided_by").filter(pk=pk).first()
    if made is None:
        raise DecisionError("There is no such appeal.")
    _check_open(made)
    stored = decide_appeal(made, Appeal.Outcome(outcome), user=user, statement=statement)
    return f"Appeal: {Appeal.Outcome(stored.outcome).label.lower()}, and the writer is told."


def _decide_notice(pk: int, outcome: str, user: User, statement: str) -> str:
    made = Notice.objects.select_related("decided_by").filter(pk=pk).first()
    if made is None:
        raise DecisionError("There is no such notice.")
    _check_open(made)
    stored = decide_notice(made, Notice.Outcome(outcome), user=user, statement=statement)
    return f"{stored}: {Notice.Outcome(stored.outcome).label.lower()}."


def _check_open(row: Appeal | Notice) -> None:
    """Raise DecisionError that says what a quicker colleague decided."""
    if not row.is_open:
        raise DecisionError(
            f"{name_of(row.decided_by)} was quicker: “{row.get_outcome_display()}”. "
            f"In their words: “{row.statement}” Nothing of yours was stored."
        )


APPEALS = Kind(
    "appeals",
    _appeals,
    {"uphold": Appeal.Outcome.UPHELD.value, "reverse": Appeal.Outcome.REVERSED.value},
    _decide_appeal,
)
NOTICES = Kind(
    "notices",
    _notices,
    {"remove": Notice.Outcome.REMOVED.value, "stay": Notice.Outcome.KEPT.value},
    _decide_notice,
)
