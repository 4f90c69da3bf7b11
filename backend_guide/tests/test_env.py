"""Settings from the environment: a wrong value stops the start and names its variable."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from backend_guide import env

GOOD_KEY = "k" * 50


@pytest.mark.parametrize("word", ["1", "true", "YES", " on "])
def test_words_for_yes(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("DEBUG", word)
    assert env.flag("DEBUG") is True


@pytest.mark.parametrize("word", ["0", "False", "no", "OFF", ""])
def test_words_for_no(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("DEBUG", word)
    assert env.flag("DEBUG", default=True) is False


def test_flag_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEBUG", raising=False)
    assert env.flag("DEBUG") is False
    assert env.flag("DEBUG", default=True) is True


@pytest.mark.parametrize("word", ["maybe", "2", "truе", "None"])
def test_other_words_name_the_variable(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("DEBUG", word)
    with pytest.raises(ImproperlyConfigured, match=r"^DEBUG="):
        env.flag("DEBUG")


@pytest.mark.parametrize("value", ["eighty", "80.5", "", "8 0"])
def test_other_than_whole_numbers_name_the_variable(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("PORT", value)
    with pytest.raises(ImproperlyConfigured, match=r"^PORT="):
        env.integer("PORT", 8000)


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", " a.example , ,b.example,")
    assert env.words("ALLOWED_HOSTS") == ["a.example", "b.example"]


@pytest.mark.parametrize("value", [None, "", "short", "k" * 49])
def test_missing_or_short_key(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str | None
) -> None:
    _set(monkeypatch, "SECRET_KEY", value)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        env.secret_key(var_dir=tmp_path, debug=False)


def test_key_of_the_environment_goes_before_the_kept_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret-key").write_text("kept-" + GOOD_KEY + "\n")
    _set(monkeypatch, "SECRET_KEY", None)
    assert env.secret_key(var_dir=tmp_path, debug=False) == "kept-" + GOOD_KEY
    _set(monkeypatch, "SECRET_KEY", GOOD_KEY)
    assert env.secret_key(var_dir=tmp_path, debug=False) == GOOD_KEY


def test_debugging_works_without_a_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _set(monkeypatch, "SECRET_KEY", None)
    assert env.secret_key(var_dir=tmp_path, debug=True).startswith("insecure")


def test_sqlite_in_var_is_the_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _set(monkeypatch, "DATABASE_URL", None)
    config = env.database(var_dir=tmp_path)
    assert config["ENGINE"] == "django.db.backends.sqlite3"
    assert config["NAME"] == str(tmp_path / "site.sqlite3")
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_with_a_pool(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _set(monkeypatch, "DATABASE_URL", "postgres://me:pass@db.example:5433/site")
    config = env.database(var_dir=tmp_path)
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.example", 5433, "site")
    assert config["OPTIONS"]["pool"]["max_size"] >= 1
    assert config["CONN_MAX_AGE"] == 0


@pytest.mark.parametrize(
    "url",
    ["nonsense", "", "nothing://here", "mysql://me@host/site", "postgres://host:port/site"],
)
def test_bad_database_url(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str) -> None:
    _set(monkeypatch, "DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        env.database(var_dir=tmp_path)


def _set(monkeypatch: pytest.MonkeyPatch, name: str, value: str | None) -> None:
    if value is None:
        monkeypatch.delenv(name, raising=False)
    else:
        monkeypatch.setenv(name, value)
