"""Which passwords are refused, why, and how passwords are compared.

There are no rules about kinds of characters: they make passwords worse. A password is refused when
a guesser would soon find it, and the answer says what makes it easy. Everything is checked here, on
this machine; no password and no part of one leaves it.
"""

import unicodedata
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from zxcvbn import matching, scoring

from accounts.signing_in import known_phrases

SHORTEST = 12
LONGEST = 1024
LOOKED_AT = 72  # characters; the time that zxcvbn takes grows fast beyond
GUESSES = 10**10  # zxcvbn's "very unguessable"; 10**8 let pass words with a year, twice a word
REST = 6  # characters that must remain without the words a guesser of this person tries first
ADVICE = (
    "Let a password manager make one, or take four words that have nothing to do with each other."
)
OWN = "it is made of your address, your name or the name of this site"
USED = "it is, or comes close to, one that many people use"
REASONS = {
    "spatial": "it follows keys that lie beside each other",
    "repeat": "it repeats the same characters",
    "sequence": "it follows a row such as abc or 123",
    "date": "it is made of a date",
    "regex": "it is made of a year",
    "dictionary": "it is made of a common word or name",
}


def normalised(password: str) -> str:
    """Return the form of a password that is hashed.

    The same letter can be typed in several ways, such as é with one character or two; keyboards
    differ in it, and people do not see it. NFKC, as NIST SP 800-63B advises, makes them one. What
    is longer than any password of ours stays as it is, so that nobody can keep us busy.
    """
    return unicodedata.normalize("NFKC", password) if len(password) <= LONGEST else password


class Argon2(Argon2PasswordHasher):
    """Argon2 over the normal form of a password."""

    def encode(self, password: str, salt: str) -> str:
        return super().encode(normalised(password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        return super().verify(normalised(password), encoded)


class NotGuessable(CommonPasswordValidator):
    """Refuses passwords that are known, or that a guesser would find soon.

    Known are 20,000 from breaches (Django's list), of which not 200 are long enough to matter here,
    some famous phrases, and 30,000 of zxcvbn, which also knows keyboards, dates, names, words, and
    what people replace letters with.
    """

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError with the reason for a password that is easy to guess."""
        if len(password) > LONGEST:
            raise ValidationError(
                f"This password is longer than {LONGEST} characters, which is more than we take.",
                code="password_too_long",
            )
        if len(password) < SHORTEST:
            return  # the check of the length says so, and one reason is enough
        password = normalised(password)
        if password.lower().strip() in self.passwords or known_phrases.is_known(password):
            raise _refused(USED)
        own = _own_words(user)
        if _is_own(password, own):
            raise _refused(OWN)
        found = _guess(password[:LOOKED_AT], own)
        if found["guesses"] < GUESSES:
            raise _refused(_reason(found["sequence"]))

    def get_help_text(self) -> str:
        """Return what the form says beforehand."""
        return f"At least {SHORTEST} characters, any you like. {ADVICE}"


def _refused(reason: str) -> ValidationError:
    return ValidationError(
        f"This password is easy to guess: {reason}. {ADVICE}", code="password_easy_to_guess"
    )


def _guess(password: str, own: list[str]) -> dict[str, Any]:
    """Return how many guesses zxcvbn counts, and for which parts.

    Not through `zxcvbn.zxcvbn`, which keeps the words of the last person in a dictionary that all
    threads share.
    """
    known = {**matching.RANKED_DICTIONARIES, "user_inputs": matching.build_ranked_dict(own)}
    found = scoring.most_guessable_match_sequence(password, matching.omnimatch(password, known))
    return dict(found)


def _is_own(password: str, words: list[str]) -> bool:
    """Return whether hardly anything remains of a password without some words, longest first."""
    rest = password.lower()
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != password.lower() and len(rest.strip()) < REST


def _own_words(user: AbstractBaseUser | None) -> list[str]:
    """Return what somebody who knows the person and the site would try first."""
    email = getattr(user, "email", "") or ""
    name, _, host = email.partition("@")
    parts = [email, name, host, host.split(".")[0], *name.replace("-", ".").split(".")]
    parts += [getattr(user, "display_name", "") or "", getattr(user, "handle", "") or ""]
    parts += [settings.SITE_NAME, settings.SITE_NAME.replace(" ", "")]
    words = {word for part in parts for word in (part, *part.split())}
    return [word.lower()[:LOOKED_AT] for word in sorted(words) if len(word) > 2]


def _reason(sequence: list[dict[str, Any]]) -> str:
    """Return in words what makes most of a password easy to guess."""
    weak = [part for part in sequence if part["pattern"] != "bruteforce"]
    if not weak:
        return "it has too few different characters"
    worst = max(weak, key=lambda part: len(part["token"]))
    if worst["pattern"] == "dictionary":
        if worst["dictionary_name"] == "user_inputs":
            return OWN
        if worst["dictionary_name"] == "passwords":
            return USED
    return REASONS[worst["pattern"]]
