"""How far a person has come in the library, category by category."""

from dataclasses import dataclass, field

from accounts.models import User
from articles.models import Article, Category
from learning.models import ReadGuide


@dataclass
class Shelf:
    """The public guides of a category, in the order of the library, and which of them are read."""

    category: Category
    guides: list[Article] = field(default_factory=list)
    read: set[int] = field(default_factory=set)

    @property
    def total(self) -> int:
        """Return how many guides there are."""
        return len(self.guides)

    @property
    def count(self) -> int:
        """Return how many of them are read."""
        return len(self.read)

    @property
    def marks(self) -> list[bool]:
        """Return for each guide whether it is read, in the order of the library."""
        return [guide.pk in self.read for guide in self.guides]

    @property
    def next(self) -> Article | None:
        """Return the first guide that is not read yet."""
        return next((guide for guide in self.guides if guide.pk not in self.read), None)


def shelves(user: User) -> list[Shelf]:
    """Return the categories that hold public guides, in two queries."""
    read = set(ReadGuide.objects.of(user).values_list("article", flat=True))
    guides = (
        Article.objects.published()
        .select_related("category")
        .only("title", "slug", "shelf", "position", "category")
        .in_library_order()
    )
    found: dict[int, Shelf] = {}
    for guide in guides:
        shelf = found.setdefault(guide.category_id, Shelf(guide.category))
        shelf.guides.append(guide)
        if guide.pk in read:
            shelf.read.add(guide.pk)
    return list(found.values())
