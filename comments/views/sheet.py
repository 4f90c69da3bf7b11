"""The sheet on which a comment is written: all of its shapes, with the words always in it."""

import re
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Article
from comments import outlook, submissions
from comments.admission import Refused, check_open, check_person
from comments.forms import CommentForm
from comments.identity import Visitor, known_commenter, new_browser_key, remember, visitor_of
from comments.models import Comment, Policy, Thread
from comments.rendering import render_comment
from comments.sections import section_title
from comments.states import State
from comments.views.kept import template_for
from comments.views.refusals import Told, told

PRIMARY_KEY = re.compile("[0-9]{1,18}")
PARENT_GONE = Refused("parent-gone", "The comment that you answer is no longer public.")


@dataclass
class Sheet:
    """One request to write under a guide."""

    request: HttpRequest
    article: Article
    visitor: Visitor
    parent: Comment | None
    parent_key: str  # as it was asked for; the comment may be gone

    @classmethod
    def of(cls, request: HttpRequest, article: Article) -> "Sheet":
        """Return the sheet of a request, with the comment that it answers if that is public."""
        asked = request.POST if request.method == "POST" else request.GET
        key = "" if asked.get("action") == "alone" else asked.get("parent", "")
        parent = None
        if PRIMARY_KEY.fullmatch(key):
            parent = (
                Comment.objects.filter(pk=key, thread__article=article, state=State.APPROVED)
                .select_related("thread")
                .first()
            )
        return cls(request, article, visitor_of(request), parent, key)

    @property
    def is_parent_gone(self) -> bool:
        """Return whether an answer was meant to a comment that is not public."""
        return bool(self.parent_key) and self.parent is None

    @cached_property
    def form(self) -> CommentForm:
        """Return the form with what was sent."""
        return self._form(self.request.POST)

    def _form(self, data: Any = None, initial: Any = None) -> CommentForm:
        return CommentForm(
            data, initial=initial, article=self.article, user=self.visitor.user, parent=self.parent
        )

    @cached_property
    def policy(self) -> Policy:
        """Return how the site treats comments."""
        return Policy.current()

    @cached_property
    def thread(self) -> Thread:
        """Return the thread of the guide."""
        return Thread.of(self.article)

    @property
    def is_signed_out(self) -> bool:
        """Return whether the form was shown to an account, and nobody is signed in now."""
        return self.request.POST.get("as") == "account" and self.visitor.user is None

    @property
    def is_signed_in_since(self) -> bool:
        """Return whether the form was shown to a guest, who has signed in meanwhile."""
        return self.request.POST.get("as") == "guest" and self.visitor.user is not None

    def refusal(self) -> Refused | None:
        """Return why nothing can be sent here now, whatever the words; None where it can."""
        if self.is_parent_gone:
            return PARENT_GONE
        try:
            check_open(self.thread, self.policy, self.parent)
            person = known_commenter(self.visitor, self._email)
            if person is not None:
                check_person(person)
        except Refused as refusal:
            return refusal
        return None

    @property
    def _email(self) -> str:
        return self.request.POST.get("email", "")

    def begin(self) -> HttpResponse:
        """Show the empty form, or why there is none."""
        if refusal := self.refusal():
            if refusal is not PARENT_GONE:
                return self._show("closed", told(refusal), status=HTTPStatus.OK)
            self.parent_key = ""
            message = told(self.refusal() or refusal)
            shape = "form" if message.code == "parent-gone" else "closed"
            return self._show(shape, message, form=self._form(), status=HTTPStatus.OK)
        chosen = {"section": self.request.GET.get("section", "")}
        return self._show("form", form=self._form(initial=chosen))

    def change(self) -> HttpResponse:
        """Show the form with what was sent, without complaints."""
        return self._show("form", form=self._form(initial=self.form.data))

    def form_page(self, message: Told) -> HttpResponse:
        """Show a message above the form."""
        return self._show("form", message, form=self._form(initial=self.form.data))

    def refuse(self, refusal: Refused) -> HttpResponse:
        """Say why the words are not taken: they can be sent again later, or copied."""
        message = told(refusal)
        if refusal.code == "limit":
            return self.preview(message)
        return self._show("copy", message)

    def preview(self, message: Told | None = None, *, fresh: bool = False) -> HttpResponse:
        """Show the comment as it will stand, or the form with what is missing.

        `fresh` gives the form a new token, so that it makes another comment.
        """
        if not self.form.is_valid():
            status = message.status if message else HTTPStatus.BAD_REQUEST
            return self._show("form", message, status=status)
        return self._show("preview", message, fresh=fresh)

    def _token(self, *, fresh: bool) -> str:
        """Return the token that was sent, while it is good: what it has made is not made twice."""
        sent = self.request.POST.get("submission", "")
        submission = submissions.read(sent)
        return submissions.make() if fresh or submission is None or submission.is_old else sent

    def _show(
        self,
        shape: str,
        message: Told | None = None,
        *,
        form: CommentForm | None = None,
        status: HTTPStatus | None = None,
        fresh: bool = False,
    ) -> HttpResponse:
        user = self.visitor.user
        context: dict[str, Any] = {
            "shape": shape,
            "told": message,
            "article": self.article,
            "parent": self.parent,
            "parent_key": self.parent_key,
            "form": form or self.form,
            # Who was signed out may sign in again or not: the preview says as whom they write.
            "writes_as": "" if self.is_signed_out else "guest" if user is None else "account",
            "writer": user,
            "submission": self._token(fresh=fresh),
        }
        if shape == "preview":
            sent = self.form.cleaned_data
            context["name"] = sent.get("name") or (user.display_name if user else "")
            context["facts"] = self._facts(sent.get("section", ""))
            context["html"] = render_comment(sent["text"])
            context["outlook"] = outlook.before_sending(
                self.visitor, self.thread, self.policy, self._email
            )
        status = status or (message.status if message else HTTPStatus.OK)
        response = render(self.request, template_for(self.request, "write"), context, status=status)
        if message is not None and message.retry_after is not None:
            response["Retry-After"] = str(message.retry_after)
        if user is None and shape != "closed":
            self._remember(response)
        return response

    def _facts(self, section: str) -> list[str]:
        """Return what stands beside the name in the thread."""
        if self.parent is not None:
            return ["now", f"in reply to {self.parent.name}"]
        title = section_title(self.article, section)
        return ["now", f"on “{title}”"] if title else ["now"]

    def _remember(self, response: HttpResponse) -> None:
        """Give a guest's browser its key before anything is sent: a double click is one person."""
        if not self.visitor.browser:
            self.visitor.browser = new_browser_key()
            remember(response, self.visitor)
