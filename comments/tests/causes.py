"""For what reasons a form can be refused, how to bring each about, and how to end it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from unittest import mock

from django.conf import settings
from django.db import DataError, InterfaceError, OperationalError, connection
from django.utils import timezone

from articles.models import Article
from comments import submissions
from comments.identity import COOKIE, commenter_of
from comments.models import Comment, Commenter, Thread
from comments.moderation import WRITER, approve, decide, reject
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_moderator, set_policy
from comments.tests.form_cases import BROWSER, WORDS, Scene, guest_client
from comments.views.kept import MOST_BYTES

GONE_WHEN_DELETED = ("delete", "delete, account")


@dataclass(frozen=True)
class Cause:
    """One reason. `fix` says what the person changes in the form that comes back."""

    name: str
    status: int
    bring: Callable[[Scene], AbstractContextManager] = lambda scene: nullcontext()
    change: dict[str, str] = field(default_factory=dict)
    fix: dict[str, str] = field(default_factory=dict)
    is_final: tuple[str, ...] = ()  # the forms that cannot be sent any more


@contextmanager
def no_csrf_cookie(scene: Scene) -> Iterator[None]:
    del scene.client.cookies[settings.CSRF_COOKIE_NAME]
    yield


@contextmanager
def other_csrf_cookie(scene: Scene) -> Iterator[None]:
    scene.client.cookies[settings.CSRF_COOKIE_NAME] = "z" * 32  # as after signing in elsewhere
    yield


@contextmanager
def another_origin(scene: Scene) -> Iterator[None]:
    scene.extra = {"HTTP_ORIGIN": "https://evil.example"}
    yield
    scene.extra = {}


@contextmanager
def signed_out(scene: Scene) -> Iterator[None]:
    del scene.client.cookies[settings.SESSION_COOKIE_NAME]
    yield
    scene.client.force_login(scene.user)


@contextmanager
def cookie_lost(scene: Scene) -> Iterator[None]:
    del scene.client.cookies[COOKIE]
    yield
    scene.client.cookies[COOKIE] = guest_client(BROWSER).cookies[COOKIE].value


def database_raises(error: Exception) -> Callable[[Scene], AbstractContextManager]:
    """Return what makes every query fail; the test's own savepoints go on."""

    def refuse(execute, sql, params, many, context):
        if "SAVEPOINT" in sql:
            return execute(sql, params, many, context)
        raise error

    @contextmanager
    def raising(scene: Scene) -> Iterator[None]:
        scene.client.raise_request_exception = False
        with connection.execute_wrapper(refuse):
            yield

    return raising


@contextmanager
def closed(scene: Scene) -> Iterator[None]:
    thread, _ = Thread.objects.get_or_create(article=scene.article)
    Thread.objects.filter(pk=thread.pk).update(opening=Thread.Opening.CLOSED)
    yield
    Thread.objects.filter(pk=thread.pk).update(opening=Thread.Opening.BY_AGE)


@contextmanager
def closed_by_age(scene: Scene) -> Iterator[None]:
    Article.objects.update(published_at=timezone.now() - timedelta(days=3))
    set_policy(close_after_days=2)
    yield
    set_policy(close_after_days=None)


@contextmanager
def withdrawn(scene: Scene) -> Iterator[None]:
    Article.objects.update(withdrawn_at=timezone.now())
    yield
    Article.objects.update(withdrawn_at=None)


@contextmanager
def parent_gone(scene: Scene) -> Iterator[None]:
    mo = create_moderator()
    reject(scene.comment, user=mo, reason=Reason.SPAM)
    yield
    approve(scene.comment, user=mo)


@contextmanager
def parent_locked(scene: Scene) -> Iterator[None]:
    Comment.objects.filter(pk=scene.comment.pk).update(is_locked=True)
    yield
    Comment.objects.filter(pk=scene.comment.pk).update(is_locked=False)


def restricted(**fields) -> Callable[[Scene], AbstractContextManager]:
    """Return what restricts the writer, and lifts it again."""

    @contextmanager
    def restricting(scene: Scene) -> Iterator[None]:
        writer = Commenter.objects.filter(pk=commenter_of(scene.user).pk)
        writer.update(**fields)
        yield
        writer.update(banned_at=None, suspended_until=None)

    return restricting


@contextmanager
def limited(scene: Scene) -> Iterator[None]:
    with mock.patch("comments.limits.take", return_value=timedelta(minutes=3)):
        yield


@contextmanager
def account_erased(scene: Scene) -> Iterator[None]:
    with mock.patch("comments.posting.hold_account", return_value=False):  # while it was sent
        yield


def token_is(make: Callable[[], str]) -> Callable[[Scene], AbstractContextManager]:
    """Return what gives the form another submission."""

    @contextmanager
    def replacing(scene: Scene) -> Iterator[None]:
        scene.form.fields["submission"] = make()
        yield

    return replacing


def old_token() -> str:
    with mock.patch.object(timezone, "now", return_value=timezone.now() - timedelta(hours=25)):
        return submissions.make()


@contextmanager
def sent_before(scene: Scene) -> Iterator[None]:
    taken = scene.form.send(scene.client, button="send", changes={"text": "Other words"})
    assert taken.status_code == 303
    yield


@contextmanager
def window_passed(scene: Scene) -> Iterator[None]:
    past = timezone.now() - timedelta(minutes=16)
    Comment.objects.filter(pk=scene.comment.pk).update(created_at=past)
    yield


@contextmanager
def answered(scene: Scene) -> Iterator[None]:
    create_comment(parent=scene.comment)
    yield


@contextmanager
def rejected(scene: Scene) -> Iterator[None]:
    reject(scene.comment, user=create_moderator(), reason=Reason.SPAM)
    yield


@contextmanager
def deleted(scene: Scene) -> Iterator[None]:
    decide(scene.comment, State.DELETED, actor=WRITER, reason=Reason.WRITER)
    yield


def filled(extra: dict[str, str]) -> Callable[[Scene], AbstractContextManager]:
    """Return what adds fields to the body."""

    @contextmanager
    def filling(scene: Scene) -> Iterator[None]:
        scene.form.fields = {**extra, **scene.form.fields}
        yield

    return filling


EMAIL = {"email": "ada@example.org"}
OF_EVERY_FORM = [
    Cause("database down", 503, database_raises(OperationalError("database is locked"))),
    Cause("database gone", 503, database_raises(InterfaceError("connection already closed"))),
    Cause("database refuses", 400, database_raises(DataError("value too long"))),
    Cause("our mistake", 500, database_raises(RuntimeError("a bug"))),
    Cause("body too large", 413, filled({"x1": "y" * MOST_BYTES})),
    Cause("too many fields", 413, filled({f"f{number}": "1" for number in range(1001)})),
]
OF_TOKENS = [
    Cause("no csrf cookie", 403, no_csrf_cookie),
    Cause("no csrf token", 403, change={"csrfmiddlewaretoken": ""}),
    Cause("wrong csrf token", 403, change={"csrfmiddlewaretoken": "x" * 64}),
    Cause("old csrf token", 403, other_csrf_cookie),
    Cause("cross-origin", 403, another_origin),
]
OF_SOME = [
    Cause("session expired", 403, signed_out),
    Cause("cookie lost", 403, cookie_lost),
    Cause("no name", 400, change={"name": " \u202e "}, fix={"name": "Ada"}),
    Cause("name is address", 400, change={"name": "ada@example.org"}, fix={"name": "Ada"}),
    Cause("name is ours", 400, change={"name": "Васkend Guide editors"}, fix={"name": "Ada"}),
    Cause("no e-mail", 400, change={"email": ""}, fix=EMAIL),
    Cause("bad e-mail", 400, change={"email": "ada@"}, fix=EMAIL),
    Cause("too long", 400, change={"text": WORDS + "y"}, fix={"text": WORDS}),
    Cause("limit", 429, limited),
    Cause("closed", 409, closed),
    Cause("closed by age", 409, closed_by_age),
    Cause("guide withdrawn", 404, withdrawn),
    Cause("parent gone", 409, parent_gone),
    Cause("parent locked", 409, parent_locked),
    Cause("banned", 403, restricted(banned_at=timezone.now())),
    Cause("suspended", 403, restricted(suspended_until=timezone.now() + timedelta(days=300))),
    Cause("account erased", 409, account_erased),
    Cause("old submission", 409, token_is(old_token)),
    Cause("forged submission", 400, token_is(lambda: submissions.make()[:-1] + "_")),
    Cause("no submission", 400, token_is(lambda: "")),
    Cause("sent before", 409, sent_before),
    Cause("window passed", 409, window_passed, fix=EMAIL, is_final=GONE_WHEN_DELETED),
    Cause("answered", 409, answered, fix=EMAIL, is_final=GONE_WHEN_DELETED),
    Cause("rejected", 409, rejected, fix=EMAIL, is_final=GONE_WHEN_DELETED),
    Cause("deleted", 409, deleted, fix=EMAIL),
]
