"""The queues of the desk: pages of cards, and what is decided there, one by one or many at once."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from articles.models import Article
from comments.admin import around, queues
from comments.admin.cards import Card, cards_of
from comments.admin.deciding import VERBS, Answer, carry_out, carry_out_all
from comments.admin.door import OLD_FORM
from comments.admin.queues import Search
from comments.admin.rights import DECIDE, LOOK, require, user_of
from comments.admin.typed import Typed
from comments.models import Comment, ModerationAct
from comments.moderation import why_no_undo
from comments.states import REJECTIONS, Reason
from core.csrf import csrf_problem

ON_CARDS = {"approve", "reject", "spam", "keep", "undo"}
CHOOSE_ALL = "choose-all"
FOR_MANY = {"approve", "reject", "spam", "keep", "undo"}
FOLDER = "admin/comments/comment"
# One word before each sentence: its first letter chooses the reason from the keyboard.
REASONS = [
    (reason.value, f"{reason.value.replace('-', ' ').capitalize()}: {reason.label}")
    for reason in REJECTIONS
]


@dataclass
class Refusal:
    """A page that comes back with the words typed on it: why, and which cards are concerned."""

    problem: str = ""
    typed: Typed = field(default_factory=Typed)
    answers: list[Answer] = field(default_factory=list)
    status: int = 200
    done: tuple[int, ...] = ()

    def keys(self, on_page: list[int]) -> list[int]:
        """Return which cards to show: refused ones first, and none with words is left out."""
        refused = [answer.pk for answer in self.answers if answer.problem]
        words = [pk for pk in self.typed.cards_with_words() if pk not in (*self.done, *on_page)]
        return list(dict.fromkeys([*refused, *words, *on_page]))


class DeskViews(admin.ModelAdmin):
    """The list page of comments, and where its buttons lead."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show a queue."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        require(request, LOOK)
        return self._show(request)

    def decide_view(self, request: HttpRequest) -> HttpResponse:
        """Carry out what a button of the desk says, and return to the queue.

        With `X-Part: answer` the answer is JSON for the script of the desk.
        """
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        require(request, DECIDE)
        typed = Typed.of(request.POST)
        if csrf_problem(request):
            return self._refuse(request, Refusal(OLD_FORM, typed, status=403))
        verb, key = typed.button
        if verb == CHOOSE_ALL:
            return self._show(request, Refusal(typed=typed))
        if key is not None and verb in ON_CARDS:
            return self._decide_one(request, typed, verb, key)
        if key is None and verb in FOR_MANY:
            return self._decide_many(request, typed, verb)
        return self._refuse(
            request, Refusal("No button of the desk was pressed.", typed, status=400)
        )

    def _decide_one(self, request: HttpRequest, typed: Typed, verb: str, pk: int) -> HttpResponse:
        answer = carry_out(typed.wish(verb, pk), user_of(request))
        if answer.problem:
            status = 409 if answer.is_stale else 400
            refusal = Refusal(answer.problem, typed, [answer], status)
            return self._refuse(request, refusal)
        if request.headers.get("X-Part") == "answer":
            act = answer.act.pk if answer.act else 0
            return JsonResponse({"did": answer.did, "seen": act})
        messages.success(request, f"{answer.did}: {answer.act.comment if answer.act else ''}.")
        return self._go_on(request, typed, (pk,), bulk_words=typed.bulk_statement)

    def _decide_many(self, request: HttpRequest, typed: Typed, verb: str) -> HttpResponse:
        if not typed.chosen:
            problem = "Choose comments first, by the boxes beside their names."
            return self._refuse(request, Refusal(problem, typed, status=400))
        answers = carry_out_all(typed.wishes(verb), user_of(request))
        failed = [answer for answer in answers if answer.problem]
        done = len(answers) - len(failed)
        did = VERBS[verb][0]
        if done:
            messages.success(request, f"{did}: {done} comment{'' if done == 1 else 's'}.")
        if not failed:
            return self._go_on(request, typed, typed.chosen)
        reasons = {answer.problem for answer in failed}
        problem = (
            reasons.pop()
            if len(reasons) == 1 and not done
            else f"{len(failed)} of {len(answers)} were not decided; each says why."
        )
        made = tuple(answer.pk for answer in answers if not answer.problem)
        refusal = Refusal(problem, typed, failed, 200 if done else 400, made)
        return self._refuse(request, refusal)

    def _go_on(
        self, request: HttpRequest, typed: Typed, done: tuple[int, ...], *, bulk_words: str = ""
    ) -> HttpResponse:
        """Return to the queue; at once, without a redirect, where other words wait on the page."""
        if bulk_words.strip() or set(typed.cards_with_words()) - set(done):
            return self._show(request, Refusal(typed=typed, done=done))
        query = request.GET.urlencode()
        desk = reverse("admin:comments_comment_changelist")
        return redirect(f"{desk}?{query}" if query else desk)

    def _refuse(self, request: HttpRequest, refusal: Refusal) -> HttpResponse:
        if request.headers.get("X-Part") != "answer":
            return self._show(request, refusal)
        answer = {"problem": refusal.problem, "token": get_token(request), "card": ""}
        cards = cards_of([failed.pk for failed in refusal.answers])
        refusal.typed.fill(cards)
        for card in cards:
            card.problem = refusal.problem
            context = {"card": card, "may_decide": True, "reasons": REASONS}
            answer["card"] = render_to_string(f"{FOLDER}/_card.html", context, request)
        return JsonResponse(answer, status=refusal.status)

    def _show(self, request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
        """Return the page of a queue; cards that were refused stand at its head."""
        refusal = refusal or Refusal()
        search = Search.of(request.GET)
        page = _page_of(request, search)
        cards = cards_of(refusal.keys(list(page.object_list)))
        _prepare(cards, refusal)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Comments",
            "search": search,
            "tabs": queues.tabs(search.queue),
            "cards": cards,
            "page_obj": page,
            "problem": refusal.problem,
            "typed": refusal.typed,
            **_offers(request, search, cards),
        }
        return render(request, f"{FOLDER}/desk.html", context, status=refusal.status)


def _prepare(cards: list[Card], refusal: Refusal) -> None:
    """Put onto the cards what was typed, what was refused, and where skipping leads."""
    refusal.typed.fill(cards)
    refused = {answer.pk: answer.problem for answer in refusal.answers}
    is_each = refusal.typed.button[0] == CHOOSE_ALL
    for card in cards:
        card.problem = refused.get(card.comment.pk, "")
        card.is_chosen = card.is_chosen or is_each
    for card, following in pairwise(cards):
        card.next_place = f"c-{following.comment.pk}"


def _page_of(request: HttpRequest, search: Search) -> Page:
    """Return the keys on the page that the address asks for, the nearest that exists."""
    if search.queue == queues.RECENT:
        rows = queues.recent_by(user_of(request)).values_list("comment", flat=True)
    else:
        rows = queues.comments_in(search).values_list("pk", flat=True)
    return Paginator(rows, search.size).get_page(request.GET.get("page"))


def _offers(request: HttpRequest, search: Search, cards: list[Card]) -> dict[str, Any]:
    """Return what the page offers besides its cards."""
    user = user_of(request)
    may_decide = user.has_perm(DECIDE)
    is_search = search.queue == queues.ALL
    if may_decide and search.queue == queues.RECENT:
        around.offer_undo(cards, user)
    other = next(size for size in queues.SIZES if size != search.size)
    return {
        "may_decide": may_decide,
        "last": last_decision(user) if may_decide else None,
        "reasons": REASONS,
        "all_reasons": Reason.choices if is_search else [],
        "states": [(state.value, state.label) for state in queues.SHOWN_STATES],
        "guides": _guides(search.guide) if is_search else [],
        "query": search.query(),
        "empty": queues.EMPTY[search.queue],
        "other_size": other,
        "other_query": search.query(size=other if other != queues.SIZES[0] else ""),
    }


def last_decision(user: User) -> ModerationAct | None:
    """Return what a moderator decided last, if it can be taken back by one key."""
    acts = ModerationAct.objects.filter(actor=user).decisions().newest_first()
    act = acts.select_related("comment").first()
    return None if act is None or why_no_undo(act, user) else act


def _guides(chosen: int) -> list[tuple[int, str]]:
    """Return the guides that were commented on, and the one that is asked for."""
    with_comments = Comment.objects.values("thread__article")
    guides = Article.objects.filter(Q(pk__in=with_comments) | Q(pk=chosen))
    return list(guides.order_by("title").values_list("pk", "title"))
