"""One comment at the desk, with all that a moderator needs beside it, and what can be done there.

The page is one form: whichever button is pressed, the words in its other fields come back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render

from accounts.models import User
from comments import moderation
from comments.admin import around
from comments.admin.cards import Card, cards_of
from comments.admin.deciding import VERBS, StaleError, carry_out, what_happened
from comments.admin.desk import FOLDER, REASONS
from comments.admin.door import OLD_FORM
from comments.admin.forms import DeskForm, NoteForm, OpeningForm, PersonForm
from comments.admin.rights import DECIDE, LOOK, NOTES, RESTRICT, THREADS, require, user_of
from comments.admin.typed import Typed, is_key
from comments.models import Comment, Commenter, Note, Thread
from comments.moderation import DecisionError
from comments.states import Action, Reason
from core.csrf import csrf_problem

# Where on the page the fields of a button stand.
PLACES = {"person": "person", "thread": "opening", "note": "notes"}


@dataclass
class Pressed:
    """What a POST of the page says, and what came of it."""

    typed: Typed
    verb: str = ""
    problem: str = ""
    status: int = 200
    is_done: bool = False

    def form(self, kind: type[DeskForm], initial: dict[str, Any] | None = None) -> Any:
        """Return a form of the page with its words; empty once its own button did its work."""
        prefix = str(kind.prefix)
        if not self.typed.fields or (self.is_done and self.verb == prefix):
            return kind(initial=initial or {})
        is_pressed = self.verb == prefix and not self.is_done
        return kind(self.typed.fields, is_pressed=is_pressed)


class CommentPage(admin.ModelAdmin):
    """The page of one comment. No field of it is ever written from here."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a comment with its thread, its writer's history, and the log."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        require(request, LOOK)
        return self._page(request, _card(object_id), Pressed(Typed()))

    def act_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Carry out what a button of the page says."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        typed = Typed.of(request.POST)
        verb, key = typed.button
        if verb in VERBS and key != pk:
            verb = ""
        right, work = _WORK.get(verb, (DECIDE, _decide))
        require(request, right)
        card = _card(str(pk))
        pressed = Pressed(typed, verb)
        if csrf_problem(request):
            pressed.problem, pressed.status, pressed.verb = OLD_FORM, 403, ""
            return self._page(request, card, pressed)
        try:
            with transaction.atomic():
                did = work(card.comment, pressed, user_of(request))
        except DecisionError as error:
            pressed.problem = str(error)
            pressed.status = 409 if isinstance(error, StaleError) else 400
            return self._page(request, _card(str(pk)), pressed)
        messages.success(request, f"{did}.")
        pressed.is_done = True
        if _has_other_words(typed, verb, pk):
            return self._page(request, _card(str(pk)), pressed)
        return redirect("admin:comments_comment_change", pk)

    def _page(self, request: HttpRequest, card: Card, pressed: Pressed) -> HttpResponse:
        user, comment = user_of(request), card.comment
        if not pressed.is_done or pressed.verb not in VERBS:
            pressed.typed.fill([card])
        if pressed.verb in VERBS:
            card.problem = pressed.problem
        if user.has_perm(DECIDE):
            around.offer_undo([card], user)
        person_acts = around.acts_about(card.person.row)
        thread_acts = around.acts_about(comment.thread)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Comment {comment.number} by {comment.name}",
            "card": card,
            "problem": pressed.problem,
            "wrong_place": PLACES.get(pressed.verb, "") if pressed.problem else "",
            "reasons": REASONS,
            "neighbours": around.neighbours(comment),
            "history": around.history_of(card.person.row),
            "log": around.acts_about(comment),
            "notes": around.notes_on(comment),
            "person_acts": person_acts,
            "thread_acts": thread_acts,
            "seen_person": person_acts[0].pk if person_acts else 0,
            "seen_thread": thread_acts[0].pk if thread_acts else 0,
            "person_form": pressed.form(PersonForm),
            "opening_form": pressed.form(OpeningForm, {"opening": comment.thread.opening}),
            "note_form": pressed.form(NoteForm),
            "may_decide": user.has_perm(DECIDE),
            "may_restrict": user.has_perm(RESTRICT) and not _is_colleague(card.person.row),
            "may_run_threads": user.has_perm(THREADS),
            "may_note": user.has_perm(NOTES),
        }
        return render(request, f"{FOLDER}/page.html", context, status=pressed.status)


def _card(key: str) -> Card:
    """Return the card of a comment. Raises Http404 where there is none."""
    cards = cards_of([int(key)]) if is_key(key) else []
    if not cards:
        raise Http404("There is no such comment.")
    return cards[0]


def _is_colleague(person: Commenter) -> bool:
    return person.user is not None and person.user.is_staff


def _decide(comment: Comment, pressed: Pressed, user: User) -> str:
    if pressed.verb not in VERBS:
        raise DecisionError("No button of the page was pressed.")
    answer = carry_out(pressed.typed.wish(pressed.verb, comment.pk), user)
    if answer.is_stale:
        raise StaleError(answer.problem)
    if answer.problem:
        raise DecisionError(answer.problem)
    return answer.did


def _restrict(comment: Comment, pressed: Pressed, user: User) -> str:
    form = _valid(PersonForm, pressed)
    person = comment.author
    _check_seen(person, pressed.typed.text("seen-person"))
    action = Action(form["action"])
    moderation.restrict(
        person,
        action,
        user=user,
        reason=Reason(form["reason"]),
        statement=form["statement"],
        until=form["until"],
    )
    return f"{action.label}: stored, and the person is told"


def _open_or_close(comment: Comment, pressed: Pressed, user: User) -> str:
    form = _valid(OpeningForm, pressed)
    _check_seen(comment.thread, pressed.typed.text("seen-thread"))
    moderation.set_opening(
        comment.thread,
        form["opening"],
        user=user,
        reason=Reason(form["reason"]),
        statement=form["statement"],
    )
    return f"The thread is now: {Thread.Opening(form['opening']).label}"


def _note(comment: Comment, pressed: Pressed, user: User) -> str:
    text = _valid(NoteForm, pressed)["text"].strip()
    if Note.objects.filter(comment=comment, written_by=user, text=text).exists():
        raise DecisionError("You have written this note already.")
    Note.objects.create(comment=comment, text=text, written_by=user)
    return "Note added"


def _valid(kind: type[DeskForm], pressed: Pressed) -> dict[str, Any]:
    form = kind(pressed.typed.fields, is_pressed=True)
    if not form.is_valid():
        raise DecisionError("Nothing was stored yet: see the fields below.")
    return form.cleaned_data


def _check_seen(subject: Commenter | Thread, seen: str) -> None:
    """Raise StaleError where a colleague decided about a person or a thread meanwhile."""
    latest = subject.acts.newest_first().select_related("actor").first()
    if seen and latest is not None and str(latest.pk) != seen:
        raise StaleError(f"{what_happened(latest)} Nothing of yours was stored.")


def _has_other_words(typed: Typed, verb: str, pk: int) -> bool:
    """Return whether words wait in a part of the page that the pressed button does not take."""
    fields = {
        "person": "person-statement",
        "thread": "thread-statement",
        "note": "note-text",
        "": f"statement-{pk}",
    }
    own = fields.get(verb, fields[""])
    return any(typed.text(name).strip() for name in fields.values() if name != own)


_WORK: dict[str, tuple[str, Callable[[Comment, Pressed, User], str]]] = {
    "person": (RESTRICT, _restrict),
    "thread": (THREADS, _open_or_close),
    "note": (NOTES, _note),
}
