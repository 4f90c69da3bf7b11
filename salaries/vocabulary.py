"""The words of salary figures: roles, employments, dimensions, and the values inside a dimension.

Files keep a value as the source wrote it; addresses and embeds use its slug; pages show its label.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.text import slugify

WORLD = "001"  # UN M49 and CLDR: all countries together

ROLES = {
    "back-end": "Back-end developer",
    "full-stack": "Full-stack developer",
    "front-end": "Front-end developer",
    "devops": "DevOps engineer",
    "sre": "Site reliability engineer",
    "data-engineer": "Data engineer",
    "all-developers": "Developers of every kind",
}
SURVEY_ROLES = tuple(ROLES)
# Roles that only some sources know, and the occupations of official statistics.
ROLES |= {
    "all-roles": "All roles in the survey",
    "architect": "Software architect",
    "mobile": "Mobile developer",
    "cloud-infrastructure": "Cloud infrastructure engineer",
    "engineering-manager": "Engineering manager",
    "soc-00-0000": "All occupations",
    "soc-11-3021": "Computer and information systems managers",
    "soc-15-0000": "Computer and mathematical occupations",
    "soc-15-1211": "Computer systems analysts",
    "soc-15-1212": "Information security analysts",
    "soc-15-1241": "Computer network architects",
    "soc-15-1242": "Database administrators",
    "soc-15-1243": "Database architects",
    "soc-15-1244": "Network and computer systems administrators",
    "soc-15-1251": "Computer programmers",
    "soc-15-1252": "Software developers",
    "soc-15-1253": "Software quality assurance analysts and testers",
    "soc-15-1254": "Web developers",
    "soc-15-1255": "Web and digital interface designers",
    "soc-15-1256": "Software developers and quality assurance testers together",
    "soc-15-1257": "Web developers and interface designers together",
    "soc-15-2051": "Data scientists",
}

EMPLOYMENTS = {"employed": "Employed", "contractor": "Independent contractor"}


@dataclass(frozen=True)
class Dimension:
    """One way of splitting the people of a cell.

    `is_partition`: each person has at most one value, so that the parts add up to the whole.
    """

    key: str
    label: str
    is_partition: bool = True
    is_technology: bool = False


DIMENSIONS = {
    item.key: item
    for item in (
        Dimension("all", "Everybody"),
        Dimension("years_coding_total", "Years of coding, learning included"),
        Dimension("years_code_pro", "Years of coding for pay"),
        Dimension("work_experience", "Years of work"),
        Dimension("experience", "Years of work in the field"),
        Dimension("seniority", "Seniority as the employer names it"),
        Dimension("education", "Education"),
        Dimension("remote", "Where the work is done"),
        Dimension("office_time", "Time in the office"),
        Dimension("org_size", "Size of the organisation"),
        Dimension("company_size", "Size of the company"),
        Dimension("company_type", "Kind of company"),
        Dimension("city", "City"),
        Dimension("industry", "Industry"),
        Dimension("language", "Language", is_partition=False, is_technology=True),
        Dimension("database", "Database", is_partition=False, is_technology=True),
        Dimension("web_framework", "Web framework", is_partition=False, is_technology=True),
        Dimension("cloud_platform", "Cloud platform", is_partition=False, is_technology=True),
    )
}
EXPERIENCE_DIMENSIONS = ("years_coding_total", "years_code_pro", "work_experience", "experience")

# What people answered, by its first words, as (slug, label); the order is the order on a page.
_ANSWERS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "education": (
        ("Primary", "primary", "Primary school"),
        ("Secondary", "secondary", "Secondary school"),
        ("Some college", "some-college", "Some university, no degree"),
        ("Upper secondary – gen", "upper-secondary-general", "Upper secondary, general"),
        ("Upper secondary – voc", "upper-secondary-vocational", "Upper secondary, vocational"),
        ("Associate", "associate", "Associate degree"),
        ("Bachelor’s degree – AMK", "bachelor-amk", "Bachelor’s, applied sciences"),
        ("Bachelor’s degree – university", "bachelor-university", "Bachelor’s, university"),
        ("Bachelor", "bachelor", "Bachelor’s degree"),
        ("Master’s degree – AMK", "master-amk", "Master’s, applied sciences"),
        ("Master’s degree – university", "master-university", "Master’s, university"),
        ("Master", "master", "Master’s degree"),
        ("Professional", "professional", "Professional degree or doctorate"),
        ("Doctorate", "doctorate", "Doctorate"),
        ("Something else", "other", "Something else"),
        ("Other doctoral", "other-doctorate", "Other doctorate"),
        ("Other", "other", "Something else"),
    ),
    "remote": (
        ("Remote", "remote", "Remote"),
        ("Fully remote", "remote", "Remote"),
        ("Hybrid (some in-person, leans", "hybrid-flexible", "Partly remote, flexible"),
        ("Hybrid (some remote, leans", "hybrid-on-site", "Partly remote, mostly on site"),
        ("Hybrid", "hybrid", "Partly remote"),
        ("Your choice", "your-choice", "As the person likes"),
        ("In-person", "in-person", "On site"),
        ("Full in-person", "in-person", "On site"),
    ),
    "org_size": (
        ("Just me", "1", "1 person"),
        ("Less than 20", "1-19", "Fewer than 20"),
        ("2 to 9", "2-9", "2 to 9"),
        ("2-9", "2-9", "2 to 9"),
        ("10 to 19", "10-19", "10 to 19"),
        ("10-19", "10-19", "10 to 19"),
        ("20 to 99", "20-99", "20 to 99"),
        ("20-99", "20-99", "20 to 99"),
        ("100 to 499", "100-499", "100 to 499"),
        ("100-499", "100-499", "100 to 499"),
        ("500 to 999", "500-999", "500 to 999"),
        ("500-999", "500-999", "500 to 999"),
        ("1,000 to 4,999", "1000-4999", "1,000 to 4,999"),
        ("1,000-4,999", "1000-4999", "1,000 to 4,999"),
        ("5,000 to 9,999", "5000-9999", "5,000 to 9,999"),
        ("5,000-9,999", "5000-9999", "5,000 to 9,999"),
        ("10,000", "10000-plus", "10,000 or more"),
        # One file spells the answer in two ways, and both are kept as they stand.
        ("I don't", "unknown-2", "The person did not know, second spelling"),
        ("I don", "unknown", "The person did not know"),
    ),
    "seniority": (
        ("middle", "middle", "Mid level"),
        ("senior", "senior", "Senior"),
        ("staff", "staff-principal-lead", "Staff, principal or lead"),
        ("manager", "manager", "Manager"),
    ),
    "company_type": (
        ("product", "product", "Product company"),
        ("consulting", "consulting", "Consulting"),
        ("in-house", "in-house-it", "IT inside another company"),
        ("public", "public-sector", "Public sector"),
    ),
    "office_time": (
        ("remote", "remote-0-5-office", "Remote: at most 5% at the office"),
        ("hybrid", "hybrid-6-50", "Hybrid: 6 to 50% at the office"),
        ("mostly", "mostly-office-51-100", "Mostly at the office: over 50%"),
    ),
    "company_size": (
        ("3-5", "3-5", "3 to 5 people"),
        ("6-10", "6-10", "6 to 10"),
        ("11-50", "11-50", "11 to 50"),
        ("51-100", "51-100", "51 to 100"),
        ("101-500", "101-500", "101 to 500"),
        ("501-1000", "501-1000", "501 to 1,000"),
        ("1001-5000", "1001-5000", "1,001 to 5,000"),
        ("10000+", "10000-plus", "10,000 or more"),
    ),
}
EXPERIENCE_BANDS = ("0-1", "0-4", "2-4", "5-9", "10-14", "15-19", "15+", "20+")


@dataclass(frozen=True)
class Value:
    """A value of a dimension: `slug` for addresses, `label` for people, `order` for lists."""

    slug: str
    label: str
    order: int = 0


@lru_cache(maxsize=4096)
def value_of(dimension: str, raw: str) -> Value:
    """Return how a value is addressed and shown. `raw` is the value as the file has it."""
    text = raw.strip()
    if dimension in EXPERIENCE_DIMENSIONS:
        order = EXPERIENCE_BANDS.index(text) if text in EXPERIENCE_BANDS else len(EXPERIENCE_BANDS)
        return Value(text.replace("+", "-plus"), f"{text.replace('-', '–')} years", order)
    for order, (words, slug, label) in enumerate(_ANSWERS.get(dimension, ())):
        if text.startswith(words) or text.replace("'", "’").startswith(words):
            return Value(slug, label, order)
    return Value(value_slug(text), text)


def value_slug(text: str) -> str:
    """Return the slug of a name; "C#" and "C++" stay apart from "C"."""
    return slugify(re.sub(r"\+", " plus ", text.replace("#", " sharp ")))[:80]
