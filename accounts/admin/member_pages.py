"""Public pages at the desk: what stands there, and the way to take one down."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.models import MemberPage, SecondLook
from accounts.profile import member_pages, second_looks

WAITS = Exists(SecondLook.objects.filter(user=OuterRef("pk"), answered_at=None))


class BlockForm(forms.Form):
    """Why a page goes."""

    reason = forms.CharField(
        label="Why is the page taken down? The person gets these words in a letter.",
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        required=False,
    )

    def clean_reason(self) -> str:
        """Return the reason. Raises ValidationError for none, or one that is too long."""
        return member_pages.clean_reason(str(self.cleaned_data["reason"]))


class AnswerForm(BlockForm):
    """What another look came to, and why."""

    outcome = forms.ChoiceField(
        label="What comes of it?",
        choices=[("back", "The page is put back"), ("down", "The page stays down")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why? The person gets these words in a letter."


@admin.register(MemberPage)
class MemberPageAdmin(admin.ModelAdmin):
    """The pages of members: those that are shown, and those that were taken down."""

    list_display = ("name", "handle", "state", "about", "date_joined")
    list_filter = ("is_profile_public", ("profile_blocked_at", admin.EmptyFieldListFilter))
    search_fields = ("display_name", "handle", "bio")
    search_help_text = "Name, address of the page, or words on it."
    fields = ("name", "address", "state", "reason", "another_look", "words", "links", "decide")
    readonly_fields = fields

    class Media:
        css = {"all": ["desk/desk.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[MemberPage]:
        """Return people who have, or had, a page to look at."""
        shown = Q(is_profile_public=True) | Q(profile_blocked_at__isnull=False)
        pages = super().get_queryset(request).filter(shown)
        pages = pages.annotate(waits=WAITS)
        return pages.select_related("deletion_request").prefetch_related("profile_links")

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        """Return the order of the list: whoever waits for an answer comes first."""
        return (WAITS.desc(), "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: people make their pages themselves."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: MemberPage | None = None) -> bool:
        """Return False: deleting a page would delete the account behind it."""
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Refuse filters typed into the address: they could spell out an e-mail, by trying."""
        return lookup in {"is_profile_public__exact", "profile_blocked_at__isempty"}

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of the admin with those of the acts."""
        own = [
            path(
                "<int:pk>/take-down/",
                self.admin_site.admin_view(self.take_down),
                name="accounts_memberpage_take_down",
            ),
            path(
                "<int:pk>/put-back/",
                self.admin_site.admin_view(self.put_back),
                name="accounts_memberpage_put_back",
            ),
            path(
                "<int:pk>/answer/",
                self.admin_site.admin_view(self.answer),
                name="accounts_memberpage_answer",
            ),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a page; nothing can be typed here, so there is no button to save."""
        extra = {**(extra_context or {}), "show_save": False, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, extra)

    @admin.display(description="name", ordering="display_name")
    def name(self, page: MemberPage) -> str:
        return str(page)

    @admin.display(description="address")
    def address(self, page: MemberPage) -> SafeString | str:
        if not page.handle:
            return "–"
        url = reverse("accounts:member", args=[page.handle])
        return format_html('<a href="{}">{}</a>', url, url) if page.has_public_page else url

    @admin.display(description="state")
    def state(self, page: MemberPage) -> str:
        if page.profile_blocked_at is not None:
            return "taken down, another look asked for" if _waits(page) else "taken down"
        return "shown" if page.has_public_page else "not shown"

    @admin.display(description="reason")
    def reason(self, page: MemberPage) -> str:
        return page.profile_blocked_reason or "–"

    @admin.display(description="another look")
    def another_look(self, page: MemberPage) -> SafeString | str:
        look = second_looks.of(page)
        if look is None:
            return "–"
        said = f"Answered: {look.answer}" if look.answered_at else "Waits for an answer."
        parts = [*look.text.split("\n\n"), said]
        return format_html_join("", "<p>{}</p>", ((part,) for part in parts))

    @admin.display(description="words")
    def words(self, page: MemberPage) -> str:
        return page.bio or "none"

    @admin.display(description="about")
    def about(self, page: MemberPage) -> str:
        return page.bio if len(page.bio) <= 80 else f"{page.bio[:80]}…"

    @admin.display(description="links")
    def links(self, page: MemberPage) -> SafeString | str:
        rows = ((link.label, link.url) for link in page.profile_links.all())
        return format_html_join("", "<p>{} {}</p>", rows) or "none"

    @admin.display(description="decide")
    def decide(self, page: MemberPage) -> SafeString:
        if page.profile_blocked_at is None:
            step, words = "take_down", "Take this page down…"
        elif _waits(page):
            step, words = "answer", "Answer the request for another look…"
        else:
            step, words = "put_back", "Put this page back…"
        url = reverse(f"admin:accounts_memberpage_{step}", args=[page.pk])
        return format_html('<a href="{}">{}</a>', url, words)

    def take_down(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason, then take the page down."""
        return _act(self, request, pk, is_down=True)

    def put_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask once more, then let the page be shown."""
        return _act(self, request, pk, is_down=False)

    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer a request for another look: put the page back or not, and say why."""
        page = _page(self, request, pk)
        look = second_looks.of(page)
        if look is None or look.answered_at is not None:
            messages.info(request, "Nobody waits for an answer about this page.")
            return redirect("admin:accounts_memberpage_change", page.pk)
        form = AnswerForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            _answer(self, request, page, form)
            return redirect("admin:accounts_memberpage_change", page.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": "Answer a request for another look",
            "page": page,
            "look": look,
            "form": form,
        }
        status = 400 if form.errors else 200
        return render(request, "admin/accounts/memberpage/answer.html", context, status=status)


def _waits(page: MemberPage) -> bool:
    """Return whether the owner of a page waits for an answer; the list has asked already."""
    return bool(getattr(page, "waits", False))


def _page(desk: MemberPageAdmin, request: HttpRequest, pk: int) -> MemberPage:
    """Return a page that somebody at the desk may decide about. Raises Http404 otherwise."""
    page = get_object_or_404(desk.get_queryset(request), pk=pk)
    if not desk.has_change_permission(request, page):
        raise PermissionDenied
    return page


def _act(desk: MemberPageAdmin, request: HttpRequest, pk: int, *, is_down: bool) -> HttpResponse:
    page = _page(desk, request, pk)
    form = BlockForm(request.POST or None) if is_down else None
    if request.method == "POST" and (form is None or form.is_valid()):
        _carry_out(desk, request, page, form)
        return redirect("admin:accounts_memberpage_change", page.pk)
    context = {
        **desk.admin_site.each_context(request),
        "title": "Take a public page down" if is_down else "Put a public page back",
        "page": page,
        "form": form,
    }
    status = 200 if form is None or not form.errors else 400
    return render(request, "admin/accounts/memberpage/decide.html", context, status=status)


def _carry_out(
    desk: MemberPageAdmin, request: HttpRequest, page: MemberPage, form: BlockForm | None
) -> None:
    """Take a page down for the reason in the form, or put it back; say what became of it."""
    try:
        if form is not None:
            member_pages.take_down(page, form.cleaned_data["reason"])
        else:
            member_pages.put_back(page)
    except member_pages.NotPossibleError as error:
        messages.error(request, str(error))
        return
    said = "Page taken down." if form is not None else "Page put back."
    desk.log_change(request, page, said)
    messages.success(request, f"{said} A letter tells its owner.")


def _answer(
    desk: MemberPageAdmin, request: HttpRequest, page: MemberPage, form: AnswerForm
) -> None:
    """Store the answer in the form, and say what became of it."""
    is_back = form.cleaned_data["outcome"] == "back"
    try:
        second_looks.answer(page, form.cleaned_data["reason"], puts_back=is_back)
    except member_pages.NotPossibleError as error:
        messages.error(request, str(error))
        return
    said = f"Another look: the page {'is put back' if is_back else 'stays down'}."
    desk.log_change(request, page, said)
    messages.success(request, f"{said} A letter tells its owner.")
