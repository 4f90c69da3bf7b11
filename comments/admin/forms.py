"""The small forms beside a comment: about its writer, about its thread, and a note."""

from typing import Any

from django import forms

from comments.acts import STATEMENT_LENGTH
from comments.admin.typed import with_our_lines
from comments.models import Note, Thread
from comments.states import REJECTIONS, Action, Reason

NOTE_LENGTH = Note._meta.get_field("text").max_length
FORMAT = "%Y-%m-%dT%H:%M"

LIFT_WORDS = "Say why the restrictions are lifted; the person reads it."
ORDER_REASONS = (Reason.ORDER, Reason.OFF_TOPIC, Reason.ABUSE, Reason.SPAM, Reason.OTHER)


def labels(*choices: Any, empty: str) -> list[tuple[str, str]]:
    """Return choices for a select box, with a first line that asks for one."""
    return [("", empty), *((choice.value, choice.label) for choice in choices)]


class WordsField(forms.CharField):
    """Words of a moderator, in lines as we count them.

    Too many are refused here, with the words kept: a browser that knew the limit would cut what is
    pasted, and say nothing.
    """

    widget = forms.Textarea(attrs={"rows": 3, "dir": "auto"})

    def to_python(self, value: Any) -> str:
        """Return the words with line ends as they are stored everywhere at the desk."""
        return with_our_lines(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Return the attributes without the limit."""
        return {}


class _Statement(WordsField):
    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=STATEMENT_LENGTH, required=False, **options)


class DeskForm(forms.Form):
    """A form that comes back with its words, and with errors only where its own button was pressed.

    It stands inside the form of the whole page, so nothing is marked as required for the browser.
    """

    use_required_attribute = False

    def __init__(self, data: Any = None, *, is_pressed: bool = False, **options: Any) -> None:
        bound = data if is_pressed else None
        if data is not None and not is_pressed:
            prefix = options.get("prefix") or self.prefix
            options["initial"] = {
                name: data.get(f"{prefix}-{name}", "") for name in self.base_fields
            }
        super().__init__(bound, label_suffix="", **options)


class PersonForm(DeskForm):
    """What a moderator decides about a person."""

    prefix = "person"
    action = forms.ChoiceField(
        label="What",
        choices=labels(
            Action.HOLD_ALWAYS, Action.SUSPEND, Action.BAN, Action.LIFT, empty="Choose …"
        ),
        error_messages={"required": "Choose what to do."},
    )
    until = forms.DateTimeField(
        label="Suspended until, in your time zone",
        required=False,
        input_formats=[FORMAT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=FORMAT),
        error_messages={"invalid": "Write a day and a time, such as 2030-01-31 12:00."},
    )
    reason = forms.ChoiceField(
        label="Reason that the person reads",
        required=False,
        choices=labels(*REJECTIONS, empty="Choose a reason …"),
    )
    statement = _Statement(label="In your words, for the person")

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen act needs; `moderation.restrict` asks again."""
        data = super().clean() or {}
        action, statement = data.get("action"), data.get("statement", "").strip()
        if action == Action.LIFT:
            data["reason"] = Reason.OTHER
            if not statement:
                self.add_error("statement", LIFT_WORDS)
        elif action and not data.get("reason"):
            self.add_error("reason", "Choose the reason that the person will read.")
        if action == Action.SUSPEND and not data.get("until") and "until" not in self.errors:
            self.add_error("until", "Say until when, a moment ahead.")
        return data


class OpeningForm(DeskForm):
    """Whether people may comment on a guide."""

    prefix = "thread"
    opening = forms.ChoiceField(label="This thread is", choices=Thread.Opening.choices)
    reason = forms.ChoiceField(
        label="Reason",
        choices=labels(*ORDER_REASONS, empty="Choose a reason …"),
        error_messages={"required": "Choose the reason; it stands in the log."},
    )
    statement = _Statement(label="In your words, for the log")


class NoteForm(DeskForm):
    """A word to colleagues; nobody else reads it."""

    prefix = "note"
    text = WordsField(
        label="Note for colleagues",
        max_length=NOTE_LENGTH,
        error_messages={"required": "Write the note first."},
    )
