"""The forms of appeals, reports and notices, and for what else they can be refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import reverse

from accounts.models import User
from comments import tokens
from comments.appeals import appeal
from comments.identity import Visitor
from comments.models import Appeal, Flag, Notice
from comments.moderation import approve
from comments.reports import flag
from comments.states import Reason, State
from comments.tests.causes import EMAIL, Cause
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.form_cases import BROWSER, WORDS, FormCase, Scene, guest_client, strict_client
from comments.tests.pages import form_with

APPEAL = WORDS[:1_990].rstrip() + "\n."
REPORT = WORDS[:990].rstrip() + "\n."


def _appeal(*, by: str) -> Scene:
    user = create_reader() if by == "account" else None
    comment = create_comment(
        user=user, browser="" if user else BROWSER, state=State.REJECTED, by=create_moderator()
    )
    act = comment.acts.decisions().newest_first()[0]
    client = guest_client() if by == "cookie" else strict_client()
    if user is not None:
        client.force_login(user)
    asked = {"key": tokens.make(tokens.DECISION, act.pk)} if by == "key" else {}
    form = form_with(client.get(reverse("comments:appeal", args=[act.pk]), asked), "text")
    form.fields["text"] = APPEAL
    return Scene(
        client=client,
        form=form,
        stored=Appeal.objects.count,
        words=APPEAL,
        article=comment.thread.article,
        comment=comment,
        user=user,
    )


def _report(user: User | None) -> Scene:
    comment = create_comment()
    client = strict_client()
    if user is not None:
        client.force_login(user)
    form = form_with(client.get(reverse("comments:report", args=[comment.pk])), "words")
    form.fields |= {"reason": "abuse", "words": REPORT}
    return Scene(
        client=client,
        form=form,
        stored=Flag.objects.filter(words=REPORT.strip()).count,
        words=REPORT,
        words_field="words",
        article=comment.thread.article,
        comment=comment,
        user=user,
    )


def _notice() -> Scene:
    comment = create_comment()
    client = strict_client()
    page = client.get(reverse("comments:notice"), {"comment": comment.pk})
    form = form_with(page, "explanation")
    form.fields |= {"explanation": WORDS, "in_good_faith": "on", "name": "Nora <b>", **EMAIL}
    return Scene(
        client=client,
        form=form,
        stored=Notice.objects.count,
        words_field="explanation",
        comment=comment,
    )


@contextmanager
def _appealed_before(scene: Scene) -> Iterator[None]:
    appeal(scene.comment.acts.decisions().newest_first()[0], "Other words")
    yield
    # The appeal stays, and what was typed now is given back to be kept.


@contextmanager
def _approved_since(scene: Scene) -> Iterator[None]:
    approve(scene.comment, user=create_moderator())
    yield


@contextmanager
def _reported_before(scene: Scene) -> Iterator[None]:
    visitor = Visitor(scene.user)
    flag(scene.comment, visitor=visitor, network="127.0.0.1", reason=Reason.SPAM, words="Other")
    yield


APPEALS = ("appeal, account", "appeal, cookie", "appeal, key")
REPORTS = ("report", "report, account")

OF_ANSWERS = [
    Cause("trap filled", 400, change={"website": "https://spam.example"}),
    Cause("appeal too long", 400, change={"text": WORDS}, fix={"text": APPEAL}),
    Cause("approved since", 409, _approved_since, is_final=APPEALS),
    Cause("report too long", 400, change={"words": WORDS}, fix={"words": REPORT}),
    Cause("no reason", 400, change={"reason": ""}, fix={"reason": "spam"}),
    Cause("unknown reason", 400, change={"reason": "fits"}, fix={"reason": "spam"}),
    Cause("reported before", 409, _reported_before, is_final=REPORTS),
    Cause("no address", 400, change={"address": " "}, fix={"address": "/guides/x/"}),
    Cause("long address", 400, change={"address": "x" * 501}, fix={"address": "/guides/x/"}),
    Cause("no good faith", 400, change={"in_good_faith": ""}, fix={"in_good_faith": "on"}),
    Cause(
        "notice too long", 400, change={"explanation": WORDS + "y" * 9}, fix={"explanation": WORDS}
    ),
]
_OF_APPEALS = ("trap filled", "appeal too long", "approved since", "limit")
_OF_REPORTS = (
    "trap filled",
    "report too long",
    "no reason",
    "unknown reason",
    "reported before",
    "guide withdrawn",
    "limit",
)

ANSWER_FORMS = [
    FormCase("appeal, account", lambda: _appeal(by="account"), (*_OF_APPEALS, "session expired")),
    FormCase("appeal, cookie", lambda: _appeal(by="cookie"), (*_OF_APPEALS, "cookie lost")),
    FormCase("appeal, key", lambda: _appeal(by="key"), _OF_APPEALS),
    FormCase("report", lambda: _report(None), _OF_REPORTS),
    FormCase("report, account", lambda: _report(create_reader()), _OF_REPORTS),
    FormCase(
        "notice",
        _notice,
        (
            "trap filled",
            "no address",
            "long address",
            "no good faith",
            "notice too long",
            "bad e-mail",
            "limit",
        ),
    ),
]
