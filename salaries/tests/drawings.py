"""What tests ask of a chart: its rows, its drawing, the words and looks in it, its figure."""

from typing import Any
from xml.etree import ElementTree as ET

from django.template.loader import render_to_string

from salaries.charts import chart_figure, chart_for, rows_for
from salaries.charts.rows import Row
from salaries.models import Figure
from salaries.selection import parse


def figures(key: str) -> list[Figure]:
    return list(Figure.objects.public().matching(parse(key)).with_context())


def rows(key: str, **more: Any) -> list[Row]:
    return rows_for(parse(key), figures(key), **more)


def drawing(key: str) -> ET.Element:
    return ET.fromstring(str(chart_for(parse(key), rows(key))))


def page(key: str, **more: Any) -> str:
    chart = chart_figure(parse(key), figures(key), **more)
    return render_to_string("salaries/_chart_figure.html", {"chart": chart})


def words(svg: ET.Element) -> list[str]:
    return ["".join(item.itertext()) for item in svg.iter("text")]


def looks(svg: ET.Element, look: str) -> list[ET.Element]:
    return [item for item in svg.iter() if item.get("class") == look]
