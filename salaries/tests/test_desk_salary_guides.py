"""The desk says which guides are salary guides, and whose figures they show."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from articles.tests.desk import html_of, sign_in, text_of
from articles.tests.factories import create_draft, create_live_guide
from salaries.models import SalaryGuide
from salaries.tests.factories import cell, country, main_edition, salary_guide

pytestmark = pytest.mark.django_db
LIST = "/admin/salaries/salaryguide/"
ADD = f"{LIST}add/"


def change_url(guide: SalaryGuide) -> str:
    return reverse("admin:salaries_salaryguide_change", args=[guide.pk])


def test_an_editor_files_a_guide_and_its_page_gets_the_figure(client: Client) -> None:
    main_edition(cell())
    article = create_live_guide(slug="pay", shelf="salaries")
    sign_in(client, "Editor")
    assert "the-figure" not in client.get("/salaries/pay/").text

    client.post(ADD, {"article": article.pk, "role": "back-end", "country": "DE"})

    assert SalaryGuide.objects.get().country_id == "DE"
    assert "$87,000" in client.get("/salaries/pay/").text


def test_a_guide_about_a_question_has_no_country(client: Client) -> None:
    article = create_draft(shelf="salaries")
    sign_in(client, "Editor")

    client.post(ADD, {"article": article.pk, "role": "back-end", "country": ""})

    assert SalaryGuide.objects.get().country is None


def test_only_unfiled_guides_of_the_shelf_are_offered(client: Client) -> None:
    create_draft(title="A guide")
    create_draft(title="On pay", shelf="salaries")
    salary_guide("DE", title="Filed already", make=create_draft)
    sign_in(client, "Editor")

    choice = html_of(client.get(ADD)).split('name="article"')[1].split("</select>")[0]

    assert "On pay" in choice
    assert "A guide" not in choice
    assert "Filed already" not in choice


def test_a_guide_of_the_other_shelf_is_refused(client: Client) -> None:
    article = create_draft()
    sign_in(client, "Editor")

    response = client.post(ADD, {"article": article.pk, "role": "back-end", "country": ""})

    assert "Select a valid choice" in text_of(response)
    assert not SalaryGuide.objects.exists()
    with pytest.raises(ValidationError, match="does not stand on the shelf of salary guides"):
        SalaryGuide(article=article, role="back-end").full_clean()


def test_one_guide_for_a_role_and_place(client: Client) -> None:
    salary_guide("DE")
    article = create_draft(shelf="salaries")
    sign_in(client, "Editor")

    response = client.post(ADD, {"article": article.pk, "role": "back-end", "country": "DE"})

    assert "There is a salary guide for this role and place already." in text_of(response)
    assert SalaryGuide.objects.count() == 1


def test_the_guide_itself_is_chosen_once(client: Client) -> None:
    guide = salary_guide("DE").salary_guide
    country("PL")
    sign_in(client, "Editor")
    assert 'name="article"' not in html_of(client.get(change_url(guide)))

    client.post(change_url(guide), {"role": "full-stack", "country": "PL"})

    guide.refresh_from_db()
    assert (guide.role, guide.country_id) == ("full-stack", "PL")
    assert SalaryGuide.objects.count() == 1


@pytest.mark.parametrize("role", ["Author", "Analyst", "Moderator"])
def test_others_at_the_desk_read_along(client: Client, role: str) -> None:
    guide = salary_guide("DE").salary_guide
    sign_in(client, role)
    assert client.get(LIST).status_code == 200
    assert client.get(ADD).status_code == 403
    client.post(change_url(guide), {"role": "full-stack", "country": "DE"})
    guide.refresh_from_db()
    assert guide.role == "back-end"


def test_strangers_are_sent_to_the_door(client: Client) -> None:
    assert client.get(LIST).status_code == 302


def test_list_says_where_a_guide_stands_at_a_fixed_price(
    client: Client, django_assert_max_num_queries
) -> None:
    sign_in(client, "Editor")
    for number, code in enumerate(["DE", "PL", "NL", "GB", "IN", "CZ"]):
        salary_guide(code, title=f"Guide {number}", make=create_draft)
    client.get(LIST)
    with django_assert_max_num_queries(8):
        page = text_of(client.get(LIST))
    for words in ("Guide 5", "Draft", "Back-end developer", "Czechia"):
        assert words in page
