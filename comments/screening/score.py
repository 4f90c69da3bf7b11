"""A spam score that explains itself: naive Bayes over which words a comment has.

Each comment is the set of its terms: folded words, and a few signs in brackets such as "(a link)".
From the decisions we count in how many good comments and in how much spam a term stands, and give
it the logarithm of how much likelier it is in spam than in a good comment, with one added to each
count (Laplace). A comment's log-odds are the sum over its terms, plus how common spam is here; the
score is the probability that this means. What is absent counts nothing, so each term is a reason
that one can point at.

The formulas: Manning, Raghavan, Schütze, Introduction to Information Retrieval (2008), chapter 13,
equations 13.4 to 13.7; terms counted once a comment as Metsis, Androutsopoulos, Paliouras, "Spam
Filtering with Naive Bayes: Which Naive Bayes?" (CEAS 2006) found best for spam.

Weights are whole hundredths, so that sums are exact, whatever the order and the machine.
"""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from comments.screening.reading import Reading
from comments.wording import is_word, tokens

LARGEST_VOCABULARY = 20_000
SEEN_AT_LEAST = 2  # in so many comments; a word seen once says more about one person than of spam
LONGEST_WORD = 30
SURE = 0.9999  # never quite 0 or 1, so that a limit of 1 switches the score off
PRIOR = "(how common spam is here)"
SHOUT = 12  # letters from which capitals are shouted
WORDS_SHOWN = 8


def terms_of(reading: Reading) -> frozenset[str]:
    """Return what counts of a comment: its words, and signs of advertising in brackets."""
    words = {word for word in tokens(reading.prose) if is_word(word) and len(word) <= LONGEST_WORD}
    return frozenset(words | set(_signs(reading, len(words))))


def _signs(reading: Reading, words: int) -> Iterable[str]:
    links = len(reading.links)
    if links:
        yield "(a link)"
        yield from (f"(link to {site})" for site in reading.sites)
    if links > 2:
        yield "(more than two links)"
    if links and words <= 5 * links:
        yield "(little but links)"
    letters = [letter for letter in reading.prose if letter.isalpha()]
    if len(letters) >= SHOUT and sum(map(str.isupper, letters)) * 2 > len(letters):
        yield "(capitals)"
    if "!!" in reading.prose:
        yield "(!!)"
    if any(sign in reading.prose for sign in "$€£¥₹₿"):
        yield "(money)"


@dataclass(frozen=True)
class Learned:
    """In how many good comments and in how much spam each term was seen."""

    good: int
    spam: int
    words: Mapping[str, tuple[int, int]]

    @property
    def digest(self) -> str:
        """Return the SHA-256 of all counts: equal decisions, equal digest."""
        data = [self.good, self.spam, sorted((word, *seen) for word, seen in self.words.items())]
        text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def learn(examples: Iterable[tuple[frozenset[str], bool]]) -> Learned:
    """Count (terms, is it spam) pairs. The order of the pairs does not matter."""
    good, spam = Counter[str](), Counter[str]()
    totals = [0, 0]
    for terms, is_spam in examples:
        totals[is_spam] += 1
        (spam if is_spam else good).update(terms)
    both = good + spam
    often = [(-count, word) for word, count in both.items() if count >= SEEN_AT_LEAST]
    kept = [word for _, word in sorted(often)[:LARGEST_VOCABULARY]]
    return Learned(totals[0], totals[1], {word: (good[word], spam[word]) for word in sorted(kept)})


@dataclass(frozen=True)
class Score:
    """A probability of spam, and the terms whose hundredths add up to its log-odds."""

    hundredths: int
    parts: tuple[tuple[str, int], ...]  # the heaviest first; the prior is one of them

    @property
    def probability(self) -> float:
        """Return the probability, from 0.0001 to 0.9999."""
        odds = math.exp(max(-50.0, min(50.0, self.hundredths / 100)))
        return round(min(SURE, max(1 - SURE, odds / (1 + odds))), 4)

    def shown(self) -> list[tuple[str, float]]:
        """Return (term, weight) pairs for the desk: the heaviest, and the rest as one.

        The weights are natural logarithms with two places; positive ones speak for spam. They add
        up to the log-odds exactly.
        """
        head, rest = self.parts[:WORDS_SHOWN], self.parts[WORDS_SHOWN:]
        shown = [(term, weight / 100) for term, weight in head]
        if rest:
            shown.append((f"({len(rest)} more)", sum(weight for _, weight in rest) / 100))
        return shown


class Scorer:
    """Weights of all known terms, ready to score comments."""

    def __init__(self, learned: Learned) -> None:
        good_terms = sum(seen[0] for seen in learned.words.values())
        spam_terms = sum(seen[1] for seen in learned.words.values())
        size = len(learned.words)
        shift = math.log((good_terms + size) / (spam_terms + size)) if size else 0.0
        self.weights = {
            word: round(100 * (math.log((spam + 1) / (good + 1)) + shift))
            for word, (good, spam) in learned.words.items()
        }
        self.prior = round(100 * math.log((learned.spam + 1) / (learned.good + 1)))

    def score(self, terms: frozenset[str]) -> Score:
        """Return how likely a comment with these terms is spam. Unknown terms count nothing."""
        known = {term: self.weights[term] for term in terms & self.weights.keys()}
        parts = sorted({**known, PRIOR: self.prior}.items(), key=_heaviest_first)
        return Score(sum(weight for _, weight in parts), tuple(parts))

    def telling(self, most: int) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
        """Return the terms that speak most for spam, and those that speak most against it."""
        by_weight = sorted(self.weights.items(), key=_heaviest_first)
        against = [(term, weight) for term, weight in by_weight if weight < 0]
        return [(term, weight) for term, weight in by_weight if weight > 0][:most], against[:most]


def _heaviest_first(part: tuple[str, int]) -> tuple[int, str]:
    return (-abs(part[1]), part[0])
