"""Pay figures and salary guides."""

from django.apps import AppConfig


class SalariesConfig(AppConfig):
    name = "salaries"
