"""Composite vignettes: the strictest consent holds, and the first story that ends ends them."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.models import Vignette

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories(space):
    """Three people's stories, read by the space and by the organisation."""
    told = [make.story(in_space=space, shared=True) for _each in range(3)]
    for story in told:
        make.consent(story, "organisation")
    return told


@pytest.fixture
def writer(space):
    return make.membership(space, make.person("Tomasz Dudek"), Role.FACILITATOR)


def url(name, space, *args):
    return reverse(f"valuecreation:{name}", args=[space.slug, *args])


def write(client, space, stories, **words):
    form = {"title": "The grid", "text": "In three wards a grid was drawn."} | words
    form["stories"] = [story.public_id for story in stories]
    return client.post(url("write_vignette", space), form)


def test_it_is_labelled_and_goes_where_every_story_goes(signed_in, space, stories, writer):
    client = signed_in(writer.person)
    assert write(client, space, stories).status_code == 302
    sponsor = make.member(space, Role.SPONSOR)
    for person in (make.member(space), sponsor):
        client.force_login(person)
        page = client.get(url("vignettes", space)).text
        assert "In three wards a grid was drawn." in page
        assert "Composite, drawn from 3 stories." in page
    make.consent(stories[1], "space")
    assert "a grid was drawn" not in client.get(url("vignettes", space)).text
    client.force_login(make.member(space))
    assert "a grid was drawn" in client.get(url("vignettes", space)).text


@pytest.mark.parametrize("how", ["withdrawn", "kept to oneself", "lapsed", "taken out"])
def test_it_ends_with_the_first_story_that_ends(signed_in, space, stories, writer, how):
    client = signed_in(writer.person)
    write(client, space, stories)
    story = stories[0]
    if how == "withdrawn":
        actions.withdraw_story(story, by=story.teller)
    elif how == "kept to oneself":
        actions.keep_to_oneself(story, by=story.teller)
    elif how == "lapsed":
        make.consent(story, "organisation", expires_on="2025-07-01")
    else:
        client.force_login(story.teller.person)
        page = client.get(url("story", space, story.public_id)).text
        assert "Drawn on for a composite" in page
        source = story.vignette_sources.get()
        client.post(url("take_out_of_vignette", space, story.public_id, source.pk))
    client.force_login(make.member(space))
    assert "a grid was drawn" not in client.get(url("vignettes", space)).text
    client.force_login(writer.person)
    assert "It has ended" in client.get(url("vignettes", space)).text


def test_it_needs_three_people_and_names_nobody(signed_in, space, stories, writer):
    client = signed_in(writer.person)
    assert "three people or more" in write(client, space, stories[:2]).text
    refused = write(client, space, stories, text="Then Tomasz drew it.")
    assert "Take out: Tomasz" in refused.text
    assert "Then Tomasz drew it." in refused.text
    assert not Vignette.objects.exists()
    mine = make.story(in_space=space)
    with pytest.raises(ValidationError):
        drawn = [mine, *stories]
        actions.write_vignette(by=writer, title="A", text="B", stories=drawn)


def test_erasing_a_story_leaves_no_composite_of_it(signed_in, space, stories, writer):
    write(signed_in(writer.person), space, stories)
    actions.erase_story(stories[0], by=stories[0].teller)
    assert not Vignette.objects.exists()
