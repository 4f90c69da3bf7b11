"""What the library keeps of the people who write it; printed on the privacy page."""

from core.retention import Keeping

KEEPINGS = (
    Keeping(
        key="articles.authorship",
        what="Who of our staff wrote or changed a guide, a source, a figure or a rule at the desk",
        why="Every change of a published text can be traced.",
        until="they delete their account; the texts stay",
    ),
)
