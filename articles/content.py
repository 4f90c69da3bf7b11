"""What a revision holds: everything an editor can write in a guide, as plain values.

Relations are kept by slug, so that a snapshot means the same in another database and in a file.
"""

from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Self

from articles.models import Article, Revision


@dataclass(frozen=True)
class Question:
    """One entry of the FAQ; the answer is Markdown."""

    question: str
    answer: str


@dataclass(frozen=True)
class Content:
    """The text and the filing of a guide at one moment."""

    title: str
    category: str
    standfirst: str = ""
    body: str = ""
    level: str = Article.Level.BEGINNER
    takeaways: list[str] = field(default_factory=list)
    faq: list[Question] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    reviewer: str = ""
    related: list[str] = field(default_factory=list)
    cover: str = ""
    cover_alt: str = ""
    cover_is_decorative: bool = False
    cover_caption: str = ""
    reviewed_on: str = ""
    next_review_on: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the form that a revision stores."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Return the content of a stored revision; keys of a later version are left out."""
        known = {item.name for item in fields(cls)}
        values = {key: value for key, value in data.items() if key in known}
        values["faq"] = [Question(**entry) for entry in values.get("faq", [])]
        return cls(**values)

    @classmethod
    def of(cls, revision: Revision) -> Self:
        """Return the content of a revision."""
        return cls.from_json(revision.content)


def as_date(value: str) -> date | None:
    """Return the date of an ISO text, or nothing for an empty one."""
    return date.fromisoformat(value) if value else None


QUESTION_MARK = "### "


def write_questions(faq: list[Question]) -> str:
    """Return the FAQ as one text for an editor: a line "### Question" and the answer below."""
    entries = [f"{QUESTION_MARK}{entry.question}\n\n{entry.answer.strip()}" for entry in faq]
    return "\n\n".join(entries)


def read_questions(text: str) -> list[Question]:
    """Return the questions of a text written like `write_questions` does.

    Raises ValueError, with the line, for words before the first question, a question without an
    answer, and an empty question.
    """
    entries: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if line.startswith(QUESTION_MARK) or line.strip() == QUESTION_MARK.strip():
            entries.append((number, line.removeprefix(QUESTION_MARK.strip()).strip(), []))
        elif entries:
            entries[-1][2].append(line)
        elif line.strip():
            raise ValueError(
                f"Line {number}: begin with a question, on a line like “### Question?”."
            )
    faq = []
    for number, question, lines in entries:
        answer = "\n".join(lines).strip()
        if not question:
            raise ValueError(f"Line {number}: the question is empty.")
        if not answer:
            raise ValueError(f"Line {number}: “{question}” has no answer below it.")
        faq.append(Question(question, answer))
    return faq
