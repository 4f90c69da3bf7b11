"""A writer's own comment: where it stands and what is next, and changing or deleting it."""

from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from comments import admission, limits, outlook, posting
from comments.admission import Refused, in_words
from comments.forms import EditForm
from comments.identity import Visitor, visitor_of
from comments.models import Comment
from comments.rendering import render_comment
from comments.states import State
from comments.views import refusals
from comments.views.kept import keeps_words, template_for
from comments.views.refusals import Told
from core.client import client_network, keyed_hash
from core.csrf import csrf_problem


@keeps_words
@require_safe
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a writer their comment with its state. Everybody else gets 404."""
    comment = _comment_of(request, pk)
    now = timezone.now()
    context = {
        "comment": comment,
        "article": comment.thread.article,
        "outlook": outlook.of_comment(comment),
        "is_editable": comment.is_editable(now),
        "time_left": in_words(comment.edit_until() - now),
    }
    return render(request, template_for(request, "own"), context)


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a writer change their comment, for 15 minutes and until somebody answers."""
    sheet = _EditSheet(request, _comment_of(request, pk))
    try:
        admission.check_changeable(sheet.comment)
        if request.method != "POST":
            return sheet.show("form", form=EditForm(initial={"text": sheet.comment.text}))
        return sheet.answer()
    except Refused as refusal:
        return sheet.refuse(refusal)


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a writer whether to delete their comment, and do it; the words stay theirs to copy."""
    comment = _comment_of(request, pk)
    told = None
    shape = "ask"
    if request.method == "POST":
        if csrf_problem(request):
            told = refusals.OLD_TOKEN
        else:
            told = _delete(comment)
            shape = "refused" if told else "done"
    else:
        try:
            admission.check_editable(comment)
        except Refused as refusal:
            told, shape = refusals.told(refusal), "refused"
    context = {
        "comment": comment,
        "article": comment.thread.article,
        "shape": shape,
        "told": told,
        "words": EditForm(request.POST).words or comment.text,
    }
    is_refused = told is not None and request.method == "POST"
    status = told.status if told is not None and is_refused else HTTPStatus.OK
    return render(request, template_for(request, "own_delete"), context, status=status)


def _delete(comment: Comment) -> Told | None:
    """Delete a comment that may be deleted already; return why it stays, if it does."""
    if comment.state == State.DELETED:
        return None
    words = comment.text
    try:
        posting.delete(comment)
    except Refused as refusal:
        return refusals.told(refusal)
    comment.text = words  # to be shown once more
    return None


def _comment_of(request: HttpRequest, pk: int) -> Comment:
    """Return the visitor's comment.

    For somebody else's, and for none, raises Http404; where a form was sent, PermissionDenied: they
    may be the writer who was signed out, and get their words back.
    """
    comment = (
        Comment.objects.select_related("author__user", "thread__article", "parent")
        .filter(pk=pk)
        .first()
    )
    if comment is None or not visitor_of(request).owns(comment):
        if request.method == "POST":
            raise PermissionDenied
        raise Http404("There is no such comment of yours.")
    return comment


@dataclass
class _EditSheet:
    """One request to change a comment."""

    request: HttpRequest
    comment: Comment

    @cached_property
    def form(self) -> EditForm:
        return EditForm(self.request.POST)

    @property
    def visitor(self) -> Visitor:
        return visitor_of(self.request)

    def answer(self) -> HttpResponse:
        """Preview or store what was sent. Raises Refused."""
        action = self.request.POST.get("action")
        if action == "change":
            return self.show("form", form=EditForm(initial={"text": self.form.words}))
        if action != "send":
            return self.preview()
        if csrf_problem(self.request):
            return self.preview(refusals.OLD_TOKEN)
        if not self.form.is_valid():
            return self.preview()
        self._count()
        is_proven = self.visitor.is_proven_to_be(self.comment.author)
        posting.edit(self.comment, self.form.cleaned_data["text"], is_proven=is_proven)
        response = redirect("comments:own", self.comment.pk)
        response.status_code = HTTPStatus.SEE_OTHER
        return response

    def _count(self) -> None:
        user = self.visitor.user
        who = f"user {user.pk}" if user else f"net {client_network(self.request)}"
        wait = limits.take("edit", keyed_hash(who, purpose="limit"))
        if wait is not None:
            message = f"Those were many changes. Send this one in {in_words(wait)}."
            raise Refused("limit", message, wait=wait)

    def preview(self, message: Told | None = None) -> HttpResponse:
        """Show the changed comment as it will stand, or the form with what is missing."""
        if self.form.is_valid():
            html = render_comment(self.form.cleaned_data["text"])
            return self.show("preview", message, html=html, facts=["edited now"])
        status = message.status if message else HTTPStatus.BAD_REQUEST
        return self.show("form", message, status=status)

    def refuse(self, refusal: Refused) -> HttpResponse:
        """Say why it stays as it is; what was typed can be copied, or become a comment."""
        message = refusals.told(refusal)
        if self.request.method != "POST":
            return self.show("closed", message, status=HTTPStatus.OK)
        return self.preview(message) if refusal.code == "limit" else self.show("copy", message)

    def show(
        self,
        shape: str,
        message: Told | None = None,
        *,
        form: EditForm | None = None,
        status: HTTPStatus | None = None,
        **more: Any,
    ) -> HttpResponse:
        """Return the page in one of its shapes: form, preview, copy, closed."""
        context = {
            "comment": self.comment,
            "article": self.comment.thread.article,
            "shape": shape,
            "told": message,
            "form": form or self.form,
            "time_left": in_words(self.comment.edit_until() - timezone.now()),
            "outlook": outlook.after_edit(self.comment),
            **more,
        }
        status = status or (message.status if message else HTTPStatus.OK)
        response = render(
            self.request, template_for(self.request, "own_edit"), context, status=status
        )
        if message is not None and message.retry_after is not None:
            response["Retry-After"] = str(message.retry_after)
        return response
