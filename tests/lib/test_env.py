"""Settings from the environment: what is understood is taken whole, the rest is refused."""

from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured
from environs import EnvError, EnvValidationError, validate

from learningspaces.lib.env import database, email, env


def test_what_stands_behind_the_address_of_a_database_goes_to_the_driver():
    read = database("postgres://ana:p%40ss@db.valley.example:6432/spaces?sslmode=require", Path())
    assert (read["USER"], read["PASSWORD"], read["PORT"]) == ("ana", "p@ss", "6432")
    assert read["OPTIONS"] == {"options": "-c jit=off", "sslmode": "require"}


def test_start_options_that_a_pooler_refuses_can_be_left_out():
    read = database("postgres://ana@127.0.0.1:6432/spaces?options=", Path())
    assert read["OPTIONS"] == {"options": ""}


@pytest.mark.parametrize("password", ["p@ss:w/o#r?d", "100% sure", "[a]", "", "ä€😀", "$HOME'\"\\"])
@pytest.mark.parametrize("written", [str, lambda word: quote(word, safe="")])
def test_password_of_the_database_holds_any_character(password, written):
    read = database(f"postgres://ana:{written(password)}@[::1]:6432/spaces?sslmode=require", Path())
    assert (read["PASSWORD"], read["HOST"], read["PORT"]) == (password, "::1", "6432")
    assert (read["NAME"], read["OPTIONS"]["sslmode"]) == ("spaces", "require")


def test_password_beside_the_address_is_taken_as_it_is():
    read = database("postgres://ana@db/spaces", Path(), password="a%40b@c")
    assert (read["USER"], read["PASSWORD"], read["HOST"]) == ("ana", "a%40b@c", "db")


def test_socket_of_a_database_needs_no_host():
    read = database("postgres:///spaces?host=/run/postgresql", Path())
    assert (read["HOST"], read["NAME"], read["OPTIONS"]["host"]) == (
        "",
        "spaces",
        "/run/postgresql",
    )


def test_address_of_a_database_that_cannot_be_read_is_refused():
    with pytest.raises(ImproperlyConfigured, match="must read postgres://"):
        database("postgres://ana@db:port/spaces", Path())


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (lambda text: database(text, Path()), "mysql://ana@db/spaces"),
        (email, "http://mail.valley.example"),
    ],
)
def test_address_of_another_kind_is_refused_by_name(read, text):
    with pytest.raises(ImproperlyConfigured, match="must begin with"):
        read(text)


def test_number_that_is_none_is_refused_by_name(monkeypatch):
    for wrong in ("-1", "one", "1.5", ""):
        monkeypatch.setenv("PROXIES", wrong)
        with pytest.raises(EnvValidationError, match="PROXIES"):
            env.int("PROXIES", 0, validate=validate.Range(min=0))


@pytest.mark.parametrize("wrong", ["maybe", "", "2"])
def test_what_is_neither_true_nor_false_is_refused_by_name(monkeypatch, wrong):
    monkeypatch.setenv("HTTPS", wrong)
    with pytest.raises(EnvValidationError, match=r"HTTPS.*Not a valid boolean"):
        env.bool("HTTPS", False)


def test_word_that_is_none_of_the_choices_is_refused(monkeypatch):
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(EnvValidationError, match=r"LOG_FORMAT.*Must be one of: text, json"):
        env.str("LOG_FORMAT", "text", validate=validate.OneOf(["text", "json"]))


def test_what_has_no_default_must_be_set(monkeypatch):
    monkeypatch.delenv("OIDC_CLIENT_ID", raising=False)
    with pytest.raises(EnvError, match="OIDC_CLIENT_ID"):
        env.str("OIDC_CLIENT_ID")


def test_words_stand_between_commas(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", " a.example , b.example ,")
    assert env.words("ALLOWED_HOSTS", "") == ["a.example", "b.example"]
    monkeypatch.delenv("ALLOWED_HOSTS")
    assert env.words("ALLOWED_HOSTS", "") == []


def test_origin_is_the_address_without_its_path(monkeypatch):
    monkeypatch.setenv("OIDC_SERVER_URL", "https://id.example/realms/one")
    assert env.origins("OIDC_SERVER_URL", "") == ["https://id.example"]
    monkeypatch.setenv("OIDC_SERVER_URL", "")
    assert env.origins("OIDC_SERVER_URL", "") == []
