"""Traces of a person in what runs the site: sessions, the log of the desk, the outbox, tasks."""

import json
from collections.abc import Iterable, Iterator, Mapping

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.http import int_to_base36
from django_tasks_db.models import DBTaskResult

from accounts.data.mentions import Mentions, by_address
from accounts.models import User
from accounts.registries import holdings
from accounts.registries.holdings import CommentsChoice, Holding, Person, Section
from accounts.signing_in import letters
from mailing.models import EMPTY, Letter

WORDS_OF_LETTERS = ("recipient", "subject", "text", "html")
GONE = "An account that was deleted"


def register() -> None:
    """Register the traces. They are erased after the apps, which may take letters back first."""
    holdings.register(
        Holding(
            "loose-sessions",
            ("sessions.Session",),
            export_loose_sessions,
            erase_sessions,
            order=89,
            is_costly=True,
        )
    )
    holdings.register(
        Holding("devices", ("usersessions.UserSession",), export_devices, erase_devices, order=90)
    )
    holdings.register(Holding("desk-log", ("admin.LogEntry",), export_log, erase_log, order=91))
    holdings.register(
        Holding("letters", ("mailing.Letter",), export_letters, erase_letters, order=92)
    )
    holdings.register(
        Holding(
            "tasks", ("django_tasks_database.DBTaskResult",), export_tasks, erase_tasks, order=93
        )
    )


# Sessions.


def export_devices(person: Person) -> Iterable[Section]:
    """Return where the person is signed in. The keys of sessions are secrets and stay here."""
    listed = UserSession.objects.filter(user=person.user).order_by("pk")
    stored = Session.objects.filter(session_key__in=[row.session_key for row in listed])
    ends = dict(stored.values_list("session_key", "expire_date"))
    yield Section(
        "sessions",
        "Where you are signed in",
        "One row for each browser, so that you can sign out elsewhere. The cookie that a browser "
        "is known by is a secret and not in here.",
        [
            {
                "signed_in_at": row.created_at,
                "last_seen_at": row.last_seen_at,
                "network": row.ip,
                "browser": row.user_agent,
                "ends_at": ends.get(row.session_key),
            }
            for row in listed
        ],
    )


def export_loose_sessions(person: Person) -> Iterable[Section]:
    """Return sessions that no list of devices has, such as one that waits for a code."""
    listed = UserSession.objects.filter(user=person.user)
    keys = set(listed.values_list("session_key", flat=True))
    loose = [row for row in _sessions_of(person) if row.session_key not in keys]
    yield Section(
        "loose-sessions",
        "Where somebody began to sign in as you",
        "Browsers in which one of your addresses was typed, or a step of signing in is open.",
        [{"ends_at": row.expire_date} for row in loose],
    )


def erase_sessions(person: Person, choice: CommentsChoice) -> Mapping[str, int]:
    """End every session of the person, and those in which somebody began to sign in as them."""
    keys = [row.session_key for row in _sessions_of(person)]
    return {"sessions": Session.objects.filter(session_key__in=keys).delete()[0]}


def erase_devices(person: Person, choice: CommentsChoice) -> Mapping[str, int]:
    """Delete the list of the person's devices."""
    return {"devices": UserSession.objects.filter(user=person.user).delete()[0]}


def _sessions_of(person: Person) -> Iterator[Session]:
    """Yield the sessions that belong to the person. Their content is signed text: each is read."""
    mentions, own = by_address(person), str(person.user.pk)
    began = {own, int_to_base36(person.user.pk)}
    for session in Session.objects.order_by("pk").iterator(chunk_size=500):
        content = session.get_decoded()
        whose = content.get(SESSION_KEY)
        is_on_the_way = whose is None and (
            content.get("account_authentication_methods_user") == own
            or (content.get("account_login") or {}).get("user_pk") in began
            or mentions.found_in(json.dumps(content, default=str))
        )
        if whose == own or is_on_the_way:
            yield session


# The log of the desk.


def _about(user: User) -> Q:
    kind = ContentType.objects.get_for_model(User, for_concrete_model=True)
    return Q(content_type=kind, object_id=str(user.pk))


def export_log(person: Person) -> Iterable[Section]:
    """Return what the person did at the desk, and what others did there with their account."""
    mentions = by_address(person)
    entries = LogEntry.objects.filter(
        Q(user=person.user) | _about(person.user) | mentions.query("object_repr", "change_message")
    )
    rows = [
        {
            "at": entry.action_time,
            "done_by": "you" if entry.user_id == person.user.pk else "a colleague of ours",
            "act": entry.get_action_flag_display(),
            "kind_of_thing": entry.content_type.name if entry.content_type else "",
            "thing": _thing(entry, person),
            "note": entry.get_change_message(),
        }
        for entry in entries.select_related("content_type").order_by("pk")
        if entry.user_id == person.user.pk or _concerns(entry, person, mentions)
    ]
    yield Section(
        "desk-log",
        "The log of the desk",
        "What you changed at the desk, if you work here, and what was changed about your account.",
        rows,
    )


def _thing(entry: LogEntry, person: Person) -> str:
    """Return what an entry is about. Accounts of others are known by their address: not told."""
    model = entry.content_type.model_class() if entry.content_type else None
    is_somebody = model is not None and (
        issubclass(model, User) or any(field.related_model is User for field in model._meta.fields)
    )
    if is_somebody and not _concerns(entry, person, by_address(person)):
        return "of somebody else"
    return entry.object_repr


def _concerns(entry: LogEntry, person: Person, mentions: Mentions) -> bool:
    is_account = entry.object_id == str(person.user.pk) and (
        entry.content_type is not None and entry.content_type.model_class() is User
    )
    return is_account or mentions.found_in(entry.object_repr, entry.change_message)


def erase_log(person: Person, choice: CommentsChoice) -> Mapping[str, int]:
    """Delete what the person did; what others did to the account stays, without saying to whom."""
    done = LogEntry.objects.filter(user=person.user).delete()[0]
    about = LogEntry.objects.filter(_about(person.user)).update(
        object_id=None, object_repr=GONE, change_message=""
    )
    mentions, named = Mentions(person), 0
    query = mentions.query("object_repr", "change_message")
    for entry in LogEntry.objects.filter(query).select_related("content_type"):
        if mentions.found_in(entry.object_repr, entry.change_message):
            entry.object_repr = mentions.taken_out_of(entry.object_repr)[:200]
            entry.change_message = _without(entry.change_message, person, mentions)
            entry.save(update_fields=["object_repr", "change_message"])
            named += 1
    return {"desk_log_deleted": done, "desk_log_emptied": about + named}


def _without(message: str, person: Person, mentions: Mentions) -> str:
    """Return a message of the log without the person. In Django's own, JSON, names stay."""
    is_json = message.startswith("[")  # [{"changed": ...}], which somebody may be called
    return (by_address(person) if is_json else mentions).taken_out_of(message)


# The outbox.


def _own_letters(person: Person) -> Q:
    """Return a filter for letters to the person, also to an address that was not confirmed yet."""
    own = Q(key__startswith=letters.keys_of(person.user))
    for address in person.addresses:
        own |= Q(recipient__iexact=address)
    return own


def export_letters(person: Person) -> Iterable[Section]:
    """Return the letters to the person whose words we still have."""
    own = Letter.objects.filter(_own_letters(person)).exclude(recipient="").order_by("pk")
    yield Section(
        "letters",
        "Letters to you",
        "What we sent you or are about to send. Words and address are emptied a week after a "
        "letter has left, and at once where it held a code.",
        [
            {
                "to": letter.recipient,
                "subject": letter.subject,
                "text": letter.text,
                "queued_at": letter.queued_at,
                "sent_at": letter.sent_at,
                "state": letter.fate.label,
            }
            for letter in own
        ],
    )


def erase_letters(person: Person, choice: CommentsChoice) -> Mapping[str, int]:
    """Delete letters to the person, and take the person out of letters to others.

    A letter to somebody else that is done with is emptied. One that still waits is that person's
    own: it is sent, without the name.
    """
    deleted = Letter.objects.filter(_own_letters(person)).delete()[0]
    mentions, touched = Mentions(person), 0
    others = Letter.objects.filter(mentions.query(*WORDS_OF_LETTERS))
    for letter in others.exclude(key__startswith=letters.ACCOUNT):  # codes and the like; no names
        words = {name: getattr(letter, name) for name in WORDS_OF_LETTERS}
        if not mentions.found_in(*words.values()):
            continue
        if letter.next_try_at is None:
            change = EMPTY
        else:
            change = {name: mentions.taken_out_of(text) for name, text in words.items()}
        touched += Letter.objects.filter(pk=letter.pk).update(**change)
    return {"letters_deleted": deleted, "letters_to_others_emptied": touched}


# Tasks.

TASK_WORDS = ("traceback", "args_text", "value_text")


def _tasks(person: Person) -> list[DBTaskResult]:
    """Return finished tasks that mention the person, for example in the words of a fault."""
    mentions = by_address(person)
    results = DBTaskResult.objects.annotate(
        args_text=Cast("args_kwargs", TextField()), value_text=Cast("return_value", TextField())
    )
    return [
        result
        for result in results.filter(mentions.query(*TASK_WORDS), finished_at__lte=timezone.now())
        if mentions.found_in(*(getattr(result, name) or "" for name in TASK_WORDS))
    ]


def export_tasks(person: Person) -> Iterable[Section]:
    """Return work in the background that mentions the person; there is hardly ever any."""
    yield Section(
        "background-work",
        "Work in the background",
        "Notes on work that the site did later, such as sending a letter, where they mention you.",
        [
            {"what": task.task_path, "ended_at": task.finished_at, "fault": _fault(task)}
            for task in _tasks(person)
        ],
    )


def _fault(task: DBTaskResult) -> str:
    """Return the kind of a fault; its words may mention other people too."""
    return task.exception_class_path or ""


def erase_tasks(person: Person, choice: CommentsChoice) -> Mapping[str, int]:
    """Delete those notes."""
    keys = [task.pk for task in _tasks(person)]
    return {"task_notes": DBTaskResult.objects.filter(pk__in=keys).delete()[0]}
