"""Makes accounts at a served site, and reads its letters as their owners would. For the journeys.

Runs beside the server, in the environment of its site (own_site.py starts it). Each line that comes
in is a question in JSON, and one line of JSON answers it.
"""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend_guide.settings")

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.roles import MODERATOR  # noqa: E402
from mailing.models import Letter  # noqa: E402


def account(email: str, password: str, name: str, *, is_moderator: bool) -> dict[str, Any]:
    """Make an account with a confirmed address."""
    user = User.objects.create_user(email, password, display_name=name, is_staff=is_moderator)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if is_moderator:
        user.groups.add(Group.objects.get(name=MODERATOR))
    return {}


def letter(to: str, holding: str) -> dict[str, Any]:
    """Return the latest letter to an address with `holding` in one of its links, and the link."""
    for found in Letter.objects.filter(recipient=to).order_by("-pk"):
        for link in re.findall(r"https?://\S+", found.text):
            if holding in link:
                return {"subject": found.subject, "text": found.text, "link": link}
    return {}


def main() -> None:
    """Answer until nobody asks any more."""
    for line in sys.stdin:
        asked = json.loads(line)
        work = {"account": account, "letter": letter}[asked.pop("do")]
        print(json.dumps(work(**asked)), flush=True)


if __name__ == "__main__":
    main()
