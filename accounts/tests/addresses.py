"""Every address below /account/, whichever app it belongs to."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

VALUES = {"<int:pk>": "1", "<slug:slug>": "a-guide", "<str:key>": "key", "<int:number>": "1"}


def paths(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Yield every address below patterns, with something in place of its parts."""
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from paths(pattern.url_patterns, here)
        else:
            for name, value in VALUES.items():
                here = here.replace(name, value)
            yield "/" + here


def account_paths() -> list[str]:
    """Return them in order, with something in place of keys and numbers."""
    found = {path for path in paths(get_resolver().url_patterns) if path.startswith("/account/")}
    return sorted(path for path in found if "<" not in path and "(" not in path)
