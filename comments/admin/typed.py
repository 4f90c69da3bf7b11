"""What a moderator typed, so that no answer of the desk loses a word of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from comments.admin.cards import Card
from comments.admin.deciding import Wish

MOST_CHOSEN = 200


@dataclass(frozen=True)
class Typed:
    """The fields of a form that was sent: one statement and reason per card, and those for many."""

    fields: Mapping[str, str] = field(default_factory=dict)
    chosen: tuple[int, ...] = ()

    @classmethod
    def of(cls, post: QueryDict) -> "Typed":
        """Return what was typed, without what no database takes, and with line ends as we count."""
        fields = {
            name: with_our_lines(str(value)).replace("\0", "") for name, value in post.items()
        }
        keys = [int(pk) for pk in post.getlist("chosen") if is_key(pk)]
        return cls(fields, tuple(dict.fromkeys(keys))[:MOST_CHOSEN])

    def text(self, name: str) -> str:
        """Return the words of a field; empty where there are none."""
        return self.fields.get(name, "")

    @property
    def bulk_reason(self) -> str:
        """Return the reason chosen for many at once."""
        return self.text("reason")

    @property
    def bulk_statement(self) -> str:
        """Return the words for many at once."""
        return self.text("statement")

    @property
    def button(self) -> tuple[str, int | None]:
        """Return the verb that was pressed and the row that it is about, if it names one."""
        verb, _, key = self.text("do").partition(":")
        return verb, int(key) if is_key(key) else None

    def wish(self, verb: str, pk: int) -> Wish:
        """Return what is wanted about one card, in the words beside it."""
        return Wish(
            verb, pk, self.seen(pk), self.text(f"reason-{pk}"), self.text(f"statement-{pk}")
        )

    def wishes(self, verb: str) -> list[Wish]:
        """Return what is wanted about all chosen cards, in the words for many."""
        reason, statement = self.text("reason"), self.text("statement")
        return [Wish(verb, pk, self.seen(pk), reason, statement) for pk in self.chosen]

    def seen(self, pk: int) -> int | None:
        """Return which decision stood on the card when it was shown."""
        seen = self.text(f"seen-{pk}")
        return int(seen) if is_key(seen) or seen == "0" else None

    def fill(self, cards: list[Card]) -> None:
        """Put the words back onto their cards."""
        for card in cards:
            card.reason = self.text(f"reason-{card.comment.pk}")
            card.statement = self.text(f"statement-{card.comment.pk}")
            card.is_chosen = card.comment.pk in self.chosen

    def cards_with_words(self) -> list[int]:
        """Return the keys of all cards beside which words were typed."""
        names = [name for name, value in self.fields.items() if value.strip()]
        keys = [name.removeprefix("statement-") for name in names if name.startswith("statement-")]
        return [int(key) for key in keys if is_key(key)]

    @property
    def words(self) -> list[tuple[str, str]]:
        """Return whatever a person wrote by hand, for a page that can only give it back."""
        return [
            (name.partition("-")[0].capitalize(), value)
            for name, value in self.fields.items()
            if value.strip()
            and name.startswith(("statement", "note", "person-statement", "thread-statement"))
        ]


def with_our_lines(text: str) -> str:
    """Return a text in which a line ends with one character; browsers send two."""
    return text.replace("\r\n", "\n")


def is_key(text: str) -> bool:
    """Return whether a text is the key of a row."""
    return text.isascii() and text.isdecimal() and 0 < len(text) < 19 and int(text) > 0
