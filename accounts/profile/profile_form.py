"""What people fill in about themselves: name, public page, links, time zone."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict

from accounts.models import ProfileLink, User
from accounts.models.profile import MOST_LINKS
from accounts.models.user import HANDLE, LONGEST_BIO
from accounts.profile import handles, zones
from core.cleaning import is_our_name
from core.form_fields import NameField, PlainTextField

SAVED = ("display_name", "bio", "time_zone", "handle", "is_profile_public")


class ProfileForm(forms.Form):
    """Everything about the person but the links. Knows the person, and saves to the account."""

    use_required_attribute = False

    display_name = NameField(
        label="Name",
        required=False,
        help_text="Public, beside what you write. Comments that you wrote before keep the name "
        "they were signed with.",
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    time_zone = forms.ChoiceField(
        label="Time zone",
    )
    is_profile_public = forms.BooleanField(label="Show a public page about me", required=False)
    handle = forms.CharField(
        label="Address of your page",
        required=False,
        max_length=40,
        validators=[HANDLE],
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"max_length": "An address has room for 40 letters and digits."},
    )
    bio = PlainTextField(
        label="About you",
        required=False,
        most=LONGEST_BIO,
        help_text=f"Plain text, up to {LONGEST_BIO} characters. An empty line begins a new "
        "paragraph.",
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )

    def __init__(self, user: User, data: QueryDict | None = None) -> None:
        initial = {name: getattr(user, name) for name in SAVED}
        super().__init__(data, initial=initial, auto_id="profile-%s")
        self.user = user
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)
        zone.choices = zones.choices(user.time_zone)
        zone.help_text = (
            "Times in your account are shown in it. Letters and public pages use UTC. "
            f"By this setting it is {zones.time_there(user)} now."
        )

    def clean_display_name(self) -> str:
        """Return the name. Raises ValidationError for one that would be taken for ours."""
        name = str(self.cleaned_data["display_name"])
        if is_our_name(name) and not self.user.is_staff:
            raise ValidationError("This name speaks for the site; please choose one of your own.")
        return name

    def clean_handle(self) -> str | None:
        """Return the address. Raises ValidationError for one that this person cannot have."""
        handle = str(self.cleaned_data["handle"])
        if handle and handle != self.user.handle:
            handles.check_word(handle)
            handles.check_free(handle, self.user)
        return handle or None

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError for a public page without an address."""
        sent = super().clean() or {}
        if sent.get("is_profile_public") and "handle" in sent and not sent["handle"]:
            self.add_error("handle", "A public page needs an address; choose one.")
        return sent

    @transaction.atomic
    def save(self) -> None:
        """Store what was sent, and nothing else of the account. Raises IntegrityError where
        somebody took the same address in the same second."""
        handles.change(self.user, self.cleaned_data["handle"])
        for name in SAVED:
            setattr(self.user, name, self.cleaned_data[name])
        self.user.save(update_fields=SAVED)


class LinkForm(forms.Form):
    """One link; an empty row is none."""

    use_required_attribute = False

    label = NameField(
        label="Name of the link",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    url = forms.URLField(
        label="Web address",
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"autocomplete": "url", "inputmode": "url"}),
        error_messages={
            "invalid": "This is not a complete address, such as https://example.org/.",
            "max_length": "There is room for 200 characters.",
        },
    )

    @property
    def is_used(self) -> bool:
        """Return whether there is a link in the row, or something wrong with it."""
        return bool(self.initial) or self.has_changed()

    def clean_label(self) -> str:
        """Return the label. Raises ValidationError for one that is too long."""
        label = str(self.cleaned_data["label"])
        most = ProfileLink._meta.get_field("label").max_length or 0
        if len(label) > most:
            raise ValidationError(f"There is room for {most} characters; this has {len(label)}.")
        return label

    def clean_url(self) -> str:
        """Return the address. Raises ValidationError for anything but a page of the web."""
        url = str(self.cleaned_data["url"])
        if not url:
            return ""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValidationError("Only addresses that begin with https:// or http:// work here.")
        if parts.username or parts.password:
            raise ValidationError("This address holds a user name or a password; leave it out.")
        return url

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError for a label that leads nowhere."""
        sent = super().clean() or {}
        if sent.get("label") and "url" in sent and not sent["url"]:
            self.add_error("url", "Add the address that this leads to, or empty both fields.")
        return sent


class LinkFormSet(forms.BaseFormSet[LinkForm]):
    """The rows for links, always as many as there is room for."""

    def save(self, user: User) -> None:
        """Replace the links of a person by what was sent."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("url")]
        user.profile_links.all().delete()
        ProfileLink.objects.bulk_create(
            ProfileLink(user=user, label=row["label"], url=row["url"], position=position)
            for position, row in enumerate(rows)
        )


def link_forms(user: User, data: QueryDict | None = None) -> LinkFormSet:
    """Return the rows for the links of a person, filled in."""
    factory = forms.formset_factory(
        LinkForm,
        formset=LinkFormSet,
        extra=MOST_LINKS,
        max_num=MOST_LINKS,
        absolute_max=MOST_LINKS,
    )
    # What was sent is the whole truth; beside stored links, unchanged rows would pass for empty.
    initial = list(user.profile_links.values("label", "url")) if data is None else None
    made = factory(data, initial=initial, prefix="links", auto_id="profile-%s")
    assert isinstance(made, LinkFormSet)
    return made
