"""When something happened, as exactly as it is known: several days, after a day, or not at all."""

import datetime as dt
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from spaces.permissions import Role
from spaces.presentation.days import first_day, last_day, precision_of, text_words
from tests import make
from valuecreation import actions
from valuecreation.models import Moment, Story

pytestmark = pytest.mark.django_db
MAY = dt.date(2025, 5, 1)


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)


@pytest.fixture
def told(space, ana, signed_in):
    """A function that tells a moment by the form, and gives back the moment or the answer."""
    client = signed_in(ana.person)

    def tell(**typed):
        address = reverse("valuecreation:tell_story", args=[space.slug])
        form = {"text": "We tried it.", "status": "actual", "cycle": "applied"} | typed
        answer = client.post(address, form | {"polarity": "positive"})
        return Moment.objects.last() if answer.status_code == 302 else answer.text

    return tell


def exported(slug):
    out = io.StringIO()
    call_command("exportspace", slug, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def page_of(moment, client):
    story = moment.steps.get().story
    return client.get(reverse("valuecreation:story", args=[story.space.slug, story.public_id])).text


def test_several_days_have_a_first_and_a_last(told, client):
    moment = told(on="2025-05-01", until="2025-05-04", precision="days")
    assert (moment.occurred_on, moment.known_by) == (MAY, dt.date(2025, 5, 4))
    assert "1 to 4 May 2025" in page_of(moment, client)
    assert "The last day is before the first" in told(
        on="2025-05-01", until="2025-04-01", precision="days"
    )
    assert "The last of these days is not said" in told(on="2025-05-01", precision="days")
    assert "This day lies ahead" in told(on="2025-05-01", until="2199-01-01", precision="days")


def test_some_time_after_a_moment_takes_that_moments_day(told, client):
    first = told(on="2025-05-01", cycle="potential")
    later = told(came=first.public_id, precision="after", text="Later.")
    assert (later.occurred_on, later.known_by) == (MAY, later.told_on)
    assert "some time after 1 May 2025" in page_of(later, client)
    assert "Say after which day" in told(precision="after")


def test_what_has_no_date_had_happened_when_it_was_told(told, space, client):
    moment = told(precision="unknown", on="")
    assert (moment.occurred_on, moment.known_by) == (space.today, space.today)
    assert "day not known" in page_of(moment, client)


def test_order_asks_only_what_the_periods_allow(space, ana):
    def story(**days):
        fields = {"text": "It happened.", "cycle": "applied", "polarity": "positive"} | days
        return actions.tell_story(space, by=ana, moments=[fields]).steps.get().moment

    dated = story(occurred_on=MAY)
    undated = story(precision="unknown")
    after = story(precision="after", occurred_on=dt.date(2025, 6, 1))
    days = story(precision="days", occurred_on=dt.date(2025, 4, 29), occurred_until=MAY)
    for source, target in ((undated, dated), (dated, after), (dated, days)):
        actions.claim_flow(source=source, target=target, by=ana)
    with pytest.raises(ValidationError, match="before the moment it is said to come from"):
        actions.claim_flow(source=after, target=days, by=ana)
    with pytest.raises(ValidationError, match="go round"):
        actions.claim_flow(source=days, target=undated, by=ana)


def test_day_told_moves_what_has_no_date_along(space, ana):
    fields = {"text": "It happened.", "cycle": "applied", "precision": "unknown"}
    story = actions.tell_story(space, by=ana, moments=[fields])
    actions.change_story(story, by=ana, seen=story.revision, fields={"told_on": MAY})
    assert Moment.objects.get().occurred_on == MAY


@pytest.mark.parametrize(
    ("text", "words", "precision", "first", "last"),
    [
        ("2025-02-11/2025-02-14", "11 to 14 February 2025", "days", (2, 11), (2, 14)),
        ("2025-02-27/2025-03-02", "27 February 2025 to 2 March 2025", "days", (2, 27), (3, 2)),
        ("2025-02-11/..", "some time after 11 February 2025", "after", (2, 11), (2, 11)),
        ("../2025-02-11", "day not known", "unknown", (2, 11), (2, 11)),
    ],
)
def test_words_for_days(text, words, precision, first, last):
    assert (text_words(text), precision_of(text)) == (words, precision)
    assert (first_day(text), last_day(text)) == (dt.date(2025, *first), dt.date(2025, *last))


def test_nameless_teller_shows_the_quarter_alone(space, ana, signed_in):
    for days in (
        {"precision": "days", "occurred_on": MAY, "occurred_until": dt.date(2025, 5, 9)},
        {"precision": "after", "occurred_on": MAY},
        {"precision": "unknown"},
    ):
        fields = {"text": "It happened.", "cycle": "applied", "polarity": "positive"} | days
        story = actions.tell_story(space, by=ana, told_on=dt.date(2025, 5, 20), moments=[fields])
        actions.give_consent(story, by=ana, audience=["space"], attribution="anonymous")
    client = signed_in(make.member(space))
    for story in Story.objects.all():
        address = reverse("valuecreation:story", args=[space.slug, story.public_id])
        page = client.get(address).text
        assert "May 2025" not in page
    answer = client.get(reverse("api:moments", args=[space.slug])).json()
    assert {row["occurred_on"] for row in answer["results"]} == {"2025-04-01"}


def test_space_file_carries_loose_days_there_and_back(space, ana, tmp_path):
    for days in (
        {"precision": "days", "occurred_on": MAY, "occurred_until": dt.date(2025, 5, 9)},
        {"precision": "after", "occurred_on": MAY},
        {"precision": "unknown"},
    ):
        fields = {"text": "It happened.", "cycle": "applied", "polarity": "positive"} | days
        story = actions.tell_story(space, by=ana, told_on=dt.date(2025, 5, 20), moments=[fields])
        actions.give_consent(story, by=ana, audience=["space"], attribution="named")
    Moment.objects.filter(precision="unknown").update(occurred_on=dt.date(2025, 5, 25))
    written = exported(space.slug)
    assert "date_until: 2025-05-09" in written
    again = written.replace(f"slug: {space.slug}", "slug: again")
    (tmp_path / "again.yaml").write_text(again)
    call_command("importspace", str(tmp_path / "again.yaml"))
    assert exported("again") == again
