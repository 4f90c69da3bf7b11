"""How words compare: whatever the case, the form of the letters, and what hides inside them.

Everything that asks "are these the same words" asks here, for a rule and for a comment alike:

- Unicode's compatibility form (NFKC): full-width and mathematical letters are the plain ones.
- Case is folded, so that "STRASSE" is "straße".
- Characters that nobody sees (zero-width spaces, soft hyphens, direction marks) are left out.
- A word that mixes alphabets is read as if the letters that only look Latin were Latin. A word that
  is wholly Greek or Cyrillic stays as it is.
"""

import re
import unicodedata
from functools import cache

# Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt): drawn as nothing at all.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Letters of Unicode's confusables (UTS 39) that are the same as a Latin one in usual typefaces.
_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅԌԚԜавеіјѕԁһкмнорстухԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ",
    "ABEKMHOPCTYXIJSGQWabeijsdhkmhopctyxqwABEZHIKMNOPTYXaiknopux",
)
_QUOTES = str.maketrans("’‘ʼ", "'''")
_LATIN = re.compile("[a-zA-Z]")
_LAST_WITH_MARKS = 0x20000  # beyond it stand only ideographs and characters that nobody sees


@cache
def _token_pattern() -> re.Pattern[str]:
    """Return what finds words, with the marks that sit on their letters, and single signs."""
    marks = "".join(
        chr(code)
        for code in range(0x300, _LAST_WITH_MARKS)
        if unicodedata.category(chr(code)).startswith("M")
    )
    return re.compile(rf"(?:[^\W_][{re.escape(marks)}]*)+|[^\s]")


def seen(text: str) -> str:
    """Return a text without the characters that nobody sees and without disguised letters."""
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).translate(_QUOTES)
    return plain if plain.isascii() else _token_pattern().sub(_undisguised, plain)


def _undisguised(word: re.Match[str]) -> str:
    found = word[0]
    return found.translate(_LOOKALIKES) if _LATIN.search(found) else found


def fold(text: str) -> str:
    """Return a text in the form in which words are compared."""
    return unicodedata.normalize("NFKC", seen(text).casefold())


def tokens(text: str) -> list[str]:
    """Return the folded words and signs of a text in order: "Buy C++!" is buy, c, +, +, !."""
    return _token_pattern().findall(fold(text))


def is_word(token: str) -> bool:
    """Return whether a token is a word or a number, and not a sign."""
    return token[0].isalnum()
