"""How accounts are protected, at the desk: a look, and the taking off of a lost second factor."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms.models import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.security import factor_reset, sessions, standing

NOTHING = "none"


class ResetForm(forms.Form):
    """Why a second factor is taken off."""

    reason = forms.CharField(
        max_length=300,
        label="Reason",
        help_text="How you made sure that it is really this person. They read it in a letter.",
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        error_messages={"required": "Say how you made sure who asks."},
    )


class SecurityAtTheDesk(admin.ModelAdmin):
    """Mixed into the admin of people."""

    SHOWN = ("password_state", "second_factor", "signed_in_on")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Add how an account is protected to the page of somebody who has one."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj is None else (*fieldsets, ("Security", {"fields": self.SHOWN}))

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Nothing of it is changed on this page."""
        return [*super().get_readonly_fields(request, obj), *self.SHOWN]

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        """Save; where the main address was changed, tell the person at the one before."""
        before = User.objects.filter(pk=obj.pk).values_list("email", flat=True).first()
        super().save_model(request, obj, form, change)
        if before and before != obj.email:
            context = {"from_email": before, "to_email": obj.email}
            kind = "account/email/email_changed"
            get_adapter().send_notification_mail(kind, obj, context, email=before)

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002  Django's name
        form_url: str = "",
    ) -> HttpResponse:
        """Change the password of somebody, who is told by letter.

        The own one is changed where the one before is asked for.
        """
        if id == str(request.user.pk):
            return redirect("account_change_password")
        person = self.get_object(request, id)
        before = person.password if person is not None else ""
        response: HttpResponse = super().user_change_password(request, id, form_url)  # type: ignore[misc]
        user = User.objects.get(pk=id)
        if user.password != before:
            get_adapter().send_notification_mail("account/email/password_changed", user)
        return response

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        """Save; who changes the own rights stays signed in, all other sessions have ended."""
        super().save_related(request, form, formsets, change)
        assert isinstance(request.user, User)
        stored = User.objects.get(pk=form.instance.pk)
        is_own = stored.pk == request.user.pk
        if is_own and stored.security_stamp != request.user.security_stamp:
            sessions.end_all(stored, keep=request)

    @admin.display(description="password")
    def password_state(self, user: User) -> str:
        """Say whether somebody can sign in with a password."""
        return "yes" if user.has_usable_password() else NOTHING

    @admin.display(description="second factor")
    def second_factor(self, user: User) -> SafeString | str:
        """Say which second factors there are, with the way to take them off."""
        protection = standing.protection_of(user)
        count = len(protection.passkeys)
        parts = [f"{count} passkey{'s' if count > 1 else ''}"] if count else []
        parts += ["authenticator app"] if protection.app else []
        codes = protection.codes
        parts += [f"{codes.left} recovery codes left"] if codes and codes.left is not None else []
        if not parts:
            return NOTHING
        url = reverse("admin:accounts_user_second_factor", args=[user.pk])
        return format_html(
            '{}. <a href="{}">Take it off, because it is lost</a>', ", ".join(parts), url
        )

    @admin.display(description="signed in on")
    def signed_in_on(self, user: User) -> str:
        """Say on how many devices; which ones is not for the desk."""
        count = sessions.count(user)
        return f"{count} device{'' if count == 1 else 's'}"

    def get_urls(self) -> list[URLPattern]:
        """Add the page that takes a second factor off."""
        page = path(
            "<int:pk>/second-factor/",
            self.admin_site.admin_view(self.reset_second_factor),
            name="accounts_user_second_factor",
        )
        return [page, *super().get_urls()]

    def reset_second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason, then take every second factor off an account.

        Raises PermissionDenied for who may not change the account, and for the own one: whoever
        can open the desk has a second factor, and changes it at the account.
        """
        user = get_object_or_404(User, pk=pk)
        if not self.has_change_permission(request, user) or user.pk == request.user.pk:
            raise PermissionDenied
        form = ResetForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            assert isinstance(request.user, User)
            factor_reset.reset(user, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"{user} has no second factor now, and was told by letter.")
            return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Take the second factor off {user}",
            "opts": self.opts,
            "original": user,
            "form": form,
        }
        return TemplateResponse(request, "admin/accounts/user/reset_second_factor.html", context)
