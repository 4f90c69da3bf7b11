"""A passkey made of software: what a browser and its device would answer, for tests."""

import json
import os
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "http://testserver"
FLAG = AuthenticatorData.FLAG
NO_MODEL = bytes(16)


class SoftPasskey:
    """One key on one device. `create` and `get` answer what passkeys.js would send."""

    def __init__(self, *, is_verifying: bool = True, origin: str = ORIGIN) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.user_handle = b""
        self.origin = origin
        self.flags = FLAG.UP | (FLAG.UV if is_verifying else FLAG(0))

    def create(self, options: dict[str, Any]) -> str:
        """Return the JSON of a new credential for the options of the page."""
        public = options["publicKey"]
        self.user_handle = public["user"]["id"]
        data = AuthenticatorData.create(
            sha256(public["rp"]["id"].encode()).digest(),
            self.flags | FLAG.AT,
            0,
            AttestedCredentialData.create(
                NO_MODEL, self.id, ES256.from_cryptography_key(self.private.public_key())
            ),
        )
        client_data = self._client_data("webauthn.create", public["challenge"])
        answer = {
            "clientDataJSON": websafe_encode(client_data),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._credential(answer, {"credProps": {"rk": True}})

    def get(self, options: dict[str, Any]) -> str:
        """Return the JSON of this credential, used for the options of the page."""
        public = options["publicKey"]
        data = AuthenticatorData.create(sha256(public["rpId"].encode()).digest(), self.flags, 1)
        client_data = self._client_data("webauthn.get", public["challenge"])
        signature = self.private.sign(
            bytes(data) + sha256(client_data).digest(), ec.ECDSA(SHA256())
        )
        answer = {
            "clientDataJSON": websafe_encode(client_data),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.user_handle,
        }
        return self._credential(answer, {})

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return bytes(CollectedClientData.create(kind, challenge, self.origin))

    def _credential(self, response: dict[str, Any], extensions: dict[str, Any]) -> str:
        identity = websafe_encode(self.id)
        return json.dumps(
            {
                "id": identity,
                "rawId": identity,
                "type": "public-key",
                "response": response,
                "authenticatorAttachment": "platform",
                "clientExtensionResults": extensions,
            }
        )
