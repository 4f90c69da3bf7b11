"""The form in which a guide is written. It reads a revision and makes the next one."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import ImageFieldFile
from django.utils.text import slugify

from articles.content import Content, read_questions, write_questions
from articles.models import Article, Contributor, Revision, Tag
from articles.publishing import missing
from articles.rendering import MAX_BODY_LENGTH, ContentError, render_content

# Content has lists where the form has texts.
FORM_FIELD = {"authors": "byline", "takeaways": "takeaways_text", "faq": "faq_text"}


def _autocomplete(name: str) -> AutocompleteSelectMultiple:
    return AutocompleteSelectMultiple(Article._meta.get_field(name), admin.site)


class GuideForm(forms.ModelForm):
    """Everything an editor writes in a guide, in the order of work."""

    body = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 32, "class": "guide-body", "spellcheck": "true"}),
        help_text="Markdown. Begin sections with “## ”. A figure comes from the ledger: "
        "[[claim:SO25-16#back-end]]. Other embeds: [[cite:ID]], [[guide:slug|words]], "
        "[[diagram:slug|caption]]. Call-outs: ::: note, warning, example, try … :::",
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
        help_text="In the order of the byline. Needed before the guide can go live.",
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
        help_text="For the first publication: leave empty for now, or choose a later time (UTC).",
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)
    overwrite = forms.BooleanField(
        label="Save mine on top",
        required=False,
        widget=forms.HiddenInput,
        help_text="Tick after you have looked at the other revision; both stay in the history.",
    )

    class Meta:
        model = Article
        fields = [  # noqa: RUF012
            "title",
            "slug",
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
        widgets = {  # noqa: RUF012
            "standfirst": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "tags": _autocomplete("tags"),
            "related": _autocomplete("related"),
            "reviewer": AutocompleteSelect(Article._meta.get_field("reviewer"), admin.site),
        }
        help_texts = {  # noqa: RUF012
            "title": "What the guide is about, as a reader would ask for it.",
            "standfirst": "The promise, in one or two sentences and at most 240 characters.",
            "related": "Two to four guides to read next.",
            "cover_alt": "What the picture shows, for people who cannot see it.",
            "cover_is_decorative": "Tick if the picture adds nothing to the text.",
            "reviewed_on": "The day on which somebody went through the whole guide.",
            "next_review_on": "The day on which it must be looked at again.",
        }

    def __init__(self, *args: Any, is_publishing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_publishing = is_publishing
        self.latest: Revision | None = None
        self.draft_problems: dict[str, list[str]] = {}
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if self.instance.pk:
            self.latest = self.instance.revisions.newest_first().first()
        if self.latest is not None:
            self.initial.update(self._initial_of(self.latest))
        self.initial.setdefault("based_on", 0)

    def _initial_of(self, revision: Revision) -> dict[str, Any]:
        content = Content.of(revision)
        cover = Article._meta.get_field("cover")
        return {
            "title": content.title,
            "standfirst": content.standfirst,
            "category": self.instance.category_id,
            "level": content.level,
            "body": content.body,
            "takeaways_text": "\n".join(content.takeaways),
            "faq_text": write_questions(content.faq),
            "tags": list(Tag.objects.filter(slug__in=content.tags)),
            "byline": _in_order(Contributor, content.authors),
            "reviewer": Contributor.objects.filter(slug=content.reviewer).first(),
            "related": list(Article.objects.filter(slug__in=content.related)),
            "cover": ImageFieldFile(self.instance, cover, content.cover) if content.cover else None,
            "cover_alt": content.cover_alt,
            "cover_is_decorative": content.cover_is_decorative,
            "cover_caption": content.cover_caption,
            "reviewed_on": content.reviewed_on,
            "next_review_on": content.next_review_on,
            "based_on": revision.number,
        }

    def clean_body(self) -> str:
        body = self.cleaned_data["body"].replace("\r\n", "\n")
        if len(body) > MAX_BODY_LENGTH:
            raise forms.ValidationError(
                f"The body has {len(body):,} characters; a guide may have {MAX_BODY_LENGTH:,}. "
                "Your text is kept here: split it before you save."
            )
        return body

    def clean_faq_text(self) -> str:
        text = self.cleaned_data["faq_text"]
        try:
            read_questions(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return text

    def clean_cover_alt(self) -> str:
        return self.cleaned_data["cover_alt"].strip()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("slug") and data.get("title") and "slug" in self.fields:
            data["slug"] = slugify(data["title"])[:100]
        if data.get("cover") and not data.get("cover_is_decorative") and not data.get("cover_alt"):
            self.add_error(
                "cover_alt", "Describe the cover for people who cannot see it, or tick decorative."
            )
        self._refuse_hidden_overwrite(data)
        if not self.errors:
            self._check_content(self.content())
        return data

    def _refuse_hidden_overwrite(self, data: dict[str, Any]) -> None:
        latest = self.latest
        if latest is None or latest.number <= (data.get("based_on") or 0) or data.get("overwrite"):
            return
        self.fields["overwrite"].widget = forms.CheckboxInput()
        self.add_error(
            None,
            f"{latest.author or 'The starter library'} saved revision {latest.number} while you "
            "were writing. Your text is still here. Look at that revision in the history, take "
            "over what you need, tick “Save mine on top” and save again.",
        )

    def _check_content(self, content: Content) -> None:
        """Refuse what cannot go live when publishing; for a draft, only remember it."""
        problems = missing(content)
        try:
            render_content(content)
        except ContentError as error:
            for name, texts in error.problems.items():
                problems.setdefault(name, []).extend(texts)
        self.draft_problems = problems
        if self.is_publishing:
            for name, texts in problems.items():
                for text in texts:
                    self.add_error(FORM_FIELD.get(name, name), text)

    def content(self) -> Content:
        """Return what the form says; with gaps where a field did not pass."""
        data = self.cleaned_data
        category = data.get("category")
        reviewer = data.get("reviewer")
        try:
            faq = read_questions(data.get("faq_text", ""))
        except ValueError:
            faq = []
        lines = data.get("takeaways_text", "").splitlines()
        return Content(
            title=data.get("title", ""),
            category=category.slug if category else "",
            standfirst=" ".join(data.get("standfirst", "").split()),
            body=data.get("body", ""),
            level=data.get("level") or Article.Level.BEGINNER,
            takeaways=[line.strip().removeprefix("- ") for line in lines if line.strip()],
            faq=faq,
            tags=sorted(tag.slug for tag in data.get("tags") or ()),
            authors=[item.slug for item in self._authors_in_order()],
            reviewer=reviewer.slug if reviewer else "",
            related=sorted(item.slug for item in data.get("related") or ()),
            cover=self._cover_name(),
            cover_alt=data.get("cover_alt", ""),
            cover_is_decorative=bool(data.get("cover_is_decorative")),
            cover_caption=data.get("cover_caption", ""),
            reviewed_on=_iso(data.get("reviewed_on")),
            next_review_on=_iso(data.get("next_review_on")),
        )

    def _authors_in_order(self) -> list[Contributor]:
        """Return the authors in the order in which they were chosen."""
        chosen = {str(item.pk): item for item in self.cleaned_data.get("byline") or ()}
        value = self.fields["byline"].widget.value_from_datadict(
            self.data, self.files, self.add_prefix("byline")
        )
        return [chosen[str(pk)] for pk in value or [] if str(pk) in chosen]

    def _cover_name(self) -> str:
        """Return the name of the cover as stored, or as it will be stored."""
        cover = self.cleaned_data.get("cover")
        return str(getattr(cover, "name", "") or "") if cover else ""

    def store_cover(self) -> None:
        """Keep an uploaded cover, so that its name can stand in a revision."""
        cover = self.cleaned_data.get("cover")
        if isinstance(cover, UploadedFile):
            field = Article._meta.get_field("cover")
            name = field.generate_filename(self.instance, cover.name)  # type: ignore[union-attr]
            cover.name = default_storage.save(name, cover)


def _in_order(model: Any, slugs: list[str]) -> list[Any]:
    rows = {row.slug: row for row in model.objects.filter(slug__in=slugs)}
    return [rows[slug] for slug in slugs if slug in rows]


def _iso(value: Any) -> str:
    return value.isoformat() if value else ""
