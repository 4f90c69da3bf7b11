"""Every form of the desk of comments in which people write, filled in and not sent yet."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse

from comments.models import Appeal, ModerationAct, Note, Notice, Policy, Rule
from comments.rule_values import Kind
from comments.states import State
from comments.tests.desk import APPEALS, DECIDE, DESK, NOTICES, page_url, sign_in_moderator
from comments.tests.factories import create_comment
from comments.tests.form_cases import Scene, strict_client
from comments.tests.pages import form_with
from comments.tests.rule_desk import ADD
from comments.tests.test_desk_answers import create_appeal, create_notice

WORDS = 'It is about <tea> & "queues".\nשלום 🙂 </textarea><script>x</script>'


@dataclass
class DeskScene(Scene):
    """A form of the desk, whose buttons say what they do by a name and a value."""

    pressed: tuple[str, str] = ("_save", "Save")

    def send(self) -> HttpResponse:
        """Send the form as a browser does, by its button."""
        words = self.form.fields[self.words_field].replace("\n", "\r\n")
        changes = {self.words_field: words, self.pressed[0]: self.pressed[1]}
        return self.form.send(self.client, button="x", changes=changes, **self.extra)


@dataclass(frozen=True)
class DeskCase:
    """A form of the desk by its name."""

    name: str
    open: Callable[[], DeskScene]


def _scene(
    at: str,
    field: str,
    stored: Callable[[], int],
    *,
    to: str = "",
    do: str = "",
    words: str = WORDS,
    **others: str,
) -> DeskScene:
    client = strict_client()
    user = sign_in_moderator(client)
    form = form_with(client.get(at), field)
    form.action = to or form.action or at
    buttons = [name for name in form.fields if name.startswith("_")]
    for name in buttons:
        del form.fields[name]
    form.fields |= {field: words, **others}
    pressed = ("do", do) if do else ("_save", "Save")
    return DeskScene(client, form, stored, words, field, user=user, pressed=pressed)


def _acts(**fields: str) -> Callable[[], int]:
    return ModerationAct.objects.filter(statement=WORDS, **fields).count


def _card(*, on_page: bool) -> DeskScene:
    comment = create_comment(state=State.PENDING)
    at = page_url(comment) if on_page else DESK
    field, do = f"statement-{comment.pk}", f"reject:{comment.pk}"
    return _scene(at, field, _acts(), do=do, **{f"reason-{comment.pk}": "abuse"})


def _many() -> DeskScene:
    comment = create_comment(state=State.PENDING)
    others = {"chosen": str(comment.pk), "reason": "abuse"}
    return _scene(DESK, "statement", _acts(), to=DECIDE, do="reject", **others)


def _page(verb: str, field: str, stored: Callable[[], int], **others: str) -> DeskScene:
    return _scene(page_url(create_comment()), field, stored, do=verb, **others)


def _answer(at: str, do: str, row: Appeal | Notice) -> DeskScene:
    stored = type(row)._default_manager.filter(statement=WORDS).count
    return _scene(at, f"statement-{row.pk}", stored, do=f"{do}:{row.pk}")


def _rule() -> DeskScene:
    fields = {"name": "Bonus", "kind": Kind.WORDS.value, "value": "bonus\ngift"}
    scene = _scene(ADD, "note", Rule.objects.filter(note=WORDS).count, **fields)
    del scene.form.fields["is_active"]  # what is not in use is stored without being tried
    return scene


def _thread() -> DeskScene:
    thread = create_comment().thread
    at = f"/admin/comments/thread/{thread.pk}/change/"
    return _scene(at, "statement", _acts(thread=thread), opening="closed", reason="order")


def _policy() -> DeskScene:
    at = "/admin/comments/policy/add/"
    field, stored = "approvals_to_weigh", Policy.objects.filter(approvals_to_weigh=23).count
    return _scene(at, field, stored, words="23", mode="first")


CASES = [
    DeskCase("decision", lambda: _card(on_page=False)),
    DeskCase("decision about many", _many),
    DeskCase("decision on the page", lambda: _card(on_page=True)),
    DeskCase("note", lambda: _page("note", "note-text", Note.objects.filter(text=WORDS).count)),
    DeskCase(
        "restriction",
        lambda: _page(
            "person",
            "person-statement",
            _acts(action="ban"),
            **{"person-action": "ban", "person-reason": "abuse"},
        ),
    ),
    DeskCase(
        "closing",
        lambda: _page(
            "thread",
            "thread-statement",
            _acts(action="close-thread"),
            **{"thread-opening": "closed", "thread-reason": "order"},
        ),
    ),
    DeskCase("appeal", lambda: _answer(APPEALS, "uphold", create_appeal())),
    DeskCase("notice", lambda: _answer(NOTICES, "stay", create_notice(create_comment()))),
    DeskCase("rule", _rule),
    DeskCase("thread", _thread),
    DeskCase("policy", _policy),
]
