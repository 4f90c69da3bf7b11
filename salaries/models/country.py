"""Countries, what a dollar buys there, and how prices rose."""

from django.db import models
from django.db.models import Q

from evidence.models import Source


class CountryQuerySet(models.QuerySet["Country"]):
    def in_order(self) -> "CountryQuerySet":
        """Return countries by name."""
        return self.order_by("name")


class Country(models.Model):
    """A place that figures are about; `001` is the world."""

    code = models.CharField(max_length=3, primary_key=True, help_text="ISO 3166 alpha-2, or 001.")
    name = models.CharField(max_length=80, unique=True)
    name_in_sentence = models.CharField(
        max_length=80, blank=True, help_text="With its article: “the Netherlands”."
    )
    currency = models.CharField(
        max_length=3, blank=True, help_text="ISO 4217; empty where we do not know it."
    )

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "countries"
        constraints = (
            models.CheckConstraint(
                condition=Q(code="001") | Q(code__regex=r"^[A-Z]{2}$"),
                name="country_code_known_form",
            ),
            models.CheckConstraint(
                condition=Q(currency="") | Q(currency__regex=r"^[A-Z]{3}$"),
                name="country_currency_known_form",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def in_sentence(self) -> str:
        """Return the name as it stands inside a sentence."""
        return self.name_in_sentence or self.name


class PriceLevel(models.Model):
    """How dear a country is beside the United States in a year (World Bank, ICP).

    `ratio` is the purchasing power parity divided by the market rate: 0.76 means that what costs a
    dollar in the United States costs 76 cents there. Dollars of pay divided by it give
    international dollars.
    """

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="price_levels")
    year = models.PositiveSmallIntegerField()
    ppp = models.DecimalField(
        "national currency per international dollar", max_digits=18, decimal_places=8
    )
    market_rate = models.DecimalField(
        "national currency per US dollar", max_digits=18, decimal_places=8
    )
    market_rate_note = models.CharField(max_length=120, help_text="Which rate: yearly average, …")
    ratio = models.DecimalField(max_digits=8, decimal_places=4)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["country", "year"], name="price_level_one_per_year"),
            models.CheckConstraint(condition=Q(ratio__gt=0), name="price_level_positive"),
        )

    def __str__(self) -> str:
        return f"{self.country} {self.year}: {self.ratio}"


class ConsumerPrices(models.Model):
    """Consumer prices of a country in a month, to say what a rise of pay is worth."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="consumer_prices")
    month = models.DateField(help_text="The first day of the month.")
    index = models.DecimalField(max_digits=10, decimal_places=3)
    name = models.CharField(max_length=120, help_text="Which index: CPI-U, all items, …")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "consumer prices"
        constraints = (
            models.UniqueConstraint(
                fields=["country", "month"], name="consumer_prices_one_per_month"
            ),
            models.CheckConstraint(condition=Q(index__gt=0), name="consumer_prices_positive"),
        )

    def __str__(self) -> str:
        return f"{self.country} {self.month:%Y-%m}: {self.index}"
