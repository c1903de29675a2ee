"""An address asked for in a way it does not answer to says so on a page of the site."""

import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db


def test_address_of_a_button_opened_by_itself_says_so(signed_in, space):
    story = make.story(in_space=space, shared=True)
    where = reverse("valuecreation:retire_story", args=[space.slug, story.public_id])
    answer = signed_in(make.member(space)).get(where)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "This page does not open by itself" in answer.text
    assert "To the first page" in answer.text


def test_words_sent_to_a_page_that_takes_no_form_are_shown(signed_in, space):
    where = reverse("valuecreation:story_list", args=[space.slug])
    answer = signed_in(make.member(space)).post(where, {"text": "Every word of mine."})
    assert answer.status_code == 405
    assert "Every word of mine." in answer.text


def test_program_is_answered_as_programs_are(signed_in, space):
    answer = signed_in(make.member(space)).delete(reverse("api:stories", args=[space.slug]))
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/json"
