"""Every form in which people write, for the tests that nothing they wrote is lost.

A `FormCase` opens a form with words in it. To have another form tested, write a function that
returns a `Scene` and add a case to `FORMS`; causes that any form can fail from come by themselves.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from articles.models import Article
from articles.tests.factories import create_live_guide
from comments.identity import COOKIE, SALT
from comments.models import Comment
from comments.states import State
from comments.tests.factories import create_comment, create_reader
from comments.tests.pages import Form, form_with

_odd = (
    "\n\n<b>bold</b> & \"quotes\" 'single' </textarea><script>x</script> 🙂👩‍👩‍👧 שלום עולם مرحبا\n"
)
WORDS = _odd + "ab " * ((5_000 - len(_odd)) // 3) + "x" * ((5_000 - len(_odd)) % 3)
assert len(WORDS) == 5_000
BROWSER = "0123456789abcdef0123456789abcdef"


@dataclass
class Scene:
    """A form that somebody has filled in and not sent yet."""

    client: Client
    form: Form
    stored: Callable[[], int]  # counts what sending the form stores
    words: str = WORDS
    words_field: str = "text"
    button: str = "send"
    article: Article | None = None
    comment: Comment | None = None  # that is edited or answered
    user: User | None = None
    extra: dict[str, str] = field(default_factory=dict)  # headers of the request

    def send(self) -> HttpResponse:
        """Send it as a browser does, with carriage returns."""
        typed = {self.words_field: self.form.fields[self.words_field].replace("\n", "\r\n")}
        return self.form.send(self.client, button=self.button, changes=typed, **self.extra)


@dataclass(frozen=True)
class FormCase:
    """A form, and the causes (by name) for which it can be refused beside those of every form."""

    name: str
    open: Callable[[], Scene]
    causes: tuple[str, ...] = ()
    needs_token: bool = True


def strict_client() -> Client:
    """Return a browser whose tokens are checked."""
    return Client(enforce_csrf_checks=True)


def guest_client(browser: str = BROWSER) -> Client:
    """Return the browser of a guest who has the cookie already."""
    from django.core import signing

    client = strict_client()
    client.cookies[COOKIE] = signing.dumps({"b": browser, "c": []}, salt=SALT)
    return client


def _count_words() -> int:
    return Comment.objects.filter(text=WORDS).count()


def _write(user: User | None, parent: Comment | None = None, *, is_first: bool = False) -> Scene:
    article = parent.thread.article if parent else create_live_guide()
    client = strict_client()
    if user is not None:
        client.force_login(user)
    url = reverse("comments:write", args=[article.slug])
    if is_first:
        page = client.get(article.get_absolute_url())
    else:
        page = client.get(url, {"parent": parent.pk} if parent else {})
    form = form_with(page, "text")
    form.fields["text"] = WORDS
    if user is None:
        form.fields |= {"name": "Ada Löve <3", "email": "ada@example.org"}
    return Scene(
        client=client,
        form=form,
        stored=_count_words,
        button="preview" if is_first else "send",
        article=article,
        comment=parent,
        user=user,
    )


def _own(action: str, *, is_guest: bool) -> Scene:
    user = None if is_guest else create_reader()
    words = "The first words" if action == "edit" else WORDS
    comment = create_comment(text=words, name="Ada", user=user, browser=BROWSER if is_guest else "")
    client = guest_client() if is_guest else strict_client()
    if user is not None:
        client.force_login(user)
    form = form_with(client.get(reverse(f"comments:{action}", args=[comment.pk])), "text")
    form.fields["text"] = WORDS
    return Scene(
        client=client,
        form=form,
        stored=_count_words if action == "edit" else _count_deleted,
        article=comment.thread.article,
        comment=comment,
        user=user,
    )


def _count_deleted() -> int:
    return Comment.objects.filter(state=State.DELETED).count()


THREAD = ("closed", "closed by age", "guide withdrawn")
GUEST = ("no name", "name is address", "name is ours", "no e-mail", "bad e-mail")
SUBMISSION = ("old submission", "forged submission", "no submission", "sent before")
PERSON = ("banned", "suspended", "session expired")
PARENT = ("parent gone", "parent locked")
LEFT = ("account erased",)
DECIDED = ("window passed", "answered", "rejected")

FORMS: list[FormCase] = [
    FormCase(
        "first",
        lambda: _write(None, is_first=True),
        (*THREAD, *GUEST, "too long"),
        needs_token=False,
    ),
    FormCase("write", lambda: _write(None), (*THREAD, *GUEST, *SUBMISSION, "too long", "limit")),
    FormCase(
        "write, account",
        lambda: _write(create_reader()),
        (*THREAD, *SUBMISSION, *PERSON, *LEFT, "too long", "limit"),
    ),
    FormCase(
        "reply",
        lambda: _write(None, create_comment()),
        (*THREAD, *GUEST, *SUBMISSION, *PARENT, "too long", "limit"),
    ),
    FormCase(
        "reply, account",
        lambda: _write(create_reader(), create_comment()),
        (*THREAD, *SUBMISSION, *PARENT, *PERSON, *LEFT, "too long", "limit"),
    ),
    FormCase(
        "edit", lambda: _own("edit", is_guest=True), (*DECIDED, "too long", "limit", "cookie lost")
    ),
    FormCase(
        "edit, account",
        lambda: _own("edit", is_guest=False),
        (*DECIDED, *PERSON, "deleted", "too long", "limit"),
    ),
    FormCase("delete", lambda: _own("delete", is_guest=True), (*DECIDED, "cookie lost")),
    FormCase(
        "delete, account", lambda: _own("delete", is_guest=False), (*DECIDED, "session expired")
    ),
]
