"""Pay figures with their source, and the guides that explain them."""

from salaries.models.country import ConsumerPrices, Country, PriceLevel
from salaries.models.edition import ConversionRate, Edition, PublishedEditionError
from salaries.models.figure import PERCENTILES, SMALLEST_CELL, Figure
from salaries.models.guide import SalaryGuide

__all__ = [
    "PERCENTILES",
    "SMALLEST_CELL",
    "ConsumerPrices",
    "ConversionRate",
    "Country",
    "Edition",
    "Figure",
    "PriceLevel",
    "PublishedEditionError",
    "SalaryGuide",
]
