"""Log lines: each request has a number; a line names no space, no key and nobody's words."""

import json
import logging
from logging.config import DictConfigurator

import pytest
from django.urls import path, reverse

from learningspaces.lib.logs import set_up
from learningspaces.views import errors

pytestmark = pytest.mark.django_db
SECRET = "what-somebody-typed"


def broken(request, key):
    words = request.GET["words"]
    raise RuntimeError(f"{len(words)} letters")


broken.login_required = False
urlpatterns = [path("broken/<str:key>/", broken, name="broken")]
handler500 = errors.server_error


class Kept(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture(params=["json", "text"])
def kept(request):
    formatter = set_up("INFO", request.param)["formatters"]["line"]
    handler = Kept()
    handler.setFormatter(DictConfigurator({}).configure_custom(dict(formatter)))
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


def test_line_of_a_request_holds_its_number_and_its_kind_of_page(client, kept):
    answer = client.get(reverse("spaces:redeem_invitation", args=[SECRET]), {"q": SECRET})
    [line] = [line for line in kept.lines if "request_finished" in line]
    assert answer["X-Request-ID"] in line
    assert "invitations/<str:token>/" in line
    assert SECRET not in line


@pytest.mark.urls(__name__)
def test_page_that_breaks_names_the_number_under_which_the_log_tells_why(client, kept):
    client.raise_request_exception = False
    answer = client.get(reverse("broken", args=[SECRET]), {"words": SECRET})
    assert answer.status_code == 500
    number = answer["X-Request-ID"]
    assert f"the number {number}" in answer.text
    [line] = [line for line in kept.lines if number in line]
    assert f"{len(SECRET)} letters" in line
    assert SECRET not in line


@pytest.mark.urls(__name__)
def test_page_that_breaks_gives_back_every_word_but_secrets(client):
    client.raise_request_exception = False
    sent = {"text": "What took me an hour to write, in full.", "password1": "a long enough secret"}
    answer = client.post(reverse("broken", args=["x"]) + "?words=x", sent)
    assert answer.status_code == 500
    assert sent["text"] in answer.text
    assert sent["password1"] not in answer.text


def test_line_of_any_part_of_the_program_is_one_object(kept):
    logging.getLogger("somewhere").error("a difference of %s", 3)
    if kept.lines[-1].startswith("{"):
        assert json.loads(kept.lines[-1])["event"] == "a difference of 3"
    assert "a difference of 3" in kept.lines[-1]
