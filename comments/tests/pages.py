"""Reading forms out of pages as a browser does, and sending them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

URLENCODED = "application/x-www-form-urlencoded"


@dataclass
class Form:
    """A form with its fields as a browser would send them."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def send(
        self, client: Client, *, button: str = "", changes: dict[str, str] | None = None, **extra
    ) -> Any:
        """Press a button of the form; the first one where none is named."""
        pressed = dict([self.buttons[0]]) if self.buttons and not button else {"action": button}
        data = {**self.fields, **pressed, **(changes or {})}
        body = urlencode({name: value for name, value in data.items() if name})
        return client.post(self.action, body, content_type=URLENCODED, **extra)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._text: tuple[str, list[str]] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get"))
            self.forms.append(self._open)
        if self._open is None:
            return
        if tag == "textarea":
            self._text = (given["name"], [])
        elif tag == "select":
            self._select = given["name"]
            self._open.fields[self._select] = ""
        elif tag == "option" and "selected" in given:
            self._open.fields[self._select] = given["value"]
        elif tag == "button" and given.get("type") == "submit":
            self._open.buttons.append((given.get("name", ""), given.get("value", "")))
        elif tag == "input" and "name" in given and _is_sent(given):
            unset = "on" if given.get("type") == "checkbox" else ""
            self._open.fields[given["name"]] = given.get("value", unset)

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None and self._open is not None:
            name, parts = self._text
            self._open.fields[name] = "".join(parts).removeprefix("\n")  # as browsers do
            self._text = None
        elif tag == "form":
            self._open = None


def _is_sent(given: dict[str, str]) -> bool:
    return given.get("type") not in {"checkbox", "radio"} or "checked" in given


def forms_in(response: HttpResponse) -> list[Form]:
    """Return the forms of a page."""
    reader = _Reader()
    reader.feed(response.text)
    reader.close()
    return reader.forms


def form_with(response: HttpResponse, name: str) -> Form:
    """Return the form of a page that has a field; fails where there is none."""
    found = [form for form in forms_in(response) if name in form.fields]
    assert found, f"no form with {name!r} in the page: {response.text[:2000]}"
    return found[0]
