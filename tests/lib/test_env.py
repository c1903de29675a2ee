"""Settings from the environment: what is understood is taken whole, the rest is refused."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from learningspaces.lib import env


def test_what_stands_behind_the_address_of_a_database_goes_to_the_driver():
    read = env.database(
        "postgres://ana:p%40ss@db.valley.example:6432/spaces?sslmode=require", Path()
    )
    assert (read["USER"], read["PASSWORD"], read["PORT"]) == ("ana", "p@ss", "6432")
    assert read["OPTIONS"] == {"options": "-c jit=off", "sslmode": "require"}


def test_start_options_that_a_pooler_refuses_can_be_left_out():
    read = env.database("postgres://ana@127.0.0.1:6432/spaces?options=", Path())
    assert read["OPTIONS"] == {"options": ""}


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (lambda text: env.database(text, Path()), "mysql://ana@db/spaces"),
        (env.email, "http://mail.valley.example"),
    ],
)
def test_address_of_another_kind_is_refused_by_name(read, text):
    with pytest.raises(ImproperlyConfigured, match="must begin with"):
        read(text)


def test_number_is_whole_and_not_below_zero(monkeypatch):
    monkeypatch.setenv("PROXIES", "2")
    assert env.number("PROXIES", 0) == 2
    for wrong in ("-1", "one", "1.5"):
        monkeypatch.setenv("PROXIES", wrong)
        with pytest.raises(ImproperlyConfigured, match="PROXIES must be a number"):
            env.number("PROXIES", 0)


def test_word_that_is_none_of_the_choices_is_refused(monkeypatch):
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT must be text or json, not 'xml'"):
        env.one_of("LOG_FORMAT", "text", "json")
    monkeypatch.setenv("LOG_FORMAT", "")
    assert env.one_of("LOG_FORMAT", "text", "json") == "text"
