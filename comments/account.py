"""What comments add to the account: a page, kinds of letters, a part of the public page."""

from collections import Counter
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.registries import menu, notices, profile_sections
from accounts.registries.profile_sections import ProfileSection
from comments import notifications, wanted
from comments.models import Comment, ModerationAct
from comments.states import State
from mailing import outbox

SHOWN = 5
# What the states are called in one's own summary, the most urgent first.
SUMMED = {
    State.UNCONFIRMED: "not confirmed by you yet",
    State.PENDING: "waiting for a moderator",
    State.HIDDEN: "hidden after reports",
    State.APPROVED: "public",
    State.REJECTED: "rejected",
}


def register() -> None:
    """Fill the registries of the account with what belongs to comments."""
    menu.register(menu.AccountPage("comments", "My comments", "comments:account", 10, summary))
    for kind in KINDS:
        notices.register(kind)
    profile_sections.register("comments", recent_comments)
    profile_sections.register_complaint(complaint_url)


def summary(user: User) -> str:
    """Say how many comments a person has, by state."""
    states = Comment.objects.filter(author__user=user).values_list("state", flat=True)
    counts = Counter(states)
    parts = [f"{counts[state]} {words}" for state, words in SUMMED.items() if counts[state]]
    return f"{', '.join(parts)}." if parts else "You have not commented yet."


def recent_comments(user: User) -> ProfileSection | None:
    """Return the latest public comments that are signed with the name on the page.

    What somebody signed with another name stays apart from this one.
    """
    if not user.display_name:
        return None
    found = (
        Comment.objects.approved()
        .filter(author__user=user, name=user.display_name)
        .select_related("thread__article")
        .defer("thread__article__body_html", "thread__article__search_text")
        .newest_first()[:SHOWN]
    )
    comments = list(found)
    if not comments:
        return None
    return ProfileSection(
        "Recent comments", "comments/_member_comments.html", {"comments": comments}
    )


def _take_back_replies(user: User) -> None:
    """Take back the letters about replies to a person's comments that still wait."""
    replies = Comment.objects.filter(parent__author__user=user).only("pk")
    outbox.cancel_all(notifications.reply_key(reply) for reply in replies)


def _take_back_approvals(user: User) -> None:
    """Take back the letters of approval that still wait and can be switched off."""
    since = timezone.now() - 2 * notifications.SETTLES
    acts = ModerationAct.objects.decisions().filter(comment__author__user=user, at__gte=since)
    for act in acts.filter(to_state=State.APPROVED).select_related("comment"):
        assert act.comment is not None
        earlier = act.comment.acts.decisions().filter(pk__lt=act.pk).newest_first()
        if wanted.is_optional(act, notifications.known_state(earlier)):
            outbox.cancel(notifications.act_key(act))


def complaint_url(path: str) -> str:
    """Return where a reader sends a notice about a public page."""
    return f"{reverse('comments:notice')}?{urlencode({'page': path})}"


KINDS = (
    notices.NoticeKind(
        wanted.REPLIES,
        "Replies to your comments",
        "Only to those for which you asked it. Off means none, whatever you ticked there.",
        take_back=_take_back_replies,
    ),
    notices.NoticeKind(
        wanted.APPROVALS,
        "Your comment became public",
        "When a moderator approved what you wrote.",
        take_back=_take_back_approvals,
    ),
    notices.NoticeKind(
        wanted.DECISIONS,
        "Decisions about your comments and about you",
        "When a comment is rejected, hidden or held, when you are restricted, and how an appeal "
        "ended. We owe you the reasons (EU Digital Services Act, Article 17), and without them you "
        "could not appeal.",
        is_required=True,
    ),
)
