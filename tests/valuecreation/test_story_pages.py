"""The page of a story and the list of stories, as each reader may read them."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.actions.versions import add_act
from valuecreation.cycles import Cycle
from valuecreation.models import Attribution, Moment, StoryState

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"valuecreation:{name}", args=args)


def typed(**changed):
    return {
        "cycle": "applied",
        "text": "We tried it.",
        "status": "actual",
        "on": "2025-05-01",
        "polarity": "positive",
        "then": "add",
    } | changed


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT, practice="nurse")


@pytest.fixture
def client(ana):
    browser = Client()
    browser.force_login(ana.person)
    return browser


# --- story page ---------------------------------------------------------------------------------


def test_story_says_in_words_what_made_things_worse_and_what_is_hoped(space, ana, client):
    story = make.story(in_space=space, teller=ana, shared=True, cycles=["applied", "realized"])
    Moment.objects.filter(ref="S1.1").update(polarity="negative")
    Moment.objects.filter(ref="S1.2").update(
        status="hoped", occurred_on=None, due_on=dt.date(2025, 7, 1)
    )
    page = client.get(url("story", space.slug, story.public_id)).text
    assert "It made things worse" in page
    assert "its day has passed, waiting to hear" in page
    assert 'class="waiting"' in page


def test_story_says_only_of_readable_stories_where_it_went_on(space, ana, client):
    story = make.story(in_space=space, teller=ana, shared=True)
    told, hidden = make.story(in_space=space, shared=True), make.story(in_space=space)
    here = story.steps.get().moment
    make.flow(here, told.steps.get().moment)
    make.flow(here, hidden.steps.get().moment)
    page = client.get(url("story", space.slug, story.public_id)).text
    assert told.title in page
    assert hidden.title not in page


@pytest.mark.parametrize("role", list(Role))
def test_story_that_is_not_shared_is_not_there(space, signed_in, role):
    hidden, told = make.story(in_space=space), make.story(in_space=space)
    told.state = StoryState.APPROVED
    told.save()
    make.consent(told, "organisation")
    client = signed_in(make.member(space, role))
    assert client.get(url("story", space.slug, hidden.public_id)).status_code == 404
    assert client.get(url("story", space.slug, told.public_id)).status_code == 200


def reader_of(space):
    return make.membership(space, make.person(), Role.PARTICIPANT)


def nameless(space, how, audience="space"):
    callum = make.membership(space, make.person("Callum Reid"), Role.PARTICIPANT, practice="nurse")
    story = make.story(
        in_space=space, teller=callum, title="Told off", told_on=dt.date(2025, 6, 20)
    )
    story.state = StoryState.APPROVED
    story.save()
    Moment.objects.filter(steps__story=story).update(
        text="Callum, they said, take it off.", occurred_on=dt.date(2025, 4, 28)
    )
    make.consent(story, audience, attribution=how)
    return story


@pytest.mark.parametrize("how", [Attribution.PSEUDONYM, Attribution.ANONYMOUS])
@pytest.mark.parametrize("role", [Role.CONVENER, Role.FACILITATOR, Role.EVALUATOR])
def test_nameless_teller_is_not_named_inside_the_space_either(space, signed_in, role, how):
    story = nameless(space, how)
    client = signed_in(make.member(space, role))
    page = client.get(url("story", space.slug, story.public_id)).text
    listed = client.get(url("story_list", space.slug), {"state": "approved"}).text

    assert "Told off" in page
    assert "April–June 2025" in page
    for leak in ("Callum", "28 April", "20 June", "in practice"):
        assert leak not in page
    _head, _form, rows = listed.partition('id="stories"')
    assert "Told off" in rows
    assert "Callum" not in rows
    assert "2025-06-20" not in rows


def test_list_cannot_be_searched_for_a_teller_who_is_not_named(space, client, ana):
    story = nameless(space, Attribution.ANONYMOUS)
    make.story(in_space=space, teller=ana, shared=True, title="Mine")
    make.searchable(space)
    by_name = client.get(url("story_list", space.slug), {"words": "Callum"})
    by_teller = client.get(url("story_list", space.slug), {"teller": story.teller.ref})
    assert [told.title for told in by_name.context["stories"]] == []
    assert [told.title for told in by_teller.context["stories"]] == []


def test_sponsor_reads_names_only_of_tellers_who_chose_it(space, signed_in, ana):
    story = make.story(in_space=space, teller=ana, shared=True)
    make.membership(space, make.person("Priya Raman"), practice="vascular nurse")
    Moment.objects.update(text="Priya showed me.")
    make.consent(story, "organisation")
    client = signed_in(make.member(space, Role.SPONSOR))
    page = client.get(url("story", space.slug, story.public_id)).text
    assert "Ana Costa" in page
    assert "A vascular nurse showed me." in page
    assert "Priya" not in page


def test_sponsor_reads_nothing_private_to_the_space(space, signed_in, ana):
    story = make.story(
        in_space=space, teller=ana, shared=True, other_factors="Rota.", other_factors_private=True
    )
    actions.take_up(story.steps.get().moment, by=reader_of(space), label="Hear, hear.")
    make.consent(story, "organisation", note="Only for Denise.")
    inside = signed_in(make.member(space)).get(url("story", space.slug, story.public_id)).text
    outside = signed_in(make.member(space, Role.SPONSOR))
    page = outside.get(url("story", space.slug, story.public_id)).text
    for words in ("Rota.", "Hear, hear."):
        assert words in inside
        assert words not in page
    assert "Only for Denise." not in inside + page


def test_sponsor_reads_that_something_stands_in_the_way_and_no_note_of_it(space, signed_in, ana):
    story = make.story(in_space=space, teller=ana, shared=True)
    make.consent(story, "organisation")
    blocked = {"status": "blocked", "reason": "no_time", "note": "The ward sister said no."}
    make.flow(story.steps.get().moment, None, **blocked)
    address = url("story", space.slug, story.public_id)

    assert blocked["note"] in signed_in(make.member(space)).get(address).text
    outside = signed_in(make.member(space, Role.SPONSOR)).get(address).text
    assert "no time" in outside
    assert blocked["note"] not in outside


@pytest.mark.parametrize("moments", [1, 3])
def test_story_costs_the_same_for_one_moment_and_for_three(
    moments, space, ana, client, django_assert_num_queries
):
    cycles = [Cycle.APPLIED] * moments
    story = make.story(in_space=space, teller=ana, shared=True, cycles=cycles)
    for step in story.steps.all():
        other = make.story(in_space=space, shared=True)
        make.flow(step.moment, other.steps.get().moment)
    with django_assert_num_queries(17):  # one of them for what others say to it
        client.get(url("story", space.slug, story.public_id))


# --- list ---------------------------------------------------------------------------------------


def titles(client, space, **query):
    answer = client.get(url("story_list", space.slug), query)
    return [told.title for told in answer.context["stories"]]


def test_list_and_other_stories_lead_to_a_story_at_its_address(space, client, ana):
    one, two = (make.story(in_space=space, teller=ana, shared=True) for _ in range(2))
    make.flow(one.steps.get().moment, two.steps.get().moment)

    for page in (url("story_list", space.slug), url("story", space.slug, one.public_id)):
        assert f'href="{url("story", space.slug, two.public_id)}"' in client.get(page).text


@pytest.mark.parametrize("stories", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(
    stories, space, client, django_assert_num_queries
):
    for _ in range(stories):
        make.story(in_space=space, shared=True)
    with django_assert_num_queries(9):
        client.get(url("story_list", space.slug))


def test_list_is_narrowed_by_cycle_polarity_season_teller_and_words(space, client, ana):
    one = make.story(in_space=space, teller=ana, shared=True, title="One", cycles=["applied"])
    make.story(
        in_space=space, shared=True, title="Two", cycles=["strategic"], told_on=dt.date(2025, 9, 1)
    )
    Moment.objects.filter(steps__story=one).update(polarity="negative", text="A loud silence.")
    make.searchable(space)

    assert titles(client, space) == ["Two", "One"]
    assert titles(client, space, cycle="applied") == ["One"]
    assert titles(client, space, polarity="negative") == ["One"]
    assert titles(client, space, season="2025-H2") == ["Two"]
    assert titles(client, space, teller=ana.ref) == ["One"]
    assert titles(client, space, words="silence") == ["One"]
    assert titles(client, space, cycle="nonsense") == ["Two", "One"]


def test_only_my_own_drafts_are_listed(space, client, ana):
    make.story(in_space=space, teller=ana, title="Mine")
    make.story(in_space=space, title="Theirs")
    assert titles(client, space, state="draft") == ["Mine"]


def test_list_pages_both_ways_without_losing_or_doubling_a_story(space, client):
    same_day = dt.date(2025, 6, 1)
    for number in range(45):
        day = same_day if number < 30 else dt.date(2025, 7, 1)
        make.story(in_space=space, shared=True, title=f"T{number}", told_on=day)

    first = client.get(url("story_list", space.slug))
    second = client.get(url("story_list", space.slug) + first.context["older"])
    third = client.get(url("story_list", space.slug) + second.context["older"])
    seen = [told.title for page in (first, second, third) for told in page.context["stories"]]
    back = client.get(url("story_list", space.slug) + third.context["newer"])

    assert len(seen) == len(set(seen)) == 45
    assert third.context["older"] == ""
    assert [t.title for t in back.context["stories"]] == [
        t.title for t in second.context["stories"]
    ]


def test_neighbours_in_the_list_narrow_no_nameless_day_below_the_quarter(space, client):
    for day in (10, 20):
        make.story(in_space=space, shared=True, title=f"May {day}", told_on=dt.date(2025, 5, day))
    hidden = make.story(in_space=space, shared=True, title="Hidden", told_on=dt.date(2025, 5, 15))
    make.story(in_space=space, shared=True, title="March", told_on=dt.date(2025, 3, 31))
    assert titles(client, space) == ["May 20", "Hidden", "May 10", "March"]

    make.consent(hidden, "space", attribution=Attribution.PSEUDONYM)
    assert titles(client, space) == ["May 20", "May 10", "Hidden", "March"]

    terms = {"attribution": Attribution.NAMED, "uses": ["learning"], "to_space": True}
    hidden.refresh_from_db()
    add_act(hidden, by=hidden.teller, version=None, **terms)
    assert titles(client, space) == ["May 20", "Hidden", "May 10", "March"]


def test_htmx_gets_the_list_alone(space, client):
    make.story(in_space=space, shared=True)
    part = client.get(url("story_list", space.slug), headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="stories"')


def test_empty_list_teaches(space, client):
    page = client.get(url("story_list", space.slug)).text
    assert "One moment is already a story" in page
    assert url("tell_story", space.slug) in page


def test_readers_answer_a_story_with_acts(space, ana, client):
    story = make.story(in_space=space, teller=ana, shared=True, cycles=["applied", "immediate"])
    first, back = (step.moment for step in story.steps.all())
    Moment.objects.filter(pk=first.pk).update(location="in_practice")
    make.flow(first, back, kind="return", status="happened")
    page = url("story", space.slug, story.public_id)
    tried = f"{url('tell_story', space.slug)}?from={back.public_id}"
    taken_up = url("take_up", space.slug, back.public_id)
    assert "I tried this too" not in client.get(page).text
    client.force_login(make.member(space))
    shown = client.get(page).text.partition('id="and-you"')[2]
    assert tried in shown
    assert taken_up in shown
    make.consent(story, "space", attribution="anonymous")
    shown = client.get(page).text.partition('id="and-you"')[2]
    assert url("ask_what_happened", space.slug, back.public_id) in shown
    assert tried not in shown
    assert taken_up not in shown
