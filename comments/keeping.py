"""How long what `comments` keeps of a person is kept; printed on the privacy page."""

from comments import identity, limits, reports, retention
from comments.posting import ADDRESS_KEPT
from core.retention import Keeping

GONE_WITH_YOU = "you delete your account, or as a guest take everything back"

KEEPINGS = (
    Keeping(
        key="comments.words",
        what="Your comments, the name you signed them with, and when you wrote them",
        why="They are what you wanted others to read. When you delete one, its words go at once.",
        until="you delete them; when you leave they go or lose your name, as you choose",
    ),
    Keeping(
        key="comments.guest-addresses",
        what="The e-mail address of a guest who comments, if it was confirmed",
        why="To tell you what became of your comments, and to know them as yours.",
        until="you take everything back, or open an account with it and delete that",
    ),
    Keeping(
        key="comments.unconfirmed",
        what="Comments whose e-mail address nobody confirmed",
        why="The link in the letter works for so long.",
        period=retention.UNCONFIRMED_KEPT,
        since="the comment was sent",
        purge=retention.delete_unconfirmed,
    ),
    Keeping(
        key="comments.unconfirmed-addresses",
        what="Addresses that belong to nothing but such comments",
        why="Nobody ever said that the address was theirs.",
        period=retention.UNCONFIRMED_KEPT,
        since="the last such comment was sent",
        purge=retention.forget_addresses,
    ),
    Keeping(
        key="comments.networks",
        what="A hash of the network address that a comment came from, which only we can compare",
        why="To see floods of comments from one place. It cannot be turned back into the address.",
        period=ADDRESS_KEPT,
        since="the comment was sent",
        purge=retention.forget_networks,
    ),
    Keeping(
        key="comments.tries",
        what="How often somebody from your network sent a form, under such a hash",
        why="To slow down who floods us.",
        period=limits.KEPT,
        since="the form was sent",
        purge=limits.forget_old,
    ),
    Keeping(
        key="comments.cookie",
        what="The cookie “commenter”, in your browser only, set when you comment",
        why="To show you your own comments, also those that wait. It goes to no other page.",
        until=f"{identity.REMEMBERED.days} days after you last commented, or you delete it",
    ),
    Keeping(
        key="comments.decisions",
        what="What moderators decided about a comment or a person, when, why, and who it was",
        why="So that you can read the reasons, appeal, and check that we keep our rules. The log "
        "is never rewritten; it says nothing of who you are once you are gone.",
        until=f"{GONE_WITH_YOU}; the decision itself stays, without a name",
    ),
    Keeping(
        key="comments.notes",
        what="Notes of moderators beside a comment, and restrictions such as a suspension",
        why="So that moderators treat everybody alike.",
        until=GONE_WITH_YOU,
    ),
    Keeping(
        key="comments.reports",
        what="What you reported or appealed against, and your words",
        why="To answer it, and to be able to say how it was answered.",
        until=GONE_WITH_YOU,
    ),
    Keeping(
        key="comments.report-networks",
        what="A hash of the network address that a report without an account came from",
        why="So that one person counts once.",
        period=reports.NETWORK_KEPT,
        since="the report was sent",
        purge=reports.forget_networks,
    ),
    Keeping(
        key="comments.notifiers",
        what="Name and address of who sent a notice of illegal content",
        why="To answer it, and because both sides may complain about the answer for six months.",
        period=reports.NOTIFIER_KEPT,
        since="the notice was decided",
        purge=reports.forget_notifiers,
    ),
)
