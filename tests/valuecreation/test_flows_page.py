import datetime as dt
import itertools
import re

import pytest
from django.test import Client
from django.urls import reverse

from spaces.models import SpaceLink
from spaces.permissions import Role
from tests import make
from valuecreation.cycles import Cycle, Location, MomentStatus
from valuecreation.loops import keeping as readings
from valuecreation.models import Attribution, FlowKind, FlowStatus, Moment, StoryState, Uptake
from valuecreation.presentation.lists import FlowList
from valuecreation.summaries import tallies

pytestmark = pytest.mark.django_db


def told(space, *cycles, audience="space", days_ago=30, teller=None, **consent):
    """A story whose moments each flow into the next, shared with an audience."""
    story = make.story(in_space=space, cycles=cycles, teller=teller, state=StoryState.APPROVED)
    make.consent(story, audience, **consent)
    day = space.today - dt.timedelta(days=days_ago)
    Moment.objects.in_story(story).update(occurred_on=day)
    moments = list(Moment.objects.in_story(story).order_by("pk"))
    for source, target in itertools.pairwise(moments):
        make.flow(source, target)
    return moments


def counted(space):
    tallies.recount(space)
    readings.read_due(space)
    return space


def page(person, space, name="flows", *args, **query):
    client = Client()
    client.force_login(person)
    return client.get(reverse(f"valuecreation:{name}", args=[space.slug, *args]), query)


def test_flows_page_shows_picture_table_and_sentence(space):
    told(space, Cycle.POTENTIAL, Cycle.APPLIED, Cycle.REALIZED)
    html = page(make.member(counted(space)), space).text

    assert "3 moments in 1 story." in html
    assert "<svg" in html
    assert html.count('<tr data-cycle="') == 8


def test_empty_space_says_what_will_be_here_and_what_to_do_first(space):
    html = page(make.member(space), space).text

    assert "Tell the first story" in html
    assert reverse("valuecreation:tell_story", args=[space.slug]) in html


def test_quiet_moment_waits_to_be_heard_of_and_those_inside_can_ask(space):
    who = make.membership(space, make.person("Ana Rocha"), Role.PARTICIPANT)
    (idea,) = told(space, Cycle.POTENTIAL, days_ago=100, teller=who)
    counted(space)
    ask = reverse("valuecreation:ask_what_happened", args=[space.slug, idea.public_id])

    leader = page(make.member(space, Role.FACILITATOR), space).text
    assert "100 days without word" in leader
    assert "Ask Ana" in leader
    assert ask in leader
    for role, asks in ((Role.PARTICIPANT, True), (Role.SPONSOR, False)):
        other = page(make.member(space, role), space).text
        assert (ask in other) == asks
        assert "Note what you heard" not in other


def test_stalled_hope_and_other_space_are_listed_in_plain_words(space):
    asker = make.membership(space, name="Tomas Keller")
    link = SpaceLink.objects.create(space=space, slug="feet", name="The foot people")
    idea, other, source = (told(space, Cycle.POTENTIAL)[0] for _ in range(3))
    make.flow(
        idea,
        None,
        status=FlowStatus.BLOCKED,
        stalled=True,
        reason="no_equipment",
        asked_on=space.today,
        asked_by=asker,
    )
    yesterday = space.today - dt.timedelta(days=1)
    Moment.objects.among([other.pk]).update(
        status=MomentStatus.HOPED, occurred_on=None, due_on=yesterday
    )
    target = told(space, Cycle.APPLIED)[0]
    Moment.objects.among([target.pk]).update(location=Location.OTHER_SPACE, other_space=link)
    make.flow(source, target, kind=FlowKind.CROSS_SPACE)
    html = page(make.member(counted(space)), space).text

    assert "What stands in the way: no equipment." in html
    assert "Tomas Keller asked on" in html
    assert "Its day passed 1 day ago." in html
    assert "Into The foot people." in html
    for word in ("overdue", "failed"):
        assert word not in html.lower()


def loop(space, **audience):
    (tried,) = told(space, Cycle.APPLIED, **audience)
    (back,) = told(space, Cycle.IMMEDIATE)
    Moment.objects.among([back.pk]).update(location=Location.IN_SPACE)
    make.flow(tried, back, kind=FlowKind.RETURN)
    return tried, back


def test_returns_are_listed_as_taken_up_or_not(space):
    _, back = loop(space)
    loop(space)
    Uptake.objects.create(moment=back, label="On the agenda of May.")
    counted(space)
    reader = make.member(space)

    for which in ("open", "closed"):
        assert page(reader, space, "flow_list", which).text.count("<article") == 1


def test_lists_hide_from_a_sponsor_what_the_organisation_may_not_see(space):
    loop(space)
    counted(space)
    sponsor, insider = make.member(space, Role.SPONSOR), make.member(space)

    for which in FlowList.values:
        assert "What happened, number" not in page(sponsor, space, "flow_list", which).text
    assert "What happened, number" in page(insider, space, "flow_list", "open").text
    assert "No moment" in page(sponsor, space, "flow_svg").text


def quiet(space):
    return told(space, Cycle.POTENTIAL, days_ago=200)


def past_hope(space):
    (hope,) = told(space, Cycle.APPLIED)
    day = space.today - dt.timedelta(days=9)
    Moment.objects.among([hope.pk]).update(status=MomentStatus.HOPED, occurred_on=None, due_on=day)
    return [hope]


def taken_up(space):
    _, back = moments = loop(space)
    Uptake.objects.create(moment=back, label="On the agenda of May.")
    return moments


KEPT = [(quiet, "quiet"), (past_hope, "hopes"), (loop, "open"), (taken_up, "closed")]


@pytest.mark.parametrize(("kept", "which"), KEPT)
def test_what_the_worker_kept_is_shown_to_nobody_once_its_consent_is_gone(space, kept, which):
    moments = kept(space)
    reader = make.member(counted(space), Role.FACILITATOR)
    pages = [("flow_list", which), ("flows",)]
    for name, *args in pages:
        assert moments[0].text in page(reader, space, name, *args).text

    make.consent(moments[-1].steps.get().story)  # the worker has not come by since
    for name, *args in pages:
        html = page(reader, space, name, *args).text
        assert [moment.text for moment in moments if moment.text in html] == []


def test_overview_shows_nothing_quiet_once_its_consent_is_gone(space):
    (idea,) = quiet(space)
    reader = make.member(counted(space), Role.FACILITATOR)
    client = Client()
    client.force_login(reader)
    overview = reverse("space_overview", args=[space.slug])
    assert "200 days without word" in client.get(overview).text

    make.consent(idea.steps.get().story)
    assert idea.text not in client.get(overview).text
    assert "200 days without word" not in client.get(overview).text


def test_nobodys_day_or_name_is_given_away_for_a_nameless_teller(space):
    who = make.membership(space, make.person("Ana Rocha"), Role.PARTICIPANT)
    (idea,) = told(
        space, Cycle.POTENTIAL, days_ago=250, teller=who, attribution=Attribution.ANONYMOUS
    )
    html = page(make.member(counted(space), Role.FACILITATOR), space).text

    assert idea.text in html
    assert "Ana" not in html
    assert "250 days" not in html
    assert re.search(r"(January–March|April–June|July–September|October–December) 20\d\d", html)


def test_list_is_paged_by_key(space):
    for number in range(33):
        told(space, Cycle.POTENTIAL, days_ago=100 + number // 3)
    reader = make.member(counted(space))
    first = page(reader, space, "flow_list", "quiet")
    listing = first.context["told"]
    second = page(reader, space, "flow_list", "quiet", after=listing.older).context["told"]

    seen = [line.first.public_id for line in [*listing.lines, *second.lines]]
    assert len(seen) == len(set(seen)) == 33
    assert second.older == ""


def test_unknown_list_is_not_found_and_an_odd_key_is_the_first_page(space):
    reader = make.member(space)
    told(space, Cycle.POTENTIAL, days_ago=100)

    assert page(reader, space, "flow_list", "other").status_code == 404
    for key in ("x", ".", "23456789bcdf", "9" * 400, "2345678\x00bcdf"):
        assert page(reader, space, "flow_list", "quiet", after=key).status_code == 200


def test_lanes_show_one_season_and_its_neighbours(space):
    told(space, Cycle.POTENTIAL, Cycle.APPLIED, days_ago=0)
    reader = make.member(counted(space))

    html = page(reader, space, "lanes").text
    assert "2 moments" in html
    before = page(reader, space, "lanes", season="1999-H1").text
    assert "Nothing has been told of this season." in before
    for odd in ("2025", "x-H1", "2025-H3", "0000-H1", "9999-H2", "0001-H1"):
        assert page(reader, space, "lanes", season=odd).status_code == 200


def test_picture_is_kept_as_svg_and_png(space):
    told(space, Cycle.POTENTIAL, Cycle.APPLIED)
    reader = make.member(counted(space))

    assert page(reader, space, "flow_svg").content.startswith(b"<svg")
    assert page(reader, space, "flow_png").content.startswith(b"\x89PNG")


@pytest.mark.parametrize("stories", [1, 12])
def test_flows_page_costs_the_same_for_few_and_for_many(
    stories, space, django_assert_max_num_queries
):
    for _ in range(stories):
        told(space, Cycle.POTENTIAL, days_ago=200)
        loop(space)
    client = Client()
    client.force_login(make.member(counted(space), Role.FACILITATOR))

    with django_assert_max_num_queries(18):
        client.get(reverse("valuecreation:flows", args=[space.slug]))
