"""What a reader can work out about cells that are not shown, from those that are.

Three kinds of sums are open to everybody who reads the tables:

- "values": everybody of a role, employment and country is the sum over the values of a dimension
  in which each person has one value;
- "countries": the world is the sum over the countries;
- "roles": a wide role is at least the sum of the roles inside it.

Each hidden cell has a lowest and a highest number of answers that it can have. A sum narrows the
bounds of its parts, they narrow others, until nothing moves. The first two kinds are taken to add
up exactly, as if no question had been skipped and no other country existed, unless the numbers
themselves show that something else is in the sum: a reader may know or guess as much.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from salaries.models import SMALLEST_CELL
from salaries.vocabulary import DIMENSIONS, EXPERIENCE_DIMENSIONS, WORLD

Bounds = tuple[int, int]

MANY = 10**9  # more answers than any survey has
SMALL: Bounds = (0, SMALLEST_CELL - 1)  # what is known of a cell that is not in the tables
SOMETHING_ELSE = "*"  # the one value, or country, that no table names

_BANDS = {
    "years_coding_total": ("0-4", "5-9", "10-14", "15-19", "20+"),
    **dict.fromkeys(EXPERIENCE_DIMENSIONS[1:], ("0-1", "2-4", "5-9", "10-14", "15+")),
}
# Every answer that these questions offer is given often enough to stand somewhere in an edition.
_CLOSED = {*_BANDS, "education", "remote", "org_size", "office_time", "seniority"}
_INSIDE = {
    "all-developers": ("back-end", "full-stack", "front-end", "mobile"),
    "all-roles": (
        *("all-developers", "architect", "devops", "sre", "data-engineer"),
        *("cloud-infrastructure", "engineering-manager"),
    ),
}


class Key(NamedTuple):
    """The name of a cell inside its edition."""

    role: str
    employment: str
    country: str
    dimension: str
    value: str


class Sum(NamedTuple):
    """A sum of cells: `kind` is "values", "countries" or "roles"; `over` names the dimension."""

    kind: str
    whole: Key
    over: str = ""


class Tables:
    """Which cells an edition could have, and which sums they stand in.

    `visible` holds the number of answers of every cell that is large enough to be shown.
    """

    def __init__(self, visible: Mapping[Key, int]) -> None:
        self.visible = visible
        self.countries = sorted({key.country for key in self.visible} - {WORLD})
        self.has_world = any(key.country == WORLD for key in self.visible)
        roles = {key.role for key in self.visible}
        self.inside = {
            whole: [part for part in parts if part in roles]
            for whole, parts in _INSIDE.items()
            if whole in roles
        }
        self.around = {part: whole for whole, parts in self.inside.items() for part in parts}
        self.values: dict[str, list[str]] = {}
        for key in self.visible:
            if DIMENSIONS[key.dimension].is_partition and key.dimension != "all":
                self.values.setdefault(key.dimension, [])
        for dimension, values in self.values.items():
            seen = {key.value for key in self.visible if key.dimension == dimension}
            values.extend(sorted(seen.union(_BANDS.get(dimension, ()))))
        self._sums_over: dict[Key, list[Sum]] = {}
        self._with_leftover = set(self._find_leftovers())

    def sums_over(self, key: Key) -> list[Sum]:
        """Return the sums in which the cell is a part."""
        found = self._sums_over.get(key)
        if found is None:
            found = self._sums_over[key] = list(self._find_sums_over(*key))
        return found

    def _find_sums_over(
        self, role: str, employment: str, country: str, dimension: str, value: str
    ) -> Iterator[Sum]:
        if dimension in self.values:
            yield Sum("values", Key(role, employment, country, "all", "all"), dimension)
        if self.has_world and country != WORLD:
            yield Sum("countries", Key(role, employment, WORLD, dimension, value))
        if role in self.around:
            whole = Key(self.around[role], employment, country, dimension, value)
            yield Sum("roles", whole)

    def sums_of(self, key: Key) -> Iterator[Sum]:
        """Return the sums of which the cell is the whole."""
        if key.dimension == "all":
            for dimension in self.values:
                yield Sum("values", key, dimension)
        if key.country == WORLD:
            yield Sum("countries", key)
        if key.role in self.inside:
            yield Sum("roles", key)

    def sums_around(self, key: Key) -> Iterator[Sum]:
        """Return the sums in which the cell stands, then those of the cells in them, and so on."""
        cells, sums = deque([key]), set()
        while cells:
            here = cells.popleft()
            for total in (*self.sums_over(here), *self.sums_of(here)):
                if total not in sums:
                    sums.add(total)
                    yield total
                    cells.extend([total.whole, *self.parts(total)])

    def size(self, total: Sum) -> int:
        """Return how many parts a sum adds up."""
        return len(self._names(total)) + (total in self._with_leftover)

    def parts(self, total: Sum) -> list[Key]:
        """Return the cells that a sum adds up, shown or not."""
        names = [*self._names(total), *([SOMETHING_ELSE] if total in self._with_leftover else [])]
        role, employment, country, dimension, value = total.whole
        if total.kind == "roles":
            return [Key(name, employment, country, dimension, value) for name in names]
        if total.kind == "countries":
            return [Key(role, employment, name, dimension, value) for name in names]
        return [Key(role, employment, country, total.over, name) for name in names]

    def _names(self, total: Sum) -> list[str]:
        if total.kind == "roles":
            return self.inside[total.whole.role]
        return self.countries if total.kind == "countries" else self.values[total.over]

    def _find_leftovers(self) -> Iterator[Sum]:
        """Return the sums that hold more than their parts though every part with a name is shown.

        What is left over has no name, but a number: it counts as one more part.
        """
        parts: Counter[Sum] = Counter()
        answers: Counter[Sum] = Counter()
        for key, n in self.visible.items():
            for total in self.sums_over(key):
                parts[total] += 1
                answers[total] += n
        for total, count in parts.items():
            if total.kind == "roles" or total.over in _CLOSED:
                continue
            if (
                count == len(self._names(total))
                and self.visible.get(total.whole, 0) > answers[total]
            ):
                yield total


class Reckoning:
    """The bounds of all cells, made as narrow as the sums allow.

    `start` tells what is known beforehand: the number of a cell that is shown, the bounds of one
    that is not. Cells left out have the bounds SMALL. `reasons` holds the sum that narrowed a cell
    last.
    """

    def __init__(self, tables: Tables, start: Mapping[Key, Bounds]) -> None:
        self.tables = tables
        self.bounds: dict[Key, Bounds] = dict(start)
        self.reasons: dict[Key, Sum] = {}
        self._known: dict[Sum, list[Key]] = defaultdict(list)  # parts whose bounds are not SMALL
        self._open: dict[Sum, None] = {}  # sums to look at
        for key in start:
            self._note(key)
        while self._open:
            self._weigh(self._open.popitem()[0])

    def pinned(self) -> list[Key]:
        """Return the small cells whose number is certain and not nought."""
        limit = SMALL[1]
        return sorted(
            key for key, (low, high) in self.bounds.items() if low == high and 0 < high <= limit
        )

    def _note(self, key: Key) -> None:
        for total in self.tables.sums_over(key):
            self._known[total].append(key)
            self._open[total] = None
        self._open.update(dict.fromkeys(self.tables.sums_of(key)))

    def _weigh(self, total: Sum) -> None:
        bounds, known = self.bounds, self._known[total]
        whole_low, whole_high = bounds.get(total.whole, SMALL)
        low = sum(bounds[key][0] for key in known)
        high = sum(bounds[key][1] for key in known) + SMALL[1] * (
            self.tables.size(total) - len(known)
        )
        if low > whole_high:
            return  # the whole counts other people than its parts: no bounds would hold
        is_exact = total.kind != "roles" and high >= whole_low
        self._narrow(total, total.whole, low, high if is_exact else MANY)
        room = whole_high - low
        need = whole_low - high if is_exact else -2 * MANY
        touches_all = room < SMALL[1] or need > -SMALL[1]
        for key in self.tables.parts(total) if touches_all else list(known):
            part_low, part_high = bounds.get(key, SMALL)
            if part_low < part_high:
                self._narrow(total, key, part_high + need, part_low + room)

    def _narrow(self, total: Sum, key: Key, low: int, high: int) -> None:
        old = self.bounds.get(key, SMALL)
        new = (max(old[0], low), min(old[1], high))
        # Bounds that cross: something else is in the sum, or its whole counts other people.
        if new == old or new[0] > new[1]:
            return
        self.reasons[key] = total
        if key in self.bounds:
            self.bounds[key] = new
            self._open.update(dict.fromkeys(self.tables.sums_over(key)))
            self._open.update(dict.fromkeys(self.tables.sums_of(key)))
        else:
            self.bounds[key] = new
            self._note(key)
