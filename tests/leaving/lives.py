"""One person with a trace in every table that can hold one, left through what the site does."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.data import erasure
from accounts.models import CommentsChoice, Document, NotificationChoice, ProfileLink, User
from accounts.models.member_page import RetiredHandle
from accounts.profile import member_pages, second_looks
from accounts.terms import documents
from accounts.tests.entering import code_for, sign_up
from accounts.tests.factories import create_user
from articles.models import Contributor
from articles.publishing import withdraw
from articles.tests.factories import (
    create_category,
    create_contributor,
    create_diagram,
    create_live_guide,
    create_tag,
)
from comments.models import Attempt, Note
from comments.states import State
from comments.tests.factories import create_comment
from comments.tests.leavers import EMAIL, NAME, Life, create_life
from comments.tests.test_erase_moderator import work
from evidence.tests.factories import create_claim, create_source
from learning.tests.guides import read, save
from mailing.models import Letter
from mailing.tests.letters import queue_letter
from mailing.tests.postbox import deliver_all
from tests.leaving.scan import NUMBER, number_the_next_user

HANDLE = "rana-leaves-a-trace"
SECOND = "rana.second@example.net"
WORDS = [EMAIL, SECOND, NAME.lower(), HANDLE]


def live(client: Client) -> Life:
    """Return the life of somebody who did everything that one can do here."""
    for document in Document:
        documents.publish(document, text="Be kind.", change="First.", is_notable=True)
    user = _enter(client)
    _settle(user)
    _ask_for_another_look(user)
    _comment_first(user)
    life = create_life(user)
    _join_the_desk(user)
    _work_on_the_library(user)
    _leave_traces(user, life.moderator)
    erasure.request(user, CommentsChoice.ANONYMISE)
    _sign_in_again(client, user)
    return life


def _sign_in_again(client: Client, user: User) -> None:
    """Be signed in on a device that the list of devices knows."""
    user.refresh_from_db()
    client.force_login(user)
    UserSession.objects.create(
        user=user,
        session_key=client.session.session_key,
        ip="203.0.113.0",
        user_agent=f"The browser of {NAME}",
    )


def _enter(client: Client) -> User:
    """Sign up by the forms, in one browser; begin to sign in, in another."""
    number_the_next_user()
    sign_up(client, EMAIL)
    client.post("/account/confirm-email/", {"code": code_for(EMAIL)}, HTTP_USER_AGENT="Rana's")
    user = User.objects.get(pk=NUMBER)
    client.force_login(user)
    Client().post("/account/login/code/", {"email": EMAIL})
    return user


def _settle(user: User) -> None:
    """Fill in whatever an account can hold."""
    User.objects.filter(pk=user.pk).update(
        display_name=NAME,
        bio=f"{NAME} keeps bees.",
        handle=HANDLE,
        is_profile_public=True,
    )
    user.refresh_from_db()
    second = EmailAddress.objects.create(user=user, email=SECOND, verified=True)
    EmailConfirmation.objects.create(email_address=second, key="k", sent=timezone.now())
    ProfileLink.objects.create(user=user, label=NAME, url="https://rana.example.org/")
    NotificationChoice.objects.create(user=user, kind="replies-of-rana", is_on=False)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "s"})
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": "s"})
    other = SocialAccount.objects.create(
        user=user, provider="github", uid="rana-4711", extra_data={"email": EMAIL, "name": NAME}
    )
    SocialToken.objects.create(account=other, token="t")
    RetiredHandle.objects.create(
        digest="0" * 64, owner=user, until=timezone.now() + timedelta(days=9)
    )


def _ask_for_another_look(user: User) -> None:
    """Have the public page taken down, ask for another look, be answered; it stays down."""
    member_pages.take_down(user, f"{NAME} sells something.")
    user.refresh_from_db()
    second_looks.ask(user, f"But {NAME} does not.")
    second_looks.answer(user, f"It does, {NAME}.", puts_back=False)


def _changed(thing: Any, user: User) -> None:
    thing._history_user = user
    thing.save()


def _work_on_the_library(user: User) -> None:
    """Write, publish and withdraw a guide; change whatever keeps a history; read some."""
    guide = create_live_guide(title="Written by her", created_by=user)
    withdraw(guide, reason="Out of date.", actor=user)
    things = (create_category(), create_tag(), create_diagram(), create_source(), create_claim())
    for thing in things:
        _changed(thing, user)
    contributor: Contributor = create_contributor(name="A Byline")
    contributor.links = [{"label": "Mail", "url": f"mailto:{EMAIL}"}]
    _changed(contributor, user)
    public = create_live_guide()
    save(user, public)
    read(user, public)


def _comment_first(user: User) -> None:
    """Answer and be answered, also as a guest before there was an account."""
    guide, other = create_live_guide(), create_user(display_name="Olga Other")
    theirs = create_comment(guide, user=other, text="Well said.", state=State.APPROVED)
    create_comment(parent=theirs, user=user, name=NAME, text="Thanks a lot.", state=State.APPROVED)
    create_comment(parent=theirs, email=SECOND, name="R. as a guest", text="As a guest once.")
    Attempt.objects.update(at=timezone.now() - timedelta(hours=2))  # so that more may be written


def _join_the_desk(user: User) -> None:
    """Become a colleague, and decide about others."""
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    user.groups.add(*Group.objects.filter(name__in=["Editor", "Moderator"]))
    user.user_permissions.add(Permission.objects.get(codename="publish_article"))
    theirs = create_comment(text="A word of somebody.", state=State.APPROVED)
    Note.objects.create(comment=theirs, text=f"Mine. {NAME}", written_by=user)
    work(user)


def _leave_traces(user: User, colleague: User) -> None:
    """Show up in the log of the desk, in the outbox, and in the words of a fault."""
    kind = ContentType.objects.get_for_model(User)
    about = {"content_type": kind, "action_flag": CHANGE, "object_id": str(user.pk)}
    LogEntry.objects.create(user=colleague, object_repr=NAME, change_message=EMAIL, **about)
    LogEntry.objects.create(user=user, object_repr=NAME, change_message="her own", **about)
    LogEntry.objects.create(
        user=create_user(role="Moderator"),
        object_repr=f"{NAME}, comment 1",
        action_flag=CHANGE,
        content_type=ContentType.objects.get(model="comment"),
        object_id="1",
    )
    queue_letter("of-her-to-somebody", to="somebody@example.org")
    Letter.objects.filter(key="of-her-to-somebody").update(text=f"{NAME} began a guide.")
    deliver_all()
    queue_letter("a-fault-of-mail")
    DBTaskResult.objects.filter(finished_at=None).update(
        finished_at=timezone.now(), status="FAILED", traceback=f"550 {EMAIL.title()} unknown"
    )
