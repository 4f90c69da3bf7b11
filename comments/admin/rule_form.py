"""The form of a rule: it is tried on decided comments before it is saved."""

import hashlib
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from comments.admin.typed import with_our_lines
from comments.models import Rule
from comments.rule_values import MOST_AN_HOUR, MOST_LINKS, MOST_PATTERNS, Kind
from comments.screening.dry_run import DryRun, dry_run

TRY = "_try"
SALT = "comments.rule.tried"
STILL_FRESH = timedelta(days=1)

VALUES = {
    Kind.LINKS: (
        f"Holds a comment with at least so many links, from 1 to {MOST_LINKS}. Links that are "
        "written out count too."
    ),
    Kind.WORDS: (
        "Holds any of these; one word or phrase a line. Whole words in any case: “press” does not "
        "hold “WordPress”. Looked for in the comment, the name it is signed with, and the "
        "addresses of its links. Disguised letters and hidden characters are seen through."
    ),
    Kind.PATTERN: (
        f"Holds what fits any of these; one pattern a line, at most {MOST_PATTERNS}. Regular "
        r"expressions as RE2 knows them, in any case: \pL is any letter, \b and \w know Latin "
        "letters without accents alone."
    ),
    Kind.ADDRESS: (
        "Holds comments of writers with such an address; one address or domain a line. "
        "example.org stands for mail.example.org too."
    ),
    Kind.RATE: (
        f"Holds what comes after so many comments in an hour, from 1 to {MOST_AN_HOUR}, of one "
        "person or from one network. A school or an office may be one network."
    ),
}


def proof_of(rule: Rule) -> str:
    """Return a signed token that says: what exactly this rule would have held was seen."""
    return signing.dumps(_fingerprint(rule), salt=SALT)


def is_proven(rule: Rule, token: str) -> bool:
    """Return whether a token was made for exactly this rule, not more than a day ago."""
    try:
        return bool(signing.loads(token, salt=SALT, max_age=STILL_FRESH) == _fingerprint(rule))
    except signing.BadSignature:
        return False


def _fingerprint(rule: Rule) -> str:
    return hashlib.sha256(f"{rule.kind}\n{rule.value}".encode()).hexdigest()


def _explained(kind: Kind) -> SafeString:
    """Return a kind of rule with what to write as its value."""
    return format_html('{}<span class="rule-kind">{}</span>', kind.label, VALUES[kind])


class RuleForm(forms.ModelForm):
    """A rule. Valid only once its writer has seen what exactly this value would have held."""

    tried = forms.CharField(required=False, widget=forms.HiddenInput)
    run: DryRun | None = None  # to be shown, instead of saving

    class Meta:
        model = Rule
        fields = ("name", "kind", "value", "is_active", "note")
        widgets = {
            "kind": forms.RadioSelect,
            "value": forms.Textarea(
                attrs={"rows": 8, "spellcheck": "false", "autocapitalize": "none", "dir": "auto"}
            ),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "name": "Moderators read it beside each comment that the rule holds.",
            "value": "As its kind asks for. Lines that cannot be read are named.",
            "is_active": "A rule that is not in use holds nothing, and keeps its history.",
            "note": "For colleagues, and for the history.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            kind = self.fields["kind"]
            assert isinstance(kind, forms.ChoiceField)
            # Without the empty choice that a list would begin with.
            kind.choices = [(one.value, _explained(one)) for one in Kind]

    def clean_value(self) -> str:
        """Return the value with line feeds alone, so that it is the same each time it is sent."""
        return "\n".join(self.cleaned_data["value"].splitlines())

    def clean_note(self) -> str:
        """Return the words as they are stored everywhere at the desk."""
        return with_our_lines(self.cleaned_data["note"])

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's, undocumented; the model checks here
        if self.errors or "value" not in self.cleaned_data:
            return
        if TRY not in self.data and (not self._has_to_be_seen() or self._was_seen()):
            return
        self.run = dry_run(self.instance)
        sent = cast("QueryDict", self.data).copy()
        sent[self.add_prefix("tried")] = proof_of(self.instance)
        self.data = sent
        self.add_error(None, ValidationError("Look at what it would have held first.", code="look"))

    def _has_to_be_seen(self) -> bool:
        """Return whether saving would make the site hold what it did not hold before."""
        if not self.instance.is_active:
            return False
        stored = Rule.objects.filter(pk=self.instance.pk, is_active=True).first()
        return stored is None or _fingerprint(stored) != _fingerprint(self.instance)

    def _was_seen(self) -> bool:
        return is_proven(self.instance, self.cleaned_data.get("tried", ""))
