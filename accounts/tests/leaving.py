"""Steps of somebody who takes their data along, or leaves: for tests."""

import io
import json
import re
import zipfile
from datetime import timedelta
from html import unescape
from typing import Any

from django.utils import timezone

from accounts.data import erasure
from accounts.models import DeletionRequest, User
from accounts.tests.factories import PASSWORD, create_user

DATA = "/account/data/"
DOWNLOAD = "/account/data/download/"
DELETE = "/account/data/delete/"
KEEP = "/account/data/delete/keep/"
SIGN_IN = "/account/login/"
REAUTHENTICATE = "/account/reauthenticate/"

SURE = {"comments": "anonymise", "is_sure": "on"}


def sign_in(client: Any, **fields: Any) -> User:
    """Return somebody new who has just signed in by the form."""
    user = create_user(password=PASSWORD, **fields)
    data = {"login": user.email, "password": PASSWORD}
    assert client.post(SIGN_IN, data).status_code == 302
    return user


def prove(client: Any) -> Any:
    """Prove once more who one is, as the site asks for before it hands out or deletes."""
    return client.post(f"{REAUTHENTICATE}?next={DATA}", {"password": PASSWORD})


def text_of(html: str) -> str:
    """Return the words of a page, with a space where a tag stood."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


class Archive(zipfile.ZipFile):
    """An archive that is read by the names in its one folder."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))
        (self.folder,) = {name.partition("/")[0] for name in super().namelist()}

    def namelist(self) -> list[str]:
        return [name.removeprefix(f"{self.folder}/") for name in super().namelist()]

    def read(self, name: Any, pwd: bytes | None = None) -> bytes:
        return super().read(f"{self.folder}/{name}", pwd)


def download(client: Any) -> Archive:
    """Return the archive as the browser got it."""
    response = client.post(DOWNLOAD)
    assert response["Content-Type"] == "application/zip", response
    return Archive(b"".join(response.streaming_content))


def rows_of(archive: zipfile.ZipFile, section: str) -> list[dict[str, Any]]:
    """Return the rows of a section of data.json."""
    return json.loads(archive.read("data.json"))["sections"][section]["rows"]


def wait_a_day(user: User) -> int:
    """Let the grace of a person run out and have the hourly round; return how many went."""
    now = timezone.now()
    earlier = {"requested_at": now - timedelta(hours=25), "due_at": now - timedelta(hours=1)}
    DeletionRequest.objects.filter(user=user).update(**earlier)
    return erasure.erase_due()
