"""Somebody with a row in every table of the comments, their leaving, and what is left of them."""

from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.registries.holdings import CommentsChoice, person_of
from articles.models import Article
from articles.tests.factories import create_live_guide
from comments import appeals, reports
from comments.holdings import HOLDING
from comments.identity import Visitor, commenter_of
from comments.models import Appeal, Comment, Note, Rule
from comments.moderation import keep, reject, restrict
from comments.posting import delete
from comments.states import Action, Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.post import forget_mail
from mailing.models import Letter

NAME = "Rana Leaver"
EMAIL = "rana.leaver@example.org"
PUBLIC = "I moved our queue to PostgreSQL last spring, and it has simply worked."
SECRET = "SELECT nothing FROM unpublished thoughts of mine."


@dataclass
class Life:
    """A person, and what there is of them."""

    user: User
    guide: Article
    other: User
    moderator: User
    comments: dict[State, Comment] = field(default_factory=dict)

    def comment(self, state: State) -> Comment:
        """Return a comment as it is now, by the state that it had."""
        return Comment.objects.get(pk=self.comments[state].pk)

    def leave(self, choice: CommentsChoice) -> dict[str, int]:
        """Let the person go: the holding, then the account."""
        counts = erase(self.user, choice)
        User.objects.get(pk=self.user.pk).delete()
        return counts


def erase(user: User, choice: CommentsChoice) -> dict[str, int]:
    """Take somebody out of the comments, as the erasure of the account does."""
    with transaction.atomic():
        return dict(HOLDING.erase(person_of(user), choice))


def add_address(user: User, email: str, *, verified: bool = True) -> None:
    """Give an account one more address."""
    EmailAddress.objects.create(user=user, email=email, verified=verified)


def create_life(user: User | None = None) -> Life:
    """Return a reader, or the one given, who has left a trace of every kind."""
    user = user or create_reader(name=NAME, email=EMAIL)
    life = Life(user, create_live_guide(), create_reader(name="Olu Other"), create_moderator())
    Rule.objects.create(name="Writers", kind=Rule.Kind.ADDRESS, value=f"{EMAIL}\nspam.example")
    for state in (State.APPROVED, State.PENDING, State.HIDDEN):
        text = PUBLIC if state == State.APPROVED else f"{SECRET} {state}"
        life.comments[state] = create_comment(
            life.guide, user=user, text=text, state=state, by=life.moderator
        )
    life.comments[State.REJECTED] = _rejected(life, f"{SECRET} rejected")
    deleted = create_comment(life.guide, user=user, text=f"{SECRET} soon gone", state=State.PENDING)
    delete(deleted)
    life.comments[State.DELETED] = deleted
    _answers_and_reports(life)
    _decided_about(life)
    return life


def _rejected(life: Life, text: str) -> Comment:
    comment = create_comment(life.guide, user=life.user, text=text, state=State.PENDING)
    statement = f"Dear {NAME}, this is not about the guide."
    act = reject(comment, user=life.moderator, reason=Reason.OTHER, statement=statement)
    made = appeals.appeal(act, f"But it is! {NAME}")
    appeals.decide_appeal(
        made, Appeal.Outcome.UPHELD, user=create_moderator(), statement=f"No, {NAME}."
    )
    return comment


def _answers_and_reports(life: Life) -> None:
    public = life.comments[State.APPROVED]
    create_comment(parent=public, user=life.other, text="Ours too.", state=State.APPROVED)
    visitor = Visitor(user=life.other)
    words = f"{NAME} sells something"
    reports.flag(public, visitor=visitor, network="x", reason=Reason.SPAM, words=words)
    keep(public, user=life.moderator, statement=f"It is fine, {NAME}.")
    theirs = create_comment(life.guide, user=life.other, text="Buy it.", state=State.APPROVED)
    reports.flag(
        theirs,
        visitor=Visitor(user=life.user),
        network="x",
        reason=Reason.SPAM,
        words="I, the reporter, saw an advert.",
    )
    reports.file_notice(
        address="/guides/x/",
        explanation=f"I am {EMAIL} and it defames me.",
        visitor=Visitor(user=life.user),
        network="x",
        name=NAME,
        email=EMAIL.title(),
    )
    reports.file_notice(
        address=public.get_absolute_url(),
        explanation=f"{NAME} breaks the law.",
        visitor=visitor,
        network="y",
    )
    Note.objects.create(comment=public, text=f"Watch {NAME}.", written_by=life.moderator)


def _decided_about(life: Life) -> None:
    person = commenter_of(life.user)
    until = timezone.now() + timedelta(days=3)
    said = f"Calm down, {NAME}."
    restrict(
        person,
        Action.SUSPEND,
        user=life.moderator,
        reason=Reason.ABUSE,
        statement=said,
        until=until,
    )
    restrict(person, Action.BAN, user=life.moderator, reason=Reason.ABUSE, statement=said)


def forget_letters_to(address: str) -> None:
    """Delete letters to an address, as the outbox does: it has a holding of its own."""
    forget_mail()
    Letter.objects.filter(recipient__iexact=address).delete()


def tables() -> list[str]:
    """Return the tables of the comments, and the outbox."""
    models = [*apps.get_app_config("comments").get_models(include_auto_created=True)]
    return [model._meta.db_table for model in models] + ["mailing_letter"]


def rows_with(*needles: str) -> list[str]:
    """Return every row of these tables in which one of these texts stands, in any case."""
    found = []
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if any(needle.lower() in str(value).lower() for needle in needles):
                        found.append(f"{table}.{name}: {value}")
    return found


def ties_to(user: User) -> list[str]:
    """Return every foreign key to this account in the tables of the comments."""
    found = []
    for model in apps.get_app_config("comments").get_models(include_auto_created=True):
        for column in model._meta.concrete_fields:
            if column.related_model is User:
                rows = model._base_manager.filter(**{column.attname: user.pk})
                found += [f"{model.__name__}.{column.name} {row.pk}" for row in rows]
    return found
