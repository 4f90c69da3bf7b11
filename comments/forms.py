"""What people fill in when they comment. The forms say what is wrong and never cut a word."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import User
from accounts.registries import notices
from articles.models import Article
from comments.models import Comment
from comments.models.comment import MAX_LENGTH
from comments.wanted import REPLIES
from core.cleaning import clean_text, is_our_name, says_something
from core.form_fields import NameField

ALL_OFF = (
    "Letters about replies are switched off for your whole account, so this brings none until you "
    "switch them on again under Notifications."
)
WHOLE_GUIDE = "The whole guide"


class WordsField(forms.CharField):
    """The text of a comment: kept as it was typed, refused where it is empty or too long."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        """Return the text with line feeds for newlines and no control characters."""
        return clean_text(str(value or ""))

    def validate(self, value: str) -> None:
        """Raise ValidationError where there is nothing to read, or too much."""
        if not says_something(value):
            raise ValidationError("Write your comment here; nothing was in this field.")
        if len(value) > MAX_LENGTH:
            over = len(value) - MAX_LENGTH
            raise ValidationError(
                f"This is {over:,} {'character' if over == 1 else 'characters'} too long. "
                f"A comment has room for {MAX_LENGTH:,}; none of yours was cut."
            )


class SectionField(forms.CharField):
    """A part of the guide. One that the guide has lost meanwhile means the whole guide."""

    widget = forms.Select

    def offer(self, sections: list[tuple[str, str]]) -> None:
        """Say which parts there are."""
        self.known = {section for section, _ in sections}
        self.widget.choices = [("", WHOLE_GUIDE), *sections]

    def clean(self, value: Any) -> str:
        """Return the id of the part; empty for the whole guide."""
        return str(value) if value in self.known else ""


def _typed(data: QueryDict | None) -> dict[str, str] | None:
    """Return what was sent with the text as it would be stored, so that it comes back like that."""
    if data is None:
        return None
    sent = {name: str(value) for name, value in data.items()}
    return {**sent, "text": clean_text(sent.get("text", ""))}


def _words() -> WordsField:
    return WordsField(
        label="Comment",
        help_text="Markdown works: *emphasis*, `code`, > quotation, lists and links.",
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )


class CommentForm(forms.Form):
    """A comment or an answer, by a guest or from an account."""

    use_required_attribute = False  # what is missing is said beside the field, with the words kept

    text = _words()
    name = NameField(
        label="Name",
        help_text="Public, beside your comment.",
        widget=forms.TextInput(
            attrs={"autocomplete": "name", "dir": "auto", "enterkeyhint": "next"}
        ),
        error_messages={"required": "Write the name to stand beside your comment."},
    )
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        help_text="Your email address will not be published. We write to it once, to make sure "
        "that the comment is yours, and when a moderator decides about it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "enterkeyhint": "next"}),
        error_messages={
            "required": "Write your e-mail address; the comment is confirmed from there.",
            "invalid": "This is not a complete e-mail address, such as ada@example.org.",
        },
    )
    section = SectionField(label="About", required=False)
    wants_replies = forms.BooleanField(label="Mail me when somebody answers", required=False)
    website = forms.CharField(
        label="Leave this field empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        article: Article,
        user: User | None,
        parent: Comment | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        """`parent` is the comment that is answered; answers belong to its section."""
        prefix = f"reply-{parent.pk}" if parent else "write"
        super().__init__(_typed(data), initial=initial, auto_id=f"{prefix}-%s")
        self.user = user
        if user is not None:
            del self.fields["email"]
            if not notices.wants(user, REPLIES):
                self.fields["wants_replies"].help_text = ALL_OFF
            if user.display_name:
                del self.fields["name"]
            else:
                self.fields[
                    "name"
                ].help_text = (
                    "Public, beside your comments. Your account has no name yet and keeps this one."
                )
        sections = [(item["id"], item["text"]) for item in article.outline]
        if parent is not None or not sections:
            del self.fields["section"]
        else:
            field = self.fields["section"]
            assert isinstance(field, SectionField)
            field.offer(sections)

    def clean_name(self) -> str:
        """Return the name. Raises ValidationError for one that would be taken for ours."""
        name = str(self.cleaned_data["name"])
        if is_our_name(name) and not (self.user and self.user.is_staff):
            raise ValidationError("This name speaks for the site; please choose one of your own.")
        return name

    def sent(self) -> list[tuple[str, str]]:
        """Return the fields with what was sent in them, to be sent once more out of sight."""
        fields = [
            (name, clean_text(str(self.data[name]))) for name in self.fields if name in self.data
        ]
        return [(name, value) for name, value in fields if value]

    @property
    def is_trap_filled(self) -> bool:
        """Return whether a field was filled in that people do not see."""
        return bool(self.data.get("website"))

    @property
    def words(self) -> str:
        """Return the text as it was sent, whether or not it is valid."""
        return str(self.data.get("text", ""))


class EditForm(forms.Form):
    """The words of a comment, changed by its writer."""

    use_required_attribute = False

    text = _words()

    def __init__(
        self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(_typed(data), initial=initial, auto_id="edit-%s")

    @property
    def words(self) -> str:
        """Return the text as it was sent, whether or not it is valid."""
        return str(self.data.get("text", ""))
