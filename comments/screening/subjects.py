"""A comment as rules see it. The live screening and the dry run build it with the same function."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Q

from comments.models import Comment
from comments.rendering import render_comment
from comments.screening.reading import Reading, read_html
from comments.wording import seen, tokens

HOUR = timedelta(hours=1)
type _Moments = defaultdict[object, list[tuple[datetime, int]]]  # when, and the key of the comment

BREAK = "\n"  # no phrase reaches from the comment into its name or its links


@dataclass(frozen=True)
class Recent:
    """How many comments came in the hour up to one, and it is counted too."""

    of_person: int
    of_network: int


class History:
    """When the writers of some comments, and their networks, sent comments. Asked for if needed."""

    def __init__(self, comments: Sequence[Comment]) -> None:
        self._comments = comments

    def up_to(self, comment: Comment) -> Recent:
        """Return what came in the hour up to a comment, which is one of those given at first.

        The hash of a network is forgotten after some weeks; older comments count by person alone.
        """
        people, networks = self._sent
        this = (comment.created_at, comment.pk)
        network = networks[comment.address_hash] if comment.address_hash else []
        return Recent(_within(people[comment.author_id], this), _within(network, this))

    @cached_property
    def _sent(self) -> tuple[_Moments, _Moments]:
        people: _Moments = defaultdict(list)
        networks: _Moments = defaultdict(list)
        if not self._comments:
            return people, networks
        moments = [comment.created_at for comment in self._comments]
        by_same = Q(author__in={comment.author_id for comment in self._comments})
        hashes = {comment.address_hash for comment in self._comments} - {""}
        near = Comment.objects.filter(
            by_same | Q(address_hash__in=hashes),
            created_at__gt=min(moments) - HOUR,
            created_at__lte=max(moments),
        )
        rows = near.order_by("created_at", "pk")
        for pk, author, network, at in rows.values_list(
            "pk", "author_id", "address_hash", "created_at"
        ):
            people[author].append((at, pk))
            networks[network].append((at, pk))
        return people, networks


def _within(sent: list[tuple[datetime, int]], this: tuple[datetime, int]) -> int:
    first = bisect_right(sent, this[0] - HOUR, key=lambda one: one[0])
    return max(0, bisect_right(sent, this) - first)


@dataclass
class Subject:
    """What a rule may ask about a comment."""

    comment: Comment
    history: History

    @cached_property
    def reading(self) -> Reading:
        """Return the comment as its readers see it."""
        return read_html(self.comment.html or render_comment(self.comment.text))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return what a pattern looks at: as typed, as seen, the name, the addresses of links."""
        shown = seen(self.reading.text)
        return tuple(dict.fromkeys([self.comment.text, shown, self.comment.name, *self.links]))

    @cached_property
    def tokens(self) -> list[str]:
        """Return the folded words and signs of the comment, its name and its links."""
        found: list[str] = []
        for text in (self.reading.text, self.comment.name, *self.links):
            found += [*tokens(text), BREAK]
        return found

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Return where each word or sign stands."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(self.tokens):
            places[token].append(place)
        return places

    @cached_property
    def plain(self) -> str:
        """Return what stands there letter by letter, without any folding but that of case."""
        return " ".join(f"{self.comment.text} {self.comment.name}".casefold().split())

    @property
    def links(self) -> tuple[str, ...]:
        """Return the addresses of the links, those written out too."""
        return self.reading.links

    @property
    def address(self) -> str:
        """Return the mail address of the writer; empty once the person is gone."""
        return self.comment.author.email

    @cached_property
    def recent(self) -> Recent:
        """Return how many comments came in the hour up to this one."""
        return self.history.up_to(self.comment)


def subjects_of(comments: Sequence[Comment]) -> list[Subject]:
    """Return comments as rules see them; their recent history costs one query for all."""
    history = History(comments)
    return [Subject(comment, history) for comment in comments]
