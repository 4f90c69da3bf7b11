"""Secrets of second factors are sealed before they are stored.

The key is made of `SECRET_KEY`, which is not in the database: a stolen copy of the database alone
lets nobody compute codes. After a change of `SECRET_KEY` the old one goes to
`SECRET_KEY_FALLBACKS`; `manage.py reseal_secrets` seals everything anew, and then it may go.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PREFIX = "sealed:1:"
PURPOSE = b"accounts.secrets"  # never changes: sealed secrets depend on it


class UnreadableSecretError(Exception):
    """What is stored was sealed with a key that this site does not have."""


def _key(secret_key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret_key.encode())))


def _keys() -> MultiFernet:
    """Return all keys, the one that seals first."""
    return MultiFernet([_key(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _token(sealed: str) -> bytes:
    """Return what Fernet made. Words that nobody sealed are not taken for a secret."""
    if not sealed.startswith(PREFIX):
        raise UnreadableSecretError
    return sealed.removeprefix(PREFIX).encode()


def seal(text: str) -> str:
    """Return a secret as it may be stored."""
    return PREFIX + _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the secret that was sealed. Raises UnreadableSecretError."""
    try:
        return _keys().decrypt(_token(sealed)).decode()
    except InvalidToken as error:
        raise UnreadableSecretError from error


def reseal(sealed: str) -> str:
    """Return the same secret, sealed with the key of now. Raises UnreadableSecretError."""
    try:
        return PREFIX + _keys().rotate(_token(sealed)).decode()
    except InvalidToken as error:
        raise UnreadableSecretError from error
