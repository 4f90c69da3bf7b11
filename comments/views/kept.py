"""Whatever happens to a form, the words in it go back to whoever wrote them.

Each view of comments that takes a form stands under `@keeps_words`, those of the desk too. The
view answers for what it foresees (a wrong field, a closed thread, an old token) with its own form,
filled in. Everything else ends here: the database is down, the body is too large, the page is
gone, our own mistake. What fails outside of the view, in a middleware, ends in `server_error`.
"""

import logging
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_plus

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.core.signals import got_request_exception
from django.db import DatabaseError, DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from core.cleaning import clean_text

logger = logging.getLogger(__name__)

MOST_BYTES = 1024 * 1024  # of a form; a comment of 5,000 emoji has 60,000
MOST_GIVEN_BACK = 2 * MOST_BYTES  # of a body that is too large: to show it costs many times that
MOST_READ = 4 * MOST_BYTES  # of a form that is too large, to give its words back
RETRY_AFTER = 30  # seconds, once the database did not answer
# The fields that hold words, with what to call them; at the desk the number of a row may follow.
# Whatever else was sent is kept out of sight, unless it is long.
WORDS = {
    "text": "Your words",
    "words": "Your words",
    "explanation": "Your explanation",
    "statement": "Your statement",
    "person-statement": "Your words for the person",
    "thread-statement": "Your words about the thread",
    "note-text": "Your note",
    "note": "Your note",
    "value": "The value",
}
NUMBER = re.compile(r"-[0-9]+$")
LONG = 80  # characters, from which a field of the desk that has no name here is shown too
NEVER_SHOWN = {"csrfmiddlewaretoken"}
MOST_FIELDS = 40
FIELD = re.compile(r"(?:^|&)([a-z_]{1,40}(?:-[a-z0-9]{1,20})?)=([^&]*)")

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Problem:
    """What to tell a person whose form could not be taken."""

    status: HTTPStatus
    title: str
    text: str
    asks_to_sign_in: bool = False


DATABASE_DOWN = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "The site cannot store anything at the moment",
    "Its database does not answer. This passes, mostly within a minute. "
    "Nothing was stored, unless the same form had arrived before; sending it again is safe.",
)
TOO_LARGE = Problem(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "That is more than a form here can hold",
    "Nothing was stored. What could be read of it stands below; "
    "your browser's Back button leads to the rest.",
)
NOT_TAKEN = Problem(
    HTTPStatus.BAD_REQUEST,
    "Something in the form cannot be stored",
    "The database refused it. Look for unusual characters, and send it again.",
)
NOT_HERE = Problem(
    HTTPStatus.NOT_FOUND,
    "What this belonged to is not here any more",
    "Nothing was stored. If it comes back, you can send the form again.",
)
NOT_ALLOWED = Problem(
    HTTPStatus.FORBIDDEN,
    "You may not do this now",
    "You may have been signed out. Sign in again in another tab, then send the form again.",
    asks_to_sign_in=True,
)
OUR_MISTAKE = Problem(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "Something failed, and it is our mistake",
    "It was noted for the people who look after the site. Nothing you wrote is lost; "
    "sending it again is safe.",
)


class RefusedError(Exception):
    """Raised by a view under `keeps_words` that has no form of its own to answer with."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


def keeps_words(view: View) -> View:
    """Make a view give the words of a refused form back, whatever refuses it.

    The view is exempt from Django's own check of tokens: it must ask `core.csrf.csrf_problem` on
    each POST that changes something. Its answers are kept in no cache.
    """

    @csrf_exempt
    @never_cache
    @wraps(view)
    def keeper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if request.method == "POST":
                _read(request)
            return view(request, *args, **kwargs)
        except (RequestDataTooBig, TooManyFieldsSent):
            return _give_back(request, TOO_LARGE, _scan(request))
        except (OperationalError, InterfaceError) as error:
            logger.error("The database did not answer %s: %s", request.path, error)
            return _give_back(request, DATABASE_DOWN, _fields(request))
        except RefusedError as refused:
            return _give_back(request, refused.problem, _fields(request))
        except Exception as error:
            if not has_words(request) and not (request.method == "POST" and at_desk(request)):
                raise
            return _give_back(request, _problem_of(error, request), _fields(request))

    keeper.keeps_words = True  # type: ignore[attr-defined]  # for `server_error`
    return keeper


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer where something failed outside of a view; the words of a form come back here too.

    At the desk the middleware asks who is signed in, so that a database that is down fails there.
    """
    view = getattr(request.resolver_match, "func", None)
    if request.method != "POST" or not (at_desk(request) or hasattr(view, "keeps_words")):
        return defaults.server_error(request)
    is_down = isinstance(sys.exception(), OperationalError | InterfaceError)
    try:
        _read(request)
        problem = DATABASE_DOWN if is_down else OUR_MISTAKE
        response = _give_back(request, problem, _fields(request))
    except Exception:  # whatever the form does, some page must answer
        logger.exception("The words of %s could not be given back", request.path)
        return defaults.server_error(request)
    add_never_cache_headers(response)
    return response


def _read(request: HttpRequest) -> None:
    """Read the body, and its fields. Raises RequestDataTooBig and TooManyFieldsSent."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if length > MOST_BYTES:
        raise RequestDataTooBig
    assert request.body is not None  # kept in memory, so that it can be read once more
    request.POST.get("text")


def _problem_of(error: Exception, request: HttpRequest) -> Problem:
    match error:
        case Http404():
            return NOT_HERE
        case PermissionDenied():
            return NOT_ALLOWED
        case DataError():
            logger.error("The database refused a value in %s", request.path)
            return NOT_TAKEN
    if settings.DEBUG:
        raise error
    got_request_exception.send(sender=None, request=request)
    # What a database says of an error holds values, and values can be addresses of people.
    exc_info = None if isinstance(error, DatabaseError) else error
    logger.error("%s in %s", type(error).__name__, request.path, exc_info=exc_info)
    return OUR_MISTAKE


def has_words(request: HttpRequest) -> bool:
    """Return whether a form was sent in which somebody wrote something."""
    return request.method == "POST" and any(
        value.strip()
        for name, values in _fields(request).items()
        for value in values
        if _label(name)
    )


def at_desk(request: HttpRequest) -> bool:
    """Return whether a page of the desk is asked for."""
    return request.path.startswith(reverse("admin:index"))


def _label(name: str) -> str:
    """Return what to call a field of words; empty for any other field."""
    return WORDS.get(NUMBER.sub("", name), "")


def _fields(request: HttpRequest) -> dict[str, list[str]]:
    return {name: [str(value) for value in values] for name, values in request.POST.lists()}


def _scan(request: HttpRequest) -> dict[str, list[str]]:
    """Return the fields of a body that Django refused to read, as far as it goes."""
    body = request.body if hasattr(request, "_body") else _beginning(request)
    found: dict[str, list[str]] = {}
    for name, value in FIELD.findall(body.decode("utf-8", "replace")):
        if name in found or len(found) < MOST_FIELDS:
            found[name] = [unquote_plus(value)]
    return found


def _beginning(request: HttpRequest) -> bytes:
    """Return the first part of a body; the rest is read past, or browsers would miss our answer."""
    body = bytes(request.read(MOST_GIVEN_BACK))
    rest = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or MOST_BYTES) - len(body)
    while rest > 0 and (passed := request.read(min(rest, 65_536))):
        rest -= len(passed)
    return body


def _give_back(
    request: HttpRequest, problem: Problem, fields: dict[str, list[str]]
) -> HttpResponse:
    """Answer with the form as it was sent, ready to be sent again. Asks the database nothing."""
    is_desk = at_desk(request)
    words, hidden = [], []
    for name, values in fields.items():
        if name in NEVER_SHOWN or "password" in name:
            continue
        for value in map(clean_text, values):
            label = _label(name)
            if is_desk and not label and (len(value) > LONG or "\n" in value):
                label = name.replace("_", " ").capitalize()
            if label and value.strip():
                words.append((name, label, value))
            else:
                hidden.append((name, value))
    context = {
        "problem": problem,
        "words": words,
        "hidden": hidden,
        "path": request.get_full_path(),
        "is_desk": is_desk,
        "can_be_sent": not (is_desk and _is_foreign(request)),
    }
    response = render(request, template_for(request, "kept"), context, status=problem.status)
    if problem is DATABASE_DOWN:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def _is_foreign(request: HttpRequest) -> bool:
    """Return whether another site sent the form. Our button would send it on as if it were ours."""
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    is_cross = request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}
    return is_cross or request.headers.get("Origin", settings.SITE_URL) not in {
        settings.SITE_URL,
        *ours,
    }


def wants_part(request: HttpRequest) -> bool:
    """Return whether a script asks, which has the page around the form already."""
    return request.headers.get("X-Part") == "form"


def template_for(request: HttpRequest, name: str) -> str:
    """Return the template of a page, or of the part of it that a script puts into its page."""
    return f"comments/_{name}_part.html" if wants_part(request) else f"comments/{name}.html"
