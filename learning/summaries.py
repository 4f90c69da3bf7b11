"""What the overview of the account says about saved and read guides: one query each."""

from django.db.models import Count, Exists, OuterRef, Q
from django.template.defaultfilters import pluralize

from accounts.models import User
from articles.models import Article
from learning.models import ReadGuide, SavedGuide


def saved(user: User) -> str:
    """Return how many guides a person saved, and how many of them changed since."""
    counts = (
        SavedGuide.objects.of(user)
        .with_changes()
        .aggregate(all=Count("pk"), changed=Count("pk", filter=Q(has_changed=True)))
    )
    if not counts["all"]:
        return "You have saved no guides yet."
    words = f"{counts['all']} guide{pluralize(counts['all'])} saved"
    return f"{words}, {counts['changed']} changed since." if counts["changed"] else f"{words}."


def progress(user: User) -> str:
    """Return how many of the public guides a person has read."""
    read = ReadGuide.objects.of(user).filter(article=OuterRef("pk"))
    counts = Article.objects.published().aggregate(
        all=Count("pk"), read=Count("pk", filter=Q(Exists(read)))
    )
    if not counts["read"]:
        return "You have marked no guides as read yet."
    return f"{counts['read']} of {counts['all']} guide{pluralize(counts['all'])} read."
