"""The form in which a guide is written. It reads a revision and makes the next one."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import slugify

from articles.admin.form_content import content_of, initial_of
from articles.content import Content, read_questions
from articles.models import Article, Contributor, Revision
from articles.models.shelf import address_problem
from articles.readiness import COVER_UNDESCRIBED, check_content
from articles.rendering import MAX_BODY_LENGTH

# Content has lists where the form has texts.
FORM_FIELD = {"authors": "byline", "takeaways": "takeaways_text", "faq": "faq_text"}
MAX_COVER_BYTES = 5 * 1024 * 1024


def _autocomplete(name: str) -> AutocompleteSelectMultiple:
    return AutocompleteSelectMultiple(Article._meta.get_field(name), admin.site)


class AgreeTo(forms.CheckboxInput):
    """A box whose value is a number, so that a tick says what the person has looked at."""

    number = 0

    def __init__(self) -> None:
        super().__init__(check_test=lambda value: str(value) == str(self.number))

    def format_value(self, value: Any) -> str:
        """Return the number that a tick stands for, whatever was ticked before."""
        return str(self.number)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the number that was ticked."""
        return data.get(name)


class GuideForm(forms.ModelForm):
    """Everything an editor writes in a guide, in the order of work."""

    body = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 32, "class": "guide-body", "spellcheck": "true"}),
        help_text="Markdown. Begin sections with “## ”. A figure comes from the ledger: "
        "<code>[[claim:SO25-16#back-end]]</code>, a source alone: <code>[[cite:ID]]</code>. "
        "Pay: <code>[[salary:so-2025/de#p25]]</code>, with a chart: "
        "<code>[[salary-chart:so-2025/de/language]]</code>. "
        "A guide: <code>[[guide:slug|words]]</code>. A drawing, alone in its paragraph: "
        "<code>[[diagram:slug|Caption.]]</code> A call-out: <code>::: note Title</code> … "
        "<code>:::</code>, or warning, example, try.",
    )
    takeaways_text = forms.CharField(
        label="Key takeaways",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
        help_text="One sentence per line, three to five lines: what a reader should remember.",
    )
    faq_text = forms.CharField(
        label="Questions and answers",
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "vLargeTextField"}),
        help_text="Each question on a line “### Question?”, the answer below it in Markdown.",
    )
    byline = forms.ModelMultipleChoiceField(
        Contributor.objects.order_by("name"),
        required=False,
        widget=_autocomplete("authors"),
        help_text="Who wrote it, in the order in which readers see the names.",
    )
    note = forms.CharField(
        label="What changed",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="One line for the public history of the guide, as readers will see it.",
    )
    is_notable = forms.BooleanField(
        label="Notable change",
        required=False,
        initial=True,
        help_text="Untick for spelling and layout: the date of the last change then stays.",
    )
    publish_at = forms.SplitDateTimeField(
        label="Goes live",
        required=False,
        widget=admin.widgets.AdminSplitDateTime(),
        help_text="Leave empty to publish at once, or choose a later time, in your time zone.",
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)
    overwrite = forms.IntegerField(
        label="Save mine on top",
        required=False,
        widget=forms.HiddenInput,
        help_text="Tick after you have looked at the other revision; both are kept.",
    )

    class Meta:
        model = Article
        fields = [
            "title",
            "slug",
            "shelf",
            "standfirst",
            "category",
            "position",
            "level",
            "tags",
            "reviewer",
            "related",
            "cover",
            "cover_alt",
            "cover_is_decorative",
            "cover_caption",
            "reviewed_on",
            "next_review_on",
        ]
        widgets = {
            "standfirst": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "tags": _autocomplete("tags"),
            "related": _autocomplete("related"),
            "reviewer": AutocompleteSelect(Article._meta.get_field("reviewer"), admin.site),
        }
        help_texts = {
            "title": "What the guide is about, as a reader would ask for it.",
            "standfirst": "The promise, in one or two sentences and at most 240 characters.",
            "related": "Two to four guides to read next.",
            "position": "Order inside the category; smaller numbers come first. Counts at once.",
            "tags": "Subjects that guides of other categories share.",
            "reviewer": "Who checked it, if somebody besides the authors did.",
            "cover_alt": "What the picture shows, for people who cannot see it.",
            "cover_is_decorative": "Tick if the picture adds nothing to the text.",
            "reviewed_on": "The day on which somebody went through the whole guide.",
            "next_review_on": "The day on which it must be looked at again.",
        }

    def __init__(
        self, *args: Any, is_publishing: bool = False, checks_content: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_publishing = is_publishing
        self.checks_content = checks_content
        self.stored_cover = ""
        self.latest: Revision | None = None
        self.draft_problems: dict[str, list[str]] = {}
        for name in {"slug", "shelf"} & self.fields.keys():
            self.fields[name].required = False  # each has a value of its own where none is given
        if self.instance.pk:
            self.latest = self.instance.revisions.newest_first().first()
        if self.latest is not None:
            self.initial.update(initial_of(self.instance, self.latest))
        self.initial.setdefault("based_on", 0)

    def full_clean(self) -> None:
        """Check everything; then remind of an upload, which a browser does not send twice."""
        super().full_clean()
        if self.is_bound and self.errors and self.files.get("cover") and "cover" not in self.errors:
            self.add_error("cover", "Choose the picture again: it was not kept, the text was.")

    def clean_body(self) -> str:
        body = self.cleaned_data["body"].replace("\r\n", "\n")
        if len(body) > MAX_BODY_LENGTH:
            raise forms.ValidationError(
                f"The body has {len(body):,} characters; a guide may have {MAX_BODY_LENGTH:,}. "
                "Your text is still here: shorten it or split it, then save again."
            )
        return body

    def clean_faq_text(self) -> str:
        text = self.cleaned_data["faq_text"]
        try:
            read_questions(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return text

    def clean_shelf(self) -> str:
        return self.cleaned_data["shelf"] or self.instance.shelf

    def clean_cover(self) -> Any:
        cover = self.cleaned_data["cover"]
        size = (cover.size or 0) if isinstance(cover, UploadedFile) else 0
        if size > MAX_COVER_BYTES:
            raise forms.ValidationError(
                f"The picture has {filesizeformat(size)}; "
                f"a cover may have {filesizeformat(MAX_COVER_BYTES)}."
            )
        return cover

    def clean_cover_alt(self) -> str:
        return self.cleaned_data["cover_alt"].strip()

    def clean_publish_at(self) -> Any:
        moment = self.cleaned_data["publish_at"]
        if moment and moment < timezone.now() and self.is_publishing:
            raise forms.ValidationError(
                "This moment has passed. To publish at once, leave it empty."
            )
        return moment

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._fill_slug(data)
        self._check_address(data)
        self._check_cover(data)
        self._refuse_hidden_overwrite(data)
        if self.checks_content:
            self._check_content(self.content())
        return data

    def _fill_slug(self, data: dict[str, Any]) -> None:
        """Make the address from the title where the editor gave none."""
        if "slug" not in self.fields or "slug" in self.errors or data.get("slug"):
            return
        data["slug"] = slugify(data.get("title", ""))[:100].strip("-_")
        if data.get("title") and not data["slug"]:
            self.add_error("slug", "Write an address: the title has no letter from a to z.")

    def _check_address(self, data: dict[str, Any]) -> None:
        if "slug" in self.fields and "slug" not in self.errors:
            problem = address_problem(data.get("shelf", ""), data.get("slug", ""))
            if problem:
                self.add_error("slug", problem)

    def _check_cover(self, data: dict[str, Any]) -> None:
        if not data.get("cover"):
            return
        described, is_decorative = data.get("cover_alt"), data.get("cover_is_decorative")
        if not described and not is_decorative:
            self.add_error("cover_alt", COVER_UNDESCRIBED)
        elif described and is_decorative:
            self.add_error("cover_is_decorative", "Describe the cover or tick this, not both.")

    def _refuse_hidden_overwrite(self, data: dict[str, Any]) -> None:
        latest = self.latest
        if latest is None or latest.number <= self.builds_on:
            return
        self.fields["overwrite"].widget = AgreeTo()
        self.fields["overwrite"].widget.number = latest.number
        address = reverse("admin:articles_article_revisions", args=[self.instance.pk])
        self.add_error(
            None,
            format_html(
                "{} saved revision {} while you were writing. Your text is still here. Look at "
                '<a href="{}?number={}" target="_blank">what that revision changed</a>, take over '
                "what you need, tick “Save mine on top” and save again.",
                latest.author or "The starter library",
                latest.number,
                address,
                latest.number,
            ),
        )

    @property
    def builds_on(self) -> int:
        """Return the number of the last revision that the editor knows of."""
        data = self.cleaned_data
        return max(data.get("based_on") or 0, data.get("overwrite") or 0)

    def _check_content(self, content: Content) -> None:
        """Refuse what cannot go live when publishing; for a draft, only remember it."""
        _, problems = check_content(content)
        self.draft_problems = problems
        if not self.is_publishing:
            return
        for name, texts in problems.items():
            field = FORM_FIELD.get(name, name)
            if field not in self.errors:  # else the field is empty only because it did not pass
                self.add_error(field, texts)

    def content(self) -> Content:
        """Return what the form says; with gaps where a field did not pass."""
        return content_of(self)

    def store_cover(self) -> None:
        """Keep an uploaded cover, so that its name can stand in a revision."""
        cover = self.cleaned_data.get("cover")
        if isinstance(cover, UploadedFile):
            field = Article._meta.get_field("cover")
            name = field.generate_filename(self.instance, str(cover.name))
            self.stored_cover = default_storage.save(name, cover)
