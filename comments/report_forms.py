"""What people fill in to appeal, to report a comment, and to send a notice of illegal content."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from comments.appeals import LONGEST
from comments.states import REJECTIONS, Reason
from core.cleaning import clean_name, clean_text, says_something

MOST_IN_REPORT = 1_000
MOST_IN_EXPLANATION = 5_000

# The reasons of a rejection as a reader would put them.
REPORT_REASONS = {
    Reason.SPAM: "It is advertising",
    Reason.OFF_TOPIC: "It is not about the guide or the comment that it answers",
    Reason.ABUSE: "It attacks or demeans people",
    Reason.PERSONAL_DATA: "It gives away details about a private person",
    Reason.MISLEADING: "It states as fact what is known to be wrong, in a harmful way",
    Reason.REPEATED: "It repeats what was said before",
    Reason.ILLEGAL: "I believe that it is against the law",
    Reason.OTHER: "Something else, which I describe below",
}
assert set(REPORT_REASONS) == set(REJECTIONS)


class PlainWords(forms.CharField):
    """Words that are kept as they were typed; too many are refused, and none is cut."""

    def __init__(self, *, most: int, rows: int = 8, **options: Any) -> None:
        self.most = most
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows, "dir": "auto"}))
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        """Return the text with line feeds for newlines and no control characters."""
        return clean_text(str(value or ""))

    def bound_data(self, data: Any, initial: Any) -> str:
        """Return what stands in the form again, with the newlines that browsers show."""
        return self.to_python(data)

    def validate(self, value: str) -> None:
        """Raise ValidationError where words are missing, or too many."""
        if self.required and not says_something(value):
            raise ValidationError(self.error_messages["required"])
        if len(value.strip()) > self.most:
            raise ValidationError(
                f"There is room for {self.most:,} characters; this has {len(value.strip()):,}. "
                "None of yours was cut."
            )


class KeptForm(forms.Form):
    """A form that says what is wrong beside the field, and has a field that people do not see."""

    use_required_attribute = False

    website = forms.CharField(
        label="Leave this field empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_trap_filled(self) -> bool:
        """Return whether a field was filled in that people do not see."""
        return bool(self.data.get("website"))

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """Return the fields for people."""
        return [field for field in self if field.name != "website"]


class AppealForm(KeptForm):
    """The writer's answer to a decision."""

    text = PlainWords(
        most=LONGEST,
        label="Why you see it otherwise",
        help_text="Say what the moderator may have missed. You appeal once, so take your time.",
        error_messages={"required": "Say why you see it otherwise; nothing was in this field."},
    )

    @property
    def words(self) -> str:
        """Return the text as it was sent, whether or not it is valid."""
        return clean_text(str(self.data.get("text", "")))


class ReportForm(KeptForm):
    """What a reader finds wrong with a comment."""

    reason = forms.ChoiceField(
        label="What is wrong with it",
        choices=[(reason.value, label) for reason, label in REPORT_REASONS.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what is wrong with the comment.",
            "invalid_choice": "Choose one of the reasons below.",
        },
    )
    words = PlainWords(
        most=MOST_IN_REPORT,
        rows=4,
        required=False,
        label="In your words",
        help_text="Moderators read it. Whoever wrote the comment does not.",
    )

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError for "something else" that is not described."""
        sent = super().clean() or {}
        is_other = sent.get("reason") == Reason.OTHER
        if is_other and "words" in sent and not says_something(sent["words"]):
            self.add_error("words", "Describe what is wrong; the reason alone does not say it.")
        return sent


class NoticeForm(KeptForm):
    """A notice of content against the law (EU Digital Services Act, Article 16)."""

    address = forms.CharField(
        label="Where it stands",
        max_length=500,
        help_text="The address of the page or of the comment. For a comment, follow the link on "
        "its date, and copy the address from your browser.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
        error_messages={
            "required": "Give the address, so that we find the place.",
            "max_length": "There is room for 500 characters; the shortest address that leads to "
            "the place is enough.",
        },
    )
    explanation = PlainWords(
        most=MOST_IN_EXPLANATION,
        label="Why it is against the law",
        help_text="Which words you mean, which law they break, and where that law holds.",
        error_messages={"required": "Say why it is against the law; nothing was in this field."},
    )
    name = forms.CharField(
        label="Your name",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"max_length": "A name has room for 120 characters."},
    )
    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        required=False,
        help_text="Without it we can send you no answer; the page with the outcome stays open to "
        "you. You need give neither name nor address, least of all where the content shows the "
        "sexual abuse of a child.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": "This is not a complete e-mail address, such as ada@example.org."
        },
    )
    in_good_faith = forms.BooleanField(
        label="I believe in good faith that what I say here is accurate and complete",
        error_messages={"required": "We can take a notice only with this statement."},
    )

    def clean_address(self) -> str:
        """Return the address on one line, without what cannot be seen."""
        return clean_name(str(self.cleaned_data["address"]))

    def clean_name(self) -> str:
        """Return the name on one line, without what cannot be seen."""
        return clean_name(str(self.cleaned_data["name"]))
