"""The Markdown and the JSON form of a guide say what the page says."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from articles.publishing import withdraw
from articles.tests.factories import create_contributor, create_live_guide
from evidence.tests.factories import create_claim, create_source

pytestmark = pytest.mark.django_db
BODY = """\
## Lines

There are [[claim:QUE-01#share]] of them[[cite:QUE-02]]. In full: [[claim:QUE-01]].
Read [[guide:other]] or [[guide:gone|the old one]].

```text
[[claim:QUE-01]] stays as written in code
```
"""


@pytest.fixture(autouse=True)
def guide() -> None:
    source = create_source(title="Queues", publisher="Office", url="https://q.example.org/")
    create_claim(
        key="QUE-01",
        statement="Two thirds queue.",
        figure="66.7% of shops",
        values={"share": "66.7%"},
        sample_size="1,204",
        as_of="2025-09",
        source=source,
        confidence="secondary",
        caveat="Saturdays only.",
        checked_on=date(2026, 3, 1),
    )
    create_claim(key="QUE-02", as_of="2024")
    create_live_guide(title="The other", slug="other")
    gone = create_live_guide(slug="gone")
    create_live_guide(
        at=datetime(2026, 3, 14, tzinfo=UTC),
        title="Queues",
        slug="queues",
        standfirst="What stands in line.",
        body=BODY,
        takeaways=["Work *waits*."],
        faq=[("Why?", "Because of [[cite:QUE-02]].")],
        authors=[create_contributor(name="Zoë First"), create_contributor(name="Ada Second")],
        next_review_on="2026-09-14",
    )
    withdraw(gone, reason="It was wrong.")


def test_markdown_is_plain_markdown(client: Client) -> None:
    response = client.get("/guides/queues.md")
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    text = response.text
    assert text.startswith("# Queues\n\nWhat stands in line.\n\nBy Zoë First, Ada Second. ")
    assert "Published 2026-03-14. Source: http://localhost:8000/guides/queues/ (CC BY 4.0)" in text
    assert "## Key takeaways\n\n- Work *waits*." in text
    assert "There are 66.7% (2025)[^QUE-01] of them[^QUE-02]." in text
    assert "In full: 66.7% of shops (2025)[^QUE-01]." in text
    assert "## Questions and answers\n\n### Why?\n\nBecause of [^QUE-02]." in text


def test_markdown_links_only_where_a_reader_can_go(client: Client) -> None:
    text = client.get("/guides/queues.md").text
    assert "Read [The other](http://localhost:8000/guides/other/) or the old one." in text


def test_markdown_leaves_code_alone(client: Client) -> None:
    assert "\n[[claim:QUE-01]] stays as written in code\n" in client.get("/guides/queues.md").text


def test_markdown_notes_carry_the_sources(client: Client) -> None:
    notes = [line for line in client.get("/guides/queues.md").text.splitlines() if line[:2] == "[^"]
    assert notes[0] == (
        "[^QUE-01]: Office: “Queues”, September 2025, n = 1,204. <https://q.example.org/> Read "
        "second-hand, in a text that quotes the source, checked 2026-03-01. Saturdays only."
    )
    assert [note.split("]")[0] for note in notes] == ["[^QUE-01", "[^QUE-02"]


def test_json_holds_the_guide_and_its_sources(client: Client) -> None:
    response = client.get("/guides/queues.json")
    assert response["Content-Type"] == "application/json"
    data = response.json()
    assert data["url"] == "http://localhost:8000/guides/queues/"
    assert data["title"] == "Queues"
    assert data["level"] == "Beginner"
    assert data["authors"] == ["Zoë First", "Ada Second"]
    assert data["published"] == data["modified"] == "2026-03-14T00:00:00+00:00"
    assert (data["reviewed"], data["next_review"]) == (None, "2026-09-14")
    assert data["outline"] == [{"level": 2, "id": "lines", "text": "Lines"}]
    assert '<h2 id="lines">' in data["body_html"]
    assert data["faq"][0]["question"] == "Why?"
    first, second = data["sources"]
    assert (first["number"], first["id"], first["figure"]) == (1, "QUE-01", "66.7% of shops")
    assert first["confidence"] == "Read second-hand, in a text that quotes the source"
    assert (first["publisher"], first["caveat"], first["checked"]) == (
        "Office",
        "Saturdays only.",
        "2026-03-01",
    )
    assert second["id"] == "QUE-02"


def test_twins_follow_the_ledger(client: Client) -> None:
    from evidence.models import Claim

    claim = Claim.objects.get(key="QUE-01")
    claim.values, claim.figure = {"share": "70%"}, "70% of shops"
    claim.save()
    assert "There are 70% (2025)" in client.get("/guides/queues.md").text
    assert client.get("/guides/queues.json").json()["sources"][0]["figure"] == "70% of shops"
