"""Tables to take away: what is in them, what is not, and that their bytes stay."""

import csv
import json
from hashlib import sha256

import pytest

from salaries.edition_files import csv_text
from salaries.selection import MAX_PARTS
from salaries.tests.factories import cell, edition

FULL = {"p10": 53367, "p25": 69609, "p50": 87011, "p75": 104413, "p90": 118103.5}
ENDS = {"ci_low": 81233, "ci_high": 92812}
CSV = "/salaries/figures/so-2025/de/back-end/employed.csv"
JSON = "/salaries/figures/so-2025/de/back-end/employed.json"

pytestmark = pytest.mark.django_db


@pytest.fixture
def so_2025():
    return edition(
        cell(n=259, **FULL, **ENDS),
        cell(n=93, country="NL", **FULL, **ENDS),
        cell(n=11, country="FI", **FULL, **ENDS, flags=("monthly-pay",)),
        cell(n=40, dimension="language", value="Go", **FULL),
        cell(n=60, dimension="language", value="C++", **FULL),
        slug="so-2025",
        licence_url="https://example.org/licence",
    )


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def rows(client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(body(client.get(address)).decode().splitlines()))


def test_a_csv_row_carries_the_figure_and_what_belongs_to_it(client, so_2025):
    (row,) = rows(client, CSV)

    assert (row["year"], row["country"], row["value"], row["n"]) == ("2025", "DE", "all", "259")
    assert [row[name] for name in FULL] == ["53367", "69609", "87011", "104413", "118103.5"]
    assert (row["ci_low"], row["ci_high"]) == ("81233", "92812")
    assert (row["currency"], row["period"], row["pay_basis"]) == ("USD", "year", "gross-total")
    assert (row["quality"], row["flags"]) == ("full", "")
    assert (row["edition"], row["figures_digest"]) == ("so-2025", so_2025.figures_digest)
    assert (row["licence"], row["attribution"]) == ("ODbL 1.0", "Developer Survey 2025")
    assert row["method"] == "http://localhost:8000/salaries/editions/so-2025/"
    assert row["query"] == (
        "Pay in so-2025; role: back-end (Back-end developer); employment: Employed; country: DE."
    )


def test_hidden_percentiles_are_empty(client, so_2025):
    found = rows(client, "/salaries/figures/so-2025/de+nl+fi/back-end/employed.csv")

    shown = {row["country"]: [bool(row[name]) for name in FULL] for row in found}
    assert shown == {
        "DE": [True, True, True, True, True],
        "FI": [False, False, True, False, False],
        "NL": [False, True, True, True, False],
    }
    assert [row["quality"] for row in found] == ["full", "indicative", "quartiles"]
    assert found[1]["flags"] == "monthly-pay"


def test_json_says_the_same_as_csv(client, so_2025):
    data = json.loads(body(client.get(JSON)))

    assert data["query"] == {
        "words": rows(client, CSV)[0]["query"],
        "key": "so-2025/de/back-end/employed",
        "address": "http://localhost:8000" + JSON,
    }
    (facts,) = data["editions"]
    assert (facts["slug"], facts["figures_digest"]) == ("so-2025", so_2025.figures_digest)
    assert (facts["licence"], facts["licence_url"]) == ("ODbL 1.0", "https://example.org/licence")
    assert facts["method"] == "http://localhost:8000/salaries/editions/so-2025/"
    (entry,) = data["figures"]
    assert (entry["n"], entry["p50"], entry["p90"]) == (259, 87011, 118103.5)
    assert "10 to 29 answers: the median, marked as indicative" in data["disclosure"]


def test_json_has_null_for_a_hidden_percentile(client, so_2025):
    address = "/salaries/figures/so-2025/fi/back-end/employed.json"

    (entry,) = json.loads(body(client.get(address)))["figures"]

    assert entry["p10"] is None
    assert entry["p50"] == 87011
    assert entry["flags"] == ["monthly-pay"]


def test_every_value_of_a_dimension(client, so_2025):
    found = rows(client, "/salaries/figures/so-2025/de/back-end/employed/language.csv")

    assert [row["value"] for row in found] == ["C++", "Go"]
    assert found[0]["query"].endswith("Language: every value.")


def test_one_value_of_a_dimension_by_its_slug(client, so_2025):
    key = "so-2025/de/back-end/employed/language:c-plus-plus"

    assert [row["value"] for row in rows(client, f"/salaries/figures/{key}.csv")] == ["C++"]


def test_editions_side_by_side_come_in_order_of_year(client, so_2025):
    edition(cell(n=50), slug="so-2024", year=2024, title="Survey 2024")

    key = "so-2025+so-2024/de/back-end/employed"
    found = rows(client, f"/salaries/figures/{key}.csv")
    data = json.loads(body(client.get(f"/salaries/figures/{key}.json")))

    assert [row["edition"] for row in found] == ["so-2024", "so-2025"]
    assert [facts["slug"] for facts in data["editions"]] == ["so-2024", "so-2025"]


def test_official_statistics_have_jobs_and_no_n(client):
    edition(
        cell(role="soc-15-1252", country="US", n=None, jobs=1687890, relative_error=0.4, **FULL),
        slug="bls-2025",
        kind="official",
    )

    (row,) = rows(client, "/salaries/figures/bls-2025/us/soc-15-1252/employed.csv")

    assert (row["n"], row["jobs"], row["relative_error"]) == ("", "1687890", "0.4")
    assert row["quality"] == "official"
    assert row["p10"] == "53367"


@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_edition_as_a_whole(client, so_2025, form):
    text = body(client.get(f"/salaries/editions/so-2025.{form}")).decode()

    if form == "csv":
        found = list(csv.DictReader(text.splitlines()))
        words = found[0]["query"]
    else:
        found, words = json.loads(text)["figures"], json.loads(text)["query"]["words"]
    assert [(row["country"], row["value"]) for row in found] == [
        ("DE", "all"),
        ("NL", "all"),
        ("FI", "all"),
        ("DE", "Go"),
        ("DE", "C++"),
    ]
    assert words == "Every public figure of so-2025 (Developer Survey 2025)."


@pytest.mark.parametrize(
    ("address", "name", "media_type"),
    [
        (CSV, 'attachment; filename="so-2025_de_back-end_employed.csv"', "text/csv; charset=utf-8"),
        (JSON, 'inline; filename="so-2025_de_back-end_employed.json"', "application/json"),
        ("/salaries/editions/so-2025.csv", 'attachment; filename="so-2025.csv"', "text/csv; "),
        ("/salaries/editions/so-2025.json", 'inline; filename="so-2025.json"', "application/json"),
    ],
)
def test_files_have_names_and_stay_in_caches(client, so_2025, address, name, media_type):
    response = client.get(address)

    assert response.streaming
    assert response["Content-Disposition"] == name
    assert response["Content-Type"].startswith(media_type)
    assert response["Cache-Control"] == "public, max-age=2592000"
    assert "Set-Cookie" not in response
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_two_selections_never_share_an_etag(client, so_2025):
    addresses = [CSV, JSON, CSV.replace("/de/", "/nl/"), "/salaries/editions/so-2025.csv"]

    assert len({client.get(address)["ETag"] for address in addresses}) == len(addresses)


@pytest.mark.parametrize("address", [CSV, JSON, "/salaries/editions/so-2025.csv"])
def test_bytes_stay_when_later_editions_come(client, so_2025, address):
    first = client.get(address)
    before = sha256(body(first)).hexdigest()
    edition(cell(n=300, **FULL), slug="so-2026", year=2026)
    second = client.get(address)

    assert sha256(body(second)).hexdigest() == before
    assert second["ETag"] == first["ETag"]


@pytest.mark.parametrize("address", [CSV, JSON])
def test_bytes_stay_when_a_country_gets_another_name(client, so_2025, address):
    before = body(client.get(address))
    country = so_2025.figures.filter(country="DE")[0].country
    country.name = "Federal Republic of Germany"
    country.save()

    assert body(client.get(address)) == before


def test_another_spelling_leads_to_the_one_address(client, so_2025):
    response = client.get("/salaries/figures/so-2025/DE.csv")

    assert response.status_code == 301
    assert response["Location"] == CSV


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("so-2030/de", "There is no published edition “so-2030”. There are: so-2025."),
        ("so-2025", "Write an edition and a country first"),
        ("so-2025/de/plumber", "“plumber” is no role, employment or dimension."),
        ("so-2025/de+nl/back-end+devops", "compares two things at once"),
        ("so-2025/us", "fewer than 10 people answered"),
        ("so-2025/de/language:go+Our%20price:%20$5", "letters, digits and hyphens"),
        ("so-2025+a%20new%20survey/de", "letters, digits and hyphens"),
        ("so-2025%00/de", "letters, digits and hyphens"),
        ("so-2025/de%00", "letters, digits and hyphens"),
        ("so-2025/de/language:%00", "letters, digits and hyphens"),
        ("so-2025/de/language:" + "a" * 81, "letters, digits and hyphens"),
        ("so-2025/" + "+".join(f"{n:02}" for n in range(MAX_PARTS + 1)), "At most 12 things"),
    ],
)
def test_what_names_nothing_is_told_in_words(client, so_2025, key, words):
    as_csv = client.get(f"/salaries/figures/{key}.csv")
    as_json = client.get(f"/salaries/figures/{key}.json")

    assert as_csv.status_code == as_json.status_code == 404
    assert as_csv["Content-Type"].startswith("text/plain")
    assert words in as_csv.text
    assert words in as_json.json()["error"]


def test_official_statistics_lack_what_their_publisher_does_not_print(client):
    edition(cell(country="US", n=None, jobs=500), slug="bls-2025", kind="official")

    answer = client.get("/salaries/figures/bls-2025/de.csv")
    assert answer.status_code == 404
    assert answer.text == "There is no figure for this group: the publisher prints none.\n"


@pytest.mark.parametrize(
    "address",
    [
        "/salaries/figures/so-2025/de/back-end/employed.csv",
        "/salaries/figures/so-2025/de/back-end/employed.json",
        "/salaries/editions/so-2025.csv",
        "/salaries/editions/so-2025.json",
    ],
)
def test_a_draft_has_no_files(client, address):
    edition(cell(), slug="so-2025", is_published=False)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [CSV, JSON, "/salaries/editions/so-2025.csv"])
def test_files_are_only_read(client, so_2025, address):
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_text_that_a_spreadsheet_would_run_is_made_harmless(client):
    edition(cell(), slug="so-2025", attribution='=HYPERLINK("http://example.org")')

    (row,) = rows(client, CSV)

    assert row["attribution"].startswith("'=HYPERLINK")
    assert csv_text([["@SUM(A1)", -5, "+1", "safe"]]) == "'@SUM(A1),-5,'+1,safe\n"


def test_a_file_needs_two_queries_however_many_rows(client, so_2025, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        body(client.get("/salaries/figures/so-2025/de/back-end/employed/language.csv"))
    with django_assert_max_num_queries(2):
        body(client.get("/salaries/editions/so-2025.csv"))


@pytest.mark.parametrize("extension", ["csv", "json", "svg"])
def test_a_file_that_waits_for_an_edition_is_not_kept_for_long(client, so_2025, extension):
    folder = "charts" if extension == "svg" else "figures"
    edition(cell(), slug="so-2026", year=2026, title="Survey 2026", is_published=False)
    response = client.get(f"/salaries/{folder}/so-2025+so-2026/de/back-end/employed.{extension}")
    assert response.status_code == 200
    assert int(response["Cache-Control"].split("max-age=")[1]) <= 86_400
