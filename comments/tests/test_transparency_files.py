"""The figures of moderation as CSV and JSON: the same as on the page, citable, naming nobody."""

import csv
import io
import re
from datetime import date
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from comments import moderation
from comments.appeals import appeal, decide_appeal
from comments.models import Appeal
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.transparency import DEFINITIONS, figures

pytestmark = pytest.mark.django_db
PAGE, CSV, JSON = "/transparency/", "/transparency.csv", "/transparency.json"


@pytest.fixture
def a_year(db) -> None:
    mo, ida = create_moderator(name="Mo Derator"), create_moderator()
    rana = create_reader(name="Rana Reader", email="rana@example.org")
    for _ in range(5):
        act = create_comment(user=rana, state=State.REJECTED, by=mo).acts.newest_first()[0]
    decide_appeal(appeal(act, "No."), Appeal.Outcome.REVERSED, user=ida, statement="Right.")
    moderation.reject(create_comment(), user=mo, reason=Reason.SPAM, statement="Her own words")
    create_comment(state=State.PENDING)


def rows(client: Client) -> list[dict[str, str]]:
    answer = client.get(CSV)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="moderation-{timezone.now():%Y-%m-%d}.csv"' in answer["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.mark.usefixtures("a_year")
def test_both_say_what_the_page_says(client: Client) -> None:
    table = re.findall(r"<tr><th scope=\"row\".*?</tr>", client.get(PAGE).text)
    on_page = [[int(cell) for cell in re.findall(r">(\d+)<", row)] for row in table]
    in_json = client.get(JSON).json()["decisions"]
    in_csv = [int(row["value"]) for row in rows(client) if row["table"] == "decisions"]
    assert len(on_page) == len(DEFINITIONS) > 15
    assert on_page == [[*line["counts"], line["total"]] for line in in_json]
    assert in_csv == [count for line in on_page for count in line]


@pytest.mark.usefixtures("a_year")
def test_every_row_carries_definition_period_and_licence(client: Client) -> None:
    spans = figures(timezone.now()).spans
    for row in rows(client):
        assert row["label"]
        assert row["definition"]
        first, last = (date.fromisoformat(row[name]) for name in ("first_day", "last_day"))
        assert first <= last <= spans[-1].last_day.date()
        assert row["licence"] == "CC BY 4.0"
        assert row["source"].endswith(PAGE)
        assert row["counted_at"].endswith("Z")
        assert row["log_begins"]


@pytest.mark.usefixtures("a_year")
def test_the_rest_of_the_page_is_there_too(client: Client) -> None:
    told = client.get(JSON).json()
    assert told["licence_url"] == "https://creativecommons.org/licenses/by/4.0/"
    reasons = {one["key"]: one["count"] for one in told["rejected"]["reasons"]}
    assert reasons["off-topic"] + reasons["spam"] == 6
    waits = {one["key"]: one for one in told["waits"]["kinds"]}
    assert waits["comments"]["count"] >= 5
    assert waits["comments"]["median_seconds"] is not None
    assert waits["appeals"] == {"key": "appeals", "count": 1, "median_seconds": None}
    assert told["waiting_now"]["count"] == 1
    by_key = {line["key"]: line for line in told["decisions"]}
    assert by_key["reversed"]["part_of"] == "appeals_decided"
    assert by_key["received"]["part_of"] == ""


def test_few_rejections_are_not_told_by_reason(client: Client) -> None:
    create_comment(state=State.REJECTED, reason=Reason.PERSONAL_DATA)
    assert client.get(JSON).json()["rejected"]["reasons"] == []
    assert not [row for row in rows(client) if row["table"] == "rejected"]
    assert "personal-data" not in client.get(CSV).text


def test_few_decisions_say_nothing_of_a_program(client: Client) -> None:
    comment = create_comment(state=State.APPROVED)
    moderation.decide(comment, State.PENDING, actor=moderation.SYSTEM, reason=Reason.RULE)
    (program,) = client.get(JSON).json()["programs"]["kinds"]
    assert (program["held"], program["decided"], program["approved"]) == (1, None, None)
    values = {row["key"]: row["value"] for row in rows(client) if row["table"] == "programs"}
    assert values == {"rule: held": "1", "rule: decided": "", "rule: approved": ""}


def test_a_new_site_has_files_of_noughts(client: Client) -> None:
    told = client.get(JSON).json()
    assert told["log_begins"] is None
    assert {line["total"] for line in told["decisions"]} == {0}
    assert {row["value"] for row in rows(client)} <= {"0", ""}


@pytest.mark.usefixtures("a_year")
def test_nobody_is_named(client: Client) -> None:
    for path in (CSV, JSON):
        text = client.get(path).text
        for part in ("Mo Derator", "Rana", "example.org", "Her own words"):
            assert part not in text


@pytest.mark.parametrize("path", [PAGE, CSV, JSON])
def test_all_three_are_kept_alike_and_set_no_cookie(path: str, client: Client) -> None:
    create_comment()
    client.force_login(create_reader())
    answer = client.get(path)
    assert answer["Cache-Control"] == "public, max-age=600"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", [CSV, JSON])
def test_the_same_minute_is_the_same_file(path: str, client: Client) -> None:
    create_comment()
    now = timezone.now().replace(second=1)
    with mock.patch.object(timezone, "now", return_value=now):
        tag = client.get(path)["ETag"]
    with mock.patch.object(timezone, "now", return_value=now.replace(second=59)):
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
        create_comment()
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_the_page_leads_to_both(client: Client) -> None:
    create_comment()
    page = client.get(PAGE).text
    assert f'<a href="{CSV}" download>' in page
    assert f'<a href="{JSON}">' in page
    assert f'<link rel="alternate" type="text/csv" href="{CSV}"' in page
    assert "What each line counts" in page
    for definition in DEFINITIONS.values():
        assert definition.split("’")[0] in page


@pytest.mark.parametrize("path", [CSV, JSON])
def test_the_queries_are_pinned(path: str, client: Client, django_assert_num_queries) -> None:
    mo = create_moderator()
    for state in (State.REJECTED, State.APPROVED, State.PENDING, State.HIDDEN):
        create_comment(state=state, by=mo)
    with django_assert_num_queries(7):
        client.get(path)
