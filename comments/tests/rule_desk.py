"""The form of a rule as a moderator fills it in."""

import re
from html import unescape

from django.test import Client

from comments.models import Rule
from comments.rule_values import Kind

ADD = "/admin/comments/rule/add/"
LIST = "/admin/comments/rule/"


def typed(**changes: str) -> dict[str, str]:
    rule = {"name": "Bonus", "kind": Kind.WORDS, "value": "bonus", "is_active": "on", "note": "Why"}
    return {**rule, **changes}


def press(desk: Client, button: str, at: str = ADD, **changes: str):
    return desk.post(at, {**typed(**changes), button: "x"})


def token_in(response) -> str:
    (found,) = re.findall(r'name="tried" value="([^"]+)"', response.content.decode())
    return unescape(found)


def shown(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(text).split())


def page_of(rule: Rule) -> str:
    return f"{LIST}{rule.pk}/change/"


def stored(**fields) -> Rule:
    return Rule.objects.create(**{"name": "Old", "kind": Kind.WORDS, "value": "old", **fields})
