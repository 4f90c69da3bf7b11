"""Terms, privacy text and community rules at the desk: looked at, and then published for good."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from accounts.models import Document, DocumentVersion, User
from accounts.terms.announcements import is_announced
from accounts.terms.document_diff import Change, difference
from accounts.terms.documents import prepare
from core.library import digest
from core.markup import MarkupError

LOOK = "_look"
SALT = "accounts.document.seen"
STILL_FRESH = timedelta(days=1)
NOTICE = timedelta(days=14)  # suggested, so that people can read what will hold
FIELDS = ("document", "text", "change", "is_notable", "in_force_from")


class DocumentVersionForm(forms.ModelForm):
    """The next version of a document. Valid only once its writer has seen it as readers will."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    is_to_be_seen = False
    changes: list[Change] | None = None

    class Meta:
        model = DocumentVersion
        fields = FIELDS
        widgets = {
            "text": forms.Textarea(attrs={"rows": 30, "cols": 90}),
            "change": forms.Textarea(attrs={"rows": 3, "cols": 90}),
        }

    def clean(self) -> dict[str, Any]:
        """Lay the version out. Adds a problem for each line that cannot be read."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return values
        document = Document(values["document"])
        text = values["text"] = "\n".join(values["text"].splitlines()).strip() + "\n"
        try:
            version = prepare(document, text=text, is_notable=values["is_notable"])
        except MarkupError as error:
            self.add_error("text", [str(problem) for problem in error.problems])
            return values
        values["is_notable"] = version.is_notable
        for name in ("number", "html", "keepings"):
            setattr(self.instance, name, getattr(version, name))
        return values

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's, undocumented; the model checks here
        if self.errors:
            return
        before = self.instance.before
        self.changes = difference(self.instance, before)
        if before is not None and not self.changes:
            self.add_error("text", f"These are the words of version {before.number}.")
        elif LOOK in self.data or not self._was_seen():
            self.is_to_be_seen = True
            sent = cast("QueryDict", self.data).copy()
            sent[self.add_prefix("seen")] = signing.dumps(self._fingerprint(), salt=SALT)
            self.data = sent
            self.add_error(None, ValidationError("Nothing is published yet.", code="look"))

    def _was_seen(self) -> bool:
        """Return whether exactly this version was looked at, not more than a day ago."""
        token = self.cleaned_data.get("seen", "")
        try:
            seen = signing.loads(token, salt=SALT, max_age=STILL_FRESH)
        except signing.BadSignature:
            return False
        return bool(seen == self._fingerprint())

    def _fingerprint(self) -> str:
        names = (*FIELDS, "number", "keepings")
        return digest({name: getattr(self.instance, name) for name in names})


@admin.register(DocumentVersion)
class DocumentVersionAdmin(admin.ModelAdmin):
    """Versions of what people agree to. A published one can be neither changed nor deleted."""

    form = DocumentVersionForm
    fields = (*FIELDS, "seen")
    list_display = ("document", "number", "in_force_from", "is_notable", "change")
    list_display_links = ("document", "number")
    list_filter = ("document",)

    class Media:
        css = {"all": ["desk/rules.css"]}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with the text in force, and with a day that leaves people time to read it."""
        document = request.GET.get("document", "")
        latest = DocumentVersion.objects.of(document).first()
        return {
            "document": document,
            "text": latest.text if latest else "",
            "is_notable": True,
            "in_force_from": timezone.now().date() + NOTICE,
        }

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show a published version with its number instead of the token of the form."""
        return (*FIELDS, "number", "published_at") if obj else self.fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes what others agreed to."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes what others agreed to."""
        return False

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Show the version as readers will see it, where there is one to look at."""
        form = context["adminform"].form
        if getattr(form, "is_to_be_seen", False):
            people = User.objects.filter(is_active=True).count()
            context["is_announced"] = is_announced(form.instance)
            context.update({"looked_at": form.instance, "changes": form.changes, "people": people})
            context["errors"] = None  # nothing is wrong: it waits to be looked at
        context["kinds"] = Document
        return super().render_change_form(request, context, *args, **kwargs)
