"""Fields for what people write about themselves: cleaned, never cut, never silently changed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.cleaning import clean_name, clean_text, is_address, says_something
from core.visible import visible

MOST_IN_NAME = 80


class NameField(forms.CharField):
    """A name on one line, without what would turn or hide the words around it."""

    def to_python(self, value: Any) -> str:
        """Return the name as it will be shown."""
        return clean_name(str(value or ""))

    def validate(self, value: str) -> None:
        """Raise ValidationError for a name that is missing, hidden, too long, or an address."""
        super().validate(value)
        if not value and not self.required:
            return
        if not says_something(value):
            raise ValidationError("Write a name that can be read.")
        if len(value) > MOST_IN_NAME:
            raise ValidationError(
                f"A name has room for {MOST_IN_NAME} characters; this has {len(value)}."
            )
        if is_address(value):
            raise ValidationError("Your name would be public; this is an e-mail address.")


class PlainTextField(forms.CharField):
    """Some paragraphs of plain text; too much is refused, and none of it is cut."""

    widget = forms.Textarea

    def __init__(self, *, most: int, **options: Any) -> None:
        self.most = most
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """Return the text with line feeds for newlines and no control characters."""
        return visible(clean_text(str(value or ""))).strip()

    def validate(self, value: str) -> None:
        """Raise ValidationError where the text is missing or too long."""
        super().validate(value)
        if len(value) > self.most:
            over = len(value) - self.most
            raise ValidationError(
                f"There is room for {self.most:,} characters; this is {over:,} too long. "
                "None of yours was cut."
            )
