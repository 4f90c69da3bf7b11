"""What somebody did as a moderator, for the archive of their data."""

from collections.abc import Iterator

from accounts.registries.holdings import Person, Section
from comments.models import Appeal, ModerationAct, Note, Notice, Policy, Rule
from comments.personal.archive import address_of, decision


def sections(person: Person) -> Iterator[Section]:
    """Yield the parts of the archive about a moderator; nothing for somebody who never was one."""
    for section in (_acts(person), _answers(person), _notes(person), _rules(person)):
        if section.rows:
            yield section


def _acts(person: Person) -> Section:
    acts = ModerationAct.objects.filter(actor=person.user).select_related("comment", "thread")
    return Section(
        "moderation",
        "What you did as a moderator",
        "Your rows of the log of moderation. They stay when you leave, without your name.",
        [
            {
                **decision(act),
                "person": act.commenter_id,
                "thread": act.thread.article_id if act.thread is not None else None,
                "takes_back": act.undoes_id,
            }
            for act in acts.order_by("pk")
        ],
    )


def _answers(person: Person) -> Section:
    rows = [
        {
            "kind": kind,
            "number": row.pk,
            "outcome": row.get_outcome_display(),
            "answer": row.statement,
            "answered_at": row.decided_at,
        }
        for kind, model in (("appeal", Appeal), ("notice", Notice))
        for row in model._default_manager.filter(decided_by=person.user).order_by("pk")
    ]
    return Section(
        "moderation-answers",
        "Appeals and notices you decided",
        "Your answers. They stay when you leave, without your name.",
        rows,
    )


def _notes(person: Person) -> Section:
    rows = Note.objects.filter(written_by=person.user).select_related("comment").order_by("pk")
    return Section(
        "moderation-notes",
        "Notes you wrote as a moderator",
        "Beside comments, for colleagues.",
        [
            {
                "number": row.pk,
                "comment": address_of(row.comment),
                "words": row.text,
                "written_at": row.written_at,
            }
            for row in rows
        ],
    )


def _rules(person: Person) -> Section:
    """Return every version of a rule or of the policy that names the person."""
    user = person.user
    rows = [
        {"kind": "rule", "number": rule.pk, "name": rule.name, "at": rule.created_at}
        for rule in Rule.objects.filter(created_by=user).order_by("pk")
    ]
    rows += [
        {"kind": "earlier rule", "number": row.history_id, "name": row.name, "at": row.history_date}
        for row in (
            Rule.history.filter(created_by=user) | Rule.history.filter(history_user=user)
        ).order_by("history_id")
    ]
    rows += [
        {
            "kind": "earlier policy",
            "number": row.history_id,
            "name": row.get_mode_display(),
            "at": row.history_date,
        }
        for row in Policy.history.filter(history_user=user).order_by("history_id")
    ]
    return Section(
        "moderation-rules",
        "Rules and policy you wrote or changed",
        "They stay when you leave, without your name.",
        rows,
    )
