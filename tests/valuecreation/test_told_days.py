"""The day a story was told can be stated, by form and API, and may lie long ago."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.consent import Attribution
from valuecreation.models import Moment, Story
from valuecreation.summaries import tallies

pytestmark = pytest.mark.django_db
TOLD = dt.date(2019, 3, 9)
TYPED = {
    "cycle": "applied", "text": "We tried it.", "status": "actual", "on": "2019-02-01",
    "polarity": "positive", "then": "add",
}  # fmt: skip


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana"), Role.PARTICIPANT)


def about(story, **fields):
    """What the form around a story sends."""
    return {
        "title": story.title, "kind": "specific", "told_strength": "asserted", "then": "share",
        "revision": Story.objects.get(pk=story.pk).revision, **fields,
    }  # fmt: skip


def edit(client, story, **fields):
    address = reverse("valuecreation:edit_story", args=[story.space.slug, story.public_id])
    answer = client.post(address, about(story, **fields))
    story.refresh_from_db()
    return answer


def test_story_is_told_on_the_day_that_is_stated(ana, signed_in):
    address = reverse("valuecreation:tell_story", args=[ana.space.slug])
    client = signed_in(ana.person)
    assert 'name="told_on"' in client.get(address).text
    client.post(address, TYPED | {"told_on": "2019-03-09"})
    told = Story.objects.get()

    assert told.told_on == told.listed_on == told.steps.get().moment.told_on == TOLD


def test_story_whose_day_nobody_states_is_told_today(ana, signed_in):
    address = reverse("valuecreation:tell_story", args=[ana.space.slug])
    signed_in(ana.person).post(address, TYPED)
    assert Story.objects.get().told_on == ana.space.today


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2199-01-01", "lies ahead"),
        ("1822-01-01", "cannot be right"),
        ("2019-01-31", "happened on 1 February 2019, after that"),
    ],
)
def test_day_that_cannot_be_is_refused_beside_its_field_and_every_word_stays(
    ana, signed_in, day, said
):
    address = reverse("valuecreation:tell_story", args=[ana.space.slug])
    page = signed_in(ana.person).post(address, TYPED | {"told_on": day})

    assert said in " ".join(page.context["form"].errors["told_on"])
    assert "We tried it." in page.text
    assert not Story.objects.exists()


def test_api_takes_the_day_a_story_was_told(ana, signed_in):
    client, address = signed_in(ana.person), reverse("api:stories", args=[ana.space.slug])
    moment = {key: TYPED[key] for key in ("cycle", "text", "status", "polarity")}
    wish = {"told_on": "2019-03-09", "moments": [moment | {"occurred_on": "2019-02-01"}]}
    answer = client.post(address, wish, content_type="application/json")
    assert (answer.status_code, answer.json()["told_on"]) == (201, "2019-03-09")

    ahead = client.post(address, wish | {"told_on": "2199-01-01"}, content_type="application/json")
    assert (ahead.status_code, list(ahead.json())) == (400, ["told_on"])


def test_teller_moves_the_day_and_totals_and_lists_follow(ana, signed_in):
    told = make.story(in_space=ana.space, teller=ana, shared=True)
    Moment.objects.in_story(told).update(occurred_on=TOLD)
    tallies.recount(ana.space)
    client = signed_in(ana.person)
    edit(client, told, told_on="2019-03-09")

    assert told.told_on == told.listed_on == told.steps.get().moment.told_on == TOLD
    assert tallies.read(ana.space, "space", ana.space.today, season="2019-H1").stories == 1
    assert tallies.read(ana.space, "space", ana.space.today, season="2025-H1").stories == 0
    edit(client, told, told_on="")
    assert told.told_on == TOLD


def test_day_of_a_nameless_teller_is_listed_by_its_quarter(ana):
    told = make.story(in_space=ana.space, teller=ana, shared=True)
    Moment.objects.in_story(told).update(occurred_on=TOLD)
    make.consent(told, "space", attribution=Attribution.ANONYMOUS)
    actions.change_story(told, by=ana, seen=0, fields={"told_on": TOLD})
    told.refresh_from_db()
    assert (told.told_on, told.listed_on) == (TOLD, dt.date(2019, 1, 1))


def test_story_is_not_told_before_what_it_tells_of(ana, signed_in):
    told = make.story(in_space=ana.space, teller=ana)  # of 1 May 2025, told on 1 June
    page = edit(signed_in(ana.person), told, told_on="2025-04-30")
    assert "happened on 1 May 2025" in " ".join(page.context["form"].errors["told_on"])
    assert told.told_on == dt.date(2025, 6, 1)


def test_what_was_added_later_stays_told_later_and_is_no_bound(ana):
    told = make.story(in_space=ana.space, teller=ana)
    later = actions.add_moment(
        told,
        by=ana,
        fields={
            "cycle": "realized", "text": "Since then.", "status": "actual",
            "polarity": "positive", "occurred_on": ana.space.today, "location": "in_practice",
        },
    )  # fmt: skip
    told.refresh_from_db()
    actions.change_story(told, by=ana, seen=told.revision, fields={"told_on": dt.date(2025, 5, 2)})
    later.refresh_from_db()
    assert later.told_on == ana.space.today


def test_told_day_keeps_to_the_follow_up_and_to_the_frame_it_was_told_under(ana):
    told = make.story(
        in_space=ana.space, teller=ana, framing_number=1, followed_up_on=dt.date(2025, 7, 1)
    )
    for day in (dt.date(2025, 5, 2), dt.date(2025, 7, 2)):
        with pytest.raises(ValidationError):
            actions.change_story(told, by=ana, seen=0, fields={"told_on": day})
    assert Story.objects.get().told_on == dt.date(2025, 6, 1)
