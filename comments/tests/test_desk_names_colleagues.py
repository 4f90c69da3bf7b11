"""A colleague stands at the desk by a name or a number; only the list of people has addresses."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from accounts.models import User
from articles.models import Category, Contributor, Diagram, Tag
from comments import moderation
from comments.models import Note, Policy, Rule
from comments.states import Action, Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy
from comments.tests.rule_desk import stored
from comments.tests.test_desk_answers import create_appeal, create_notice
from evidence.models import Claim, Source

pytestmark = pytest.mark.django_db
# People are found and let in by their address there, and letters go to one.
KNOW_ADDRESSES = {"accounts.user", "mailing.letter"}
WITH_HISTORY = (Category, Tag, Contributor, Diagram, Source, Claim, Policy, Rule)


@pytest.fixture
def nameless() -> User:
    """Return a colleague without a name, who has left a trace on everything there is."""
    user = create_moderator(name="")
    comment = create_comment(state=State.PENDING)
    moderation.reject(comment, user=user, reason=Reason.SPAM)
    moderation.restrict(create_comment().author, Action.BAN, user=user, reason=Reason.ABUSE)
    create_appeal(by=user)
    Note.objects.create(comment=create_comment(user=user), text="A word.", written_by=user)
    create_notice(comment)
    set_policy()
    stored(created_by=user)
    Tag.objects.create(slug="queues", name="Queues")
    for model in WITH_HISTORY:
        for row in model._default_manager.all():
            row._history_user = user
            row.save()
    for kind in admin.site._registry:
        for row in kind._default_manager.all():
            LogEntry.objects.create(
                user=user,
                content_type=ContentType.objects.get_for_model(kind),
                object_id=str(row.pk),
                object_repr="A row",
                action_flag=CHANGE,
                change_message="Changed it.",
            )
    return user


def pages() -> list[str]:
    """Return the addresses of the desk: lists, forms, each row with its history, and the queues."""
    found = ["/admin/", reverse("admin:comments_appeals"), reverse("admin:comments_notices")]
    found += [f"/admin/comments/comment/?queue={key}" for key in ("reported", "rule", "all")]
    for model in admin.site._registry:
        opts = model._meta
        if opts.label_lower in KNOW_ADDRESSES:
            continue
        name = f"admin:{opts.app_label}_{opts.model_name}"
        found += [reverse(f"{name}_changelist"), reverse(f"{name}_add")]
        for row in model._default_manager.all():
            found += [reverse(f"{name}_{what}", args=[row.pk]) for what in ("change", "history")]
            for record in row.history.all() if hasattr(row, "history") else []:
                found.append(reverse(f"{name}_simple_history", args=[row.pk, record.pk]))
    return found


def test_no_page_shows_the_address_of_a_colleague(nameless: User, client: Client) -> None:
    client.force_login(create_reader(name="Sue", is_staff=True, is_superuser=True))
    client.raise_request_exception = False
    seen, named = 0, 0
    for page in pages():
        answer = client.get(page, follow=True)
        assert answer.status_code < 500, page
        if answer.status_code == 200:
            assert nameless.email not in answer.text, page
            seen += 1
            named += f"colleague {nameless.pk}" in answer.text
    assert seen > 60
    assert named > 20


def test_histories_name_who_changed_it_and_carry_no_style(nameless: User, client: Client) -> None:
    client.force_login(create_moderator())
    rule = Rule.objects.get()
    for page in (f"comments/policy/{Policy.current().pk}", f"comments/rule/{rule.pk}"):
        answer = client.get(f"/admin/{page}/history/")
        assert f"colleague {nameless.pk}" in answer.text
        assert not re.search(r"<style|\sstyle=|<script>|\son[a-z]+=", answer.text)


def test_who_has_left_and_programs_are_told_apart_from_colleagues(client: Client) -> None:
    client.force_login(create_moderator())
    rule = stored()
    assert (
        "a program, or somebody who has left"
        in client.get(f"/admin/comments/rule/{rule.pk}/history/").text
    )
