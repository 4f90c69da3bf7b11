"""Pay figures and salary guides."""

from django.apps import AppConfig


class SalariesConfig(AppConfig):
    name = "salaries"

    def ready(self) -> None:
        from core import embeds  # noqa: PLC0415  apps are loaded by now, models may be imported
        from salaries.embeds import SalaryChartEmbed, SalaryEmbed  # noqa: PLC0415

        embeds.register(SalaryEmbed())
        embeds.register(SalaryChartEmbed())
