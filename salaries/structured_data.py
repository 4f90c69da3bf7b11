"""Editions as schema.org sees them. Every value here stands on the page too."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from core.structured_data import as_json_ld
from salaries.models import PERCENTILES, Edition

VARIABLES = {
    "p10": "10th percentile of pay",
    "p25": "25th percentile of pay",
    "p50": "Median pay",
    "p75": "75th percentile of pay",
    "p90": "90th percentile of pay",
}


def dataset_json_ld(edition: Edition) -> SafeString:
    """Return an edition as schema.org Dataset with its two files, and the way to the page."""
    address = settings.SITE_URL + edition.get_absolute_url()
    trail = [
        ("Salaries", reverse("salaries:overview")),
        ("Editions", reverse("salaries:editions")),
        (edition.title, edition.get_absolute_url()),
    ]
    crumbs = [
        {
            "@type": "ListItem",
            "position": place,
            "name": name,
            "item": settings.SITE_URL + path,
        }
        for place, (name, path) in enumerate(trail, start=1)
    ]
    return as_json_ld(
        {
            "@context": "https://schema.org",
            "@graph": [
                _as_dataset(edition, address),
                {"@type": "BreadcrumbList", "itemListElement": crumbs},
            ],
        }
    )


def _as_dataset(edition: Edition, address: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": edition.title,
        "description": edition.population,
        "identifier": edition.slug,
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "creditText": edition.attribution,
        "license": edition.licence_url or edition.licence,
        "isBasedOn": edition.source.url,
        "temporalCoverage": _time(edition),
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "name": VARIABLES[name],
                "unitText": f"{edition.currency} {edition.get_period_display()}",
            }
            for name in PERCENTILES
        ],
        "distribution": [
            _as_download(edition, "csv", "text/csv"),
            _as_download(edition, "json", "application/json"),
        ],
    }
    if edition.published_at is not None:
        data["datePublished"] = edition.published_at.date().isoformat()
    if edition.scope:
        data["spatialCoverage"] = edition.scope
    return data


def _as_download(edition: Edition, extension: str, media_type: str) -> dict[str, str]:
    path = reverse(f"salaries:edition-{extension}", args=[edition.slug])
    return {
        "@type": "DataDownload",
        "encodingFormat": media_type,
        "contentUrl": settings.SITE_URL + path,
    }


def _time(edition: Edition) -> str:
    """Return when people were asked as schema.org writes it: one date or two with a slash."""
    last = edition.fieldwork_to or str(edition.year)
    return f"{edition.fieldwork_from}/{last}" if edition.fieldwork_from else last
