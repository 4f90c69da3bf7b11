"""One person who comments, as the server sees it: a browser's cookies, a form, and patience.

Standard library only. `Person.comment` goes the way that a browser without JavaScript goes: the
form in the guide asks for the preview, and what the preview holds is sent.
"""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

TIMEOUT = 60.0  # seconds for one answer
PATIENCE = 180.0  # seconds in which a person tries the same form again
LOST = (OSError, http.client.HTTPException)  # the connection broke before the answer was there


@dataclass(frozen=True)
class Job:
    """What one person is going to say."""

    number: int
    address: str  # of the network
    path: str
    text: str
    parent: int | None
    is_double: bool

    @property
    def email(self) -> str:
        """Return the address of a person of their own."""
        return f"poster-{self.number}@example.org"

    @property
    def fields(self) -> dict[str, str]:
        """Return what the form in the guide sends."""
        sent = {"text": self.text, "name": f"Guest {self.number}", "email": self.email}
        if self.parent is not None:
            sent["parent"] = str(self.parent)
        return sent | {"website": "", "action": "preview"}


@dataclass
class Answer:
    """What the server said."""

    status: int
    location: str
    body: str
    seconds: float


@dataclass
class Outcome:
    """What became of a job."""

    job: Job
    submission: str = ""
    statuses: list[int] = field(default_factory=list)
    locations: set[str] = field(default_factory=set)
    previews: list[float] = field(default_factory=list)  # seconds
    sends: list[float] = field(default_factory=list)
    lost: list[float] = field(default_factory=list)  # moments at which a sent form got no answer
    problem: str = ""

    @property
    def is_accepted(self) -> bool:
        """Return whether the person was led to their comment."""
        return bool(self.locations) and not self.problem


class Form(HTMLParser):
    """Reads the fields of the form that carries a submission."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._now: dict[str, str] | None = None
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a form, or note one of its fields."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._now = {}
        elif self._now is not None and given.get("name"):
            if tag == "input" and given.get("type") != "checkbox":
                self._now[given["name"]] = given.get("value", "")
            elif tag == "textarea":
                self._area = given["name"]

    def handle_data(self, data: str) -> None:
        """Note the words of a text field; HTML drops the first newline."""
        if self._area and self._now is not None:
            self._now[self._area] = data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        """Keep the form if it is the right one."""
        if tag == "textarea":
            self._area = ""
        elif tag == "form" and self._now is not None:
            if "submission" in self._now:
                self.fields = self._now
            self._now = None


class Person:
    """A guest with a browser, behind a proxy that says where they are."""

    def __init__(self, site: str, address: str) -> None:
        self.site = site
        self.address = address
        self.cookies: dict[str, str] = {}

    def comment(self, job: Job) -> Outcome:
        """Preview, send, and look at what was sent."""
        outcome = Outcome(job)
        try:
            page = self._insist(job.path, job.fields, [])
            outcome.previews.append(page.seconds)
            fields = Form(page.body).fields
            if page.status != 200 or "csrfmiddlewaretoken" not in fields:
                outcome.problem = f"the preview answered {page.status}"
                return outcome
            outcome.submission = fields["submission"]
            self._send(outcome, fields | {"action": "send"})
            self._look(outcome)
        except TimeoutError as error:
            outcome.problem = str(error)
        return outcome

    def _send(self, outcome: Outcome, fields: dict[str, str]) -> None:
        job = outcome.job
        with ThreadPoolExecutor(2) as hands:
            sent = [
                hands.submit(self._insist, job.path, fields, outcome.lost)
                for _ in range(2 if job.is_double else 1)
            ]
        for answer in (future.result() for future in sent):
            outcome.statuses.append(answer.status)
            outcome.sends.append(answer.seconds)
            if answer.status == 303:
                outcome.locations.add(urlsplit(answer.location).path)
            else:
                outcome.problem = f"sending answered {answer.status}"

    def _look(self, outcome: Outcome) -> None:
        """Whoever was told that it is stored must find it."""
        for path in outcome.locations:
            page = self._insist(path, None, [])
            if page.status != 200 or f"Marker {outcome.job.number}." not in page.body:
                outcome.problem = f"the writer's own page answered {page.status} without the words"

    def _insist(self, path: str, fields: dict[str, str] | None, lost: list[float]) -> Answer:
        """Ask, and ask the same again where the connection broke. Raises TimeoutError at last."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                return self.ask(path, fields)
            except LOST:
                lost.append(time.time())
                time.sleep(0.05)
        raise TimeoutError("nobody answered")

    def ask(self, path: str, fields: dict[str, str] | None) -> Answer:
        """GET a page, or POST a form. Raises one of `LOST` where the connection breaks."""
        host = urlsplit(self.site).netloc
        connection = http.client.HTTPConnection(host, timeout=TIMEOUT)
        begun = time.perf_counter()
        try:
            body = None if fields is None else urlencode(fields)
            connection.request("GET" if body is None else "POST", path, body, self._headers())
            response = connection.getresponse()
            page = response.read().decode()
        finally:
            connection.close()
        for value in response.headers.get_all("Set-Cookie") or []:
            for name, cookie in SimpleCookie(value).items():
                self.cookies[name] = cookie.value
        seconds = time.perf_counter() - begun
        return Answer(response.status, response.headers.get("Location", ""), page, seconds)

    def _headers(self) -> dict[str, str]:
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Origin": self.site,
            "X-Forwarded-For": self.address,
        }


def run_all(jobs: list[Job], clients: int, site: str, outcomes: list[Outcome]) -> None:
    """Do all jobs, so many at a time, and add what became of each."""

    def one(job: Job) -> None:
        outcomes.append(Person(site, job.address).comment(job))

    with ThreadPoolExecutor(clients) as threads:
        list(threads.map(one, jobs))  # a fault of ours is raised here
