"""The archive has every row that mentions a person, and deleting the account leaves none.

Both are shown by looking through every column of every table, not by asking the code that does it.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.data import erasure, export
from accounts.models import CommentsChoice, DeletionRequest, User
from accounts.models.deletion import GRACE
from accounts.registries.holdings import all_holdings
from comments.tests.leavers import EMAIL, NAME, PUBLIC, SECRET, Life, add_address
from evidence.models import Source
from mailing.tests.postbox import deliver_all
from tests.leaving.lives import SECOND, WORDS, live
from tests.leaving.scan import NUMBER, Hit, hits, marks, rows, tables

pytestmark = pytest.mark.django_db

BOTH = list(CommentsChoice)
# Rows without a moment or words of their own; the archive has them inside other rows.
INSIDE = {
    "accounts_user_groups": "roles",
    "accounts_user_user_permissions": "own_rights",
}
# Tables of models that a holding names, in which nothing points at the person: what hangs on rows
# that do, what was learned from many people's words, and tries, which a keyed hash stands for.
HANG_ON_OTHERS = {
    "comments_attempt",
    "account_emailconfirmation",
    "comments_comment",
    "comments_rulehit",
    "comments_spammodel",
    "comments_appeal",
    "socialaccount_socialtoken",
}
QUERIES_OF_NUMBERS = 64
# Learning begins with far more comments than one person writes; comments have tests of it.
LEARNS_FROM_MANY = {"comments_spammodel"}


@pytest.fixture(autouse=True)
def nobody_tried_before() -> Iterator[None]:
    """Limits live in the cache."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def life(client: Client) -> Life:
    return live(client)


def leave(life: Life, choice: CommentsChoice) -> None:
    """Let the day pass, have the worker's round, and the last letters go out."""
    earlier = timezone.now() - 2 * GRACE
    DeletionRequest.objects.update(requested_at=earlier, due_at=earlier + GRACE, comments=choice)
    assert erasure.erase_due() == 1
    assert not User.objects.filter(pk=NUMBER).exists()
    assert deliver_all()[-1].to == [EMAIL]


def archive_of(life: Life) -> str:
    """Return the data of the archive, as text."""
    found = [section.rows for section in export.sections(life.user)]
    return json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False)


def test_person_is_in_every_table_that_a_holding_names(life: Life) -> None:
    named = {
        apps.get_model(label)._meta.db_table for item in all_holdings() for label in item.models
    }
    mentioned = {hit.table for hit in hits(WORDS)}

    assert named <= set(tables())
    assert named - mentioned <= HANG_ON_OTHERS
    assert mentioned <= named
    assert {table for table in named if not any(True for _ in rows(table))} <= LEARNS_FROM_MANY


def test_archive_has_every_row_that_mentions_the_person(life: Life) -> None:
    archive = archive_of(life)

    missing = [str(hit) for hit in hits(WORDS) if not _is_in(hit, archive)]

    assert not missing


def _is_in(hit: Hit, archive: str) -> bool:
    if hit.table == "mailing_letter" and hit.row["recipient"] not in {EMAIL, SECOND}:
        return True  # that letter is somebody else's; it loses the name when the person leaves
    if hit.table == "django_admin_log" and _is_tied_by_name_alone(hit.row):
        return True  # anybody may take a name, and would read here what was done about others
    if hit.table in INSIDE:
        return (
            f'"{INSIDE[hit.table]}": [' in archive and f'"{INSIDE[hit.table]}": []' not in archive
        )
    if hit.table == "account_emailaddress":
        return f'"address": "{hit.row["email"]}"' in archive
    own = marks(hit.row, WORDS)
    assert own, f"A row of {hit.table} cannot be known again: {hit.row}"
    return any(json.dumps(mark, ensure_ascii=False)[1:-1] in archive for mark in own)


def _is_tied_by_name_alone(row: dict[str, Any]) -> bool:
    is_tied = str(NUMBER) in {str(row["object_id"]), str(row["user_id"])}
    return not is_tied and NAME in row["object_repr"] and EMAIL not in str(row).lower()


def test_page_with_the_numbers_asks_for_each_thing_once(life: Life, client: Client) -> None:
    # One or two for each of 35 sections, however many rows they have.
    with CaptureQueriesContext(connection) as first:
        assert client.get("/account/data/").status_code == 200
    for number in range(3):
        Source.history.create(**_again(Source.history.filter(history_user=life.user)[0]))
        add_address(life.user, f"rana.{number}@example.net")
    with CaptureQueriesContext(connection) as second:
        client.get("/account/data/")

    asked = [query["sql"] for query in second]
    assert len(asked) == len(set(asked))
    assert len(second) == len(first) <= QUERIES_OF_NUMBERS


def _again(row: Any) -> dict[str, Any]:
    """Return the values of a row of a history, for another one like it."""
    return {f.attname: getattr(row, f.attname) for f in row._meta.fields if not f.primary_key}


@pytest.mark.parametrize("choice", BOTH)
def test_no_row_mentions_who_left(life: Life, choice: CommentsChoice) -> None:
    assert len({hit.table for hit in hits(WORDS)}) > 25

    leave(life, choice)

    assert [str(hit) for hit in hits(WORDS)] == []


def test_words_stay_without_the_name_or_go_from_every_column(life: Life) -> None:
    leave(life, CommentsChoice.REMOVE)

    own = ["postgresql last spring", SECRET.lower(), "thanks a lot", "as a guest once"]
    assert [str(hit) for hit in hits(own)] == []


def test_words_that_were_to_stay_are_still_read_by_everybody(life: Life) -> None:
    leave(life, CommentsChoice.ANONYMISE)

    page = Client().get(life.guide.get_absolute_url()).content.decode()
    assert PUBLIC in page
    assert "Somebody who left" in page


def test_what_others_did_and_said_is_as_it_was(life: Life) -> None:
    before = {table: sum(1 for _ in rows(table)) for table in tables()}

    leave(life, CommentsChoice.ANONYMISE)

    after = {table: sum(1 for _ in rows(table)) for table in tables()}
    kept = {
        name
        for name in before
        if name.startswith(("articles_", "evidence_", "salaries_"))
        or name in {"comments_comment", "comments_thread"}
    }
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert after["comments_moderationact"] >= before["comments_moderationact"]
    assert after["accounts_user"] == before["accounts_user"] - 1
    assert User.objects.filter(pk=life.other.pk).exists()
