"""Pages on which stories are told and corrected."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.cycles import Cycle
from valuecreation.models import Flow, Moment, Story, StoryState

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
    } | changed


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT, practice="nurse")


@pytest.fixture
def client(ana):
    browser = Client()
    browser.force_login(ana.person)
    return browser


# --- composer -----------------------------------------------------------------------------------


def test_composer_asks_for_cycle_words_day_and_how_it_turned_out(space, client):
    page = client.get(url("tell_story", space.slug)).text
    assert page.count('type="radio" name="cycle"') == len(Cycle) + 2  # not sure; none of these
    for name in ("text", "on", "status", "polarity"):
        assert f'name="{name}"' in page
    assert "It made things worse" in page
    assert "until you say otherwise" in page


def test_how_it_turned_out_is_the_tellers_to_say(space, client):
    page = client.get(url("tell_story", space.slug)).text
    assert not re.search(r'<input[^>]*name="polarity"[^>]*checked', page)

    client.post(url("tell_story", space.slug), typed(polarity=""))
    assert Story.objects.get().steps.get().moment.polarity == "open"


def test_first_moment_is_kept_at_once_and_what_came_next_can_be_added(space, client, ana):
    answer = client.post(url("tell_story", space.slug), typed())
    story = Story.objects.get()

    assert answer.url == url("kept", space.slug, story.public_id)
    assert (story.state, story.teller) == (StoryState.WITH_TELLER, ana)
    page = client.get(url("and_then", space.slug, story.public_id)).text
    assert "After “We tried it.”" in page
    assert "What came next?" in page
    assert re.search(r"A difference it made</b><span>Realized value · Often comes next", page)


def test_next_moment_grows_from_the_one_before(space, client):
    client.post(url("tell_story", space.slug), typed())
    first = Moment.objects.get()
    more = typed(cycle="realized", text="It healed.", on="2025-06-01", follows=first.public_id)
    client.post(url("and_then", space.slug, Story.objects.get().public_id), more)

    flow = Flow.objects.get()
    assert (flow.source, flow.target.text) == (first, "It healed.")


def test_hope_is_kept_as_a_moment_that_the_first_is_hoped_to_lead_to(space, client):
    hope = {"hope": "A card in every bag.", "hope_on": "2026-09-08"}
    client.post(url("tell_story", space.slug), typed(**hope))
    first, hoped = (step.moment for step in Story.objects.get().steps.all())
    assert (hoped.status, hoped.cycle, hoped.due_on) == ("hoped", "none", dt.date(2026, 9, 8))
    assert (Flow.objects.get().source, Flow.objects.get().status) == (first, "awaited")

    client.post(url("and_then", space.slug, Story.objects.get().public_id), typed(hope="More."))
    assert Moment.objects.hoped().count() == 2


def test_hope_added_to_a_shared_story_stays_with_its_teller(space, client, ana):
    story = make.story(in_space=space, teller=ana, shared=True)
    more = typed(cycle="realized", then="keep", hope="A card in every bag.")
    client.post(url("and_then", space.slug, story.public_id), more)
    assert story.steps.count() == 2
    assert Moment.objects.hoped().get().beside == story


def test_where_it_came_from_is_one_tap_and_nothing_is_chosen(space, client, ana):
    took = make.story(in_space=space, teller=ana, cycles=["potential"]).steps.get().moment
    page = client.get(url("tell_story", space.slug)).text
    assert f'name="came" id="id_came_0" value="{took.public_id}">' in page
    asked = client.get(url("tell_story", space.slug), {"from": took.public_id}).text
    assert f'name="came" id="id_came_0" value="{took.public_id}" checked>' in asked

    client.post(url("tell_story", space.slug), typed(came=took.public_id))
    assert Flow.objects.get().source == took
    none = typed(text="Else.", came="nothing", follows=took.public_id)
    client.post(url("tell_story", space.slug), none)
    assert Flow.objects.count() == 1


def test_moment_is_put_before_another_and_the_chain_is_kept(space, client, ana):
    story = make.story(in_space=space, teller=ana, cycles=["potential", "realized"])
    first, last = (step.moment for step in story.steps.all())
    Moment.objects.update(occurred_on=dt.date(2025, 5, 1))
    make.flow(first, last)
    address = url("and_then", space.slug, story.public_id)
    form = client.get(address, {"before": last.public_id}).context["form"]
    asked = {name: form[name].value() for name in ("before", "follows", "on")}
    assert asked == {
        "before": last.public_id, "follows": first.public_id, "on": dt.date(2025, 5, 1),
    }  # fmt: skip

    client.post(address, typed(text="In between.", **asked))
    between = Moment.objects.get(text="In between.")
    assert [step.moment for step in story.steps.all()] == [first, between, last]
    ways = {(flow.source, flow.target) for flow in Flow.objects.all()}
    assert ways == {(first, between), (between, last)}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("We tried it. It took an hour.", "We tried it"),
        ("I was changing a dressing for a woman in Larch Close, and her other foot was cold.",
         "I was changing a dressing for a woman in Larch Close"),
        ("No sign of an end " * 20, "Something I tried"),
        ("試してみた。うまくいった。", "試してみた。"),
    ],
)  # fmt: skip
def test_title_is_proposed_and_never_cut_off(space, client, text, title):
    client.post(url("tell_story", space.slug), typed(text=text))
    assert Story.objects.get().title == title


def test_what_is_folded_shows_its_value(space, client):
    page = client.get(url("tell_story", space.slug)).text
    shown = dict(re.findall(r"<b>([^<]+)</b> <span data-shown[^>]*>([^<]*)</span>", page))
    assert shown["When and where"] == "Today"
    assert shown["Whose story it is"] == "Mine"
    faulty = typed(text="", on="2025-05-01", location="in_practice", did_not_work="The form.")
    page = client.post(url("tell_story", space.slug), faulty).text
    shown = dict(re.findall(r"<b>([^<]+)</b> <span data-shown[^>]*>([^<]*)</span>", page))
    assert shown["When and where"] == "1 May 2025, In practice"
    assert shown["What else helped, what did not work"] == "The form."


def test_form_sent_twice_is_stored_once(space, client):
    form = typed(once="abc")
    first = client.post(url("tell_story", space.slug), form)
    second = client.post(url("tell_story", space.slug), form)
    assert Story.objects.count() == 1
    assert first.url == second.url


def test_words_stay_on_a_form_with_a_fault(space, client):
    answer = client.post(url("tell_story", space.slug), typed(on="2999-01-01"))
    assert answer.status_code == 200
    assert "We tried it." in answer.text
    assert "This day lies ahead" in answer.text
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": ""}, "Write a few words first."),
        ({"text": "\x07\u200b"}, "Write a few words first."),
        ({"text": "x" * 20_001}, "20000"),
        ({"cycle": "reframing"}, "valid choice"),
        ({"on": "31/31/2025"}, "This is not a day"),
        ({"agent": "999999"}, "not found among this space"),
        ({"follows": "999999"}, "not found among this space"),
        ({"for_word": "P04"}, "Use letters only"),
        ({"location": "other_space"}, "Name the other space"),
        ({"title": "x" * 201}, "200"),
        ({"came": "999999"}, "not found among this space"),
        ({"hope": "More.", "hope_on": "0001-01-01"}, "This year cannot be right"),
    ],
)
def test_every_fault_is_said_in_words(space, client, changed, said):
    answer = client.post(url("tell_story", space.slug), typed(**changed))
    assert said in answer.text
    assert not Story.objects.exists()


def test_moment_of_another_space_is_not_found(space, client, ana):
    elsewhere = make.story(shared=True).steps.get().moment
    answer = client.post(url("tell_story", space.slug), typed(follows=elsewhere.public_id))
    assert "not found among this space" in answer.text
    assert not Story.objects.in_space(space).exists()


def test_html_and_formulas_are_shown_as_typed(space, client):
    words = "=1+1 <script>alert(1)</script> \u202eabc"
    client.post(url("tell_story", space.slug), typed(text=words))
    page = client.get(url("story", space.slug, Story.objects.get().public_id)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_hope_typed_without_a_day_gets_one(space, client):
    client.post(url("tell_story", space.slug), typed(status="hoped", on=""))
    assert Moment.objects.get().due_on > space.today


def test_day_left_empty_is_today(space, client):
    client.post(url("tell_story", space.slug), typed(on=""))
    assert Moment.objects.get().occurred_on == space.today


def test_place_left_open_is_where_its_kind_usually_happens(space, client):
    client.post(url("tell_story", space.slug), typed(cycle="realized"))
    story = Story.objects.get()
    back = {"cycle": "potential", "text": "We told the group.", "follows": "", "location": ""}
    first = story.steps.get().moment
    client.post(
        url("and_then", space.slug, story.public_id), typed(**back | {"follows": first.public_id})
    )
    told = story.steps.last().moment
    assert (first.location, told.location) == ("in_practice", "in_space")
    assert Flow.objects.get().kind == "return"


def test_place_that_was_said_is_kept(space, client):
    client.post(url("tell_story", space.slug), typed(cycle="immediate", location="in_practice"))
    assert Moment.objects.get().location == "in_practice"


def test_another_space_named_for_the_first_time_becomes_a_link(space, client):
    there = typed(location="other_space", other_space_name="Night shift leads")
    client.post(url("tell_story", space.slug), there)
    assert Moment.objects.get().other_space.name == "Night shift leads"
    client.post(url("tell_story", space.slug), there)
    assert space.links.count() == 1


def test_everything_under_more_is_stored(space, client):
    other = make.membership(space, make.person("Priya Raman"))
    more = typed(agent=other.pk, for_word="Patients", precision="month", subtype="tool")
    client.post(url("tell_story", space.slug), more | {"title": "The grid"})
    moment = Moment.objects.get()
    assert (moment.agent, moment.for_word, moment.subtype) == (other, "patients", "tool")
    assert (moment.precision, moment.occurred_on) == ("month", dt.date(2025, 5, 1))
    assert Story.objects.get().title == "The grid"


def test_story_of_somebody_else_is_sent_to_them_from_the_page_that_says_it_is_kept(
    space, client, ana
):
    other = make.membership(space, make.person("Priya Raman"), Role.PARTICIPANT)
    answer = client.post(url("tell_story", space.slug), typed(teller=other.pk))
    story = Story.objects.get()
    assert (story.teller, story.collector, story.state) == (other, ana, StoryState.DRAFT)
    assert "Send it to Priya Raman to agree" in client.get(answer.url).text


def test_evaluator_writes_down_stories_but_tells_none(space, signed_in):
    client = signed_in(make.member(space, Role.EVALUATOR))
    answer = client.post(url("tell_story", space.slug), typed())
    assert answer.status_code == 200
    assert not Story.objects.exists()


def test_sponsor_tells_no_story(space, signed_in):
    client = signed_in(make.member(space, Role.SPONSOR))
    assert client.get(url("tell_story", space.slug)).status_code == 403


# --- correcting ---------------------------------------------------------------------------------


def test_conflicting_save_keeps_my_words_and_shows_theirs(space, client, ana):
    moment = make.story(in_space=space, teller=ana).steps.get().moment
    Moment.objects.update(revision=1, text="Saved meanwhile.")
    form = typed(text="What I typed.", revision="0")
    answer = client.post(url("edit_moment", space.slug, moment.public_id), form)

    assert answer.status_code == 200
    assert "What I typed." in answer.text
    assert "Saved meanwhile." in answer.text
    assert 'name="revision" value="1"' in answer.text
    again = client.post(url("edit_moment", space.slug, moment.public_id), form | {"revision": "1"})
    assert again.status_code == 302
    assert Moment.objects.get().text == "What I typed."


def test_conflicting_save_of_the_title_keeps_both(space, client, ana):
    story = make.story(in_space=space, teller=ana)
    Story.objects.update(revision=1, title="Theirs")
    form = {"title": "Mine", "kind": "specific", "told_strength": "asserted", "revision": "0"}
    answer = client.post(url("edit_story", space.slug, story.public_id), form)
    assert "Mine" in answer.text
    assert "Theirs" in answer.text
    assert client.post(answer.request["PATH_INFO"], form | {"revision": "1"}).status_code == 302
    assert Story.objects.get().title == "Mine"


def test_only_the_teller_corrects(space, signed_in):
    story = make.story(in_space=space, shared=True)
    client = signed_in(make.member(space, Role.CONVENER))
    moment = story.steps.get().moment
    assert client.get(url("edit_moment", space.slug, moment.public_id)).status_code == 403
    assert client.get(url("edit_story", space.slug, story.public_id)).status_code == 403
    assert client.get(url("and_then", space.slug, story.public_id)).status_code == 403


def test_overheard_moment_is_noted_and_adopted(space, client, ana):
    story = make.story(in_space=space, teller=ana)
    client.post(url("note_moment", space.slug), typed(text="Overheard."))
    noted = Moment.objects.get(text="Overheard.")
    client.post(url("adopt_moment", space.slug, noted.public_id), {"story": story.public_id})
    assert story.steps.filter(moment=noted).exists()


def test_moments_of_one_day_are_moved_by_a_post(space, client, ana):
    story = make.story(in_space=space, teller=ana, cycles=["applied", "realized"])
    second = story.steps.last().moment
    client.post(
        url("move_moment", space.slug, story.public_id, second.public_id), {"way": "earlier"}
    )
    assert story.steps.first().moment == second


def test_hope_is_confirmed_and_let_go_on_pages(space, client, ana):
    story = make.story(in_space=space, teller=ana, cycles=["applied", "realized"])
    first, hope = (step.moment for step in story.steps.all())
    Moment.objects.filter(pk=hope.pk).update(
        status="hoped", occurred_on=None, due_on=dt.date(2025, 7, 1)
    )
    make.flow(first, hope, status="awaited")
    client.post(url("let_go_hope", space.slug, hope.public_id), {"why": "The clinic moved."})
    assert Flow.objects.get().status == "abandoned"
    form = {"text": "It did after all.", "on": "2025-06-30", "precision": "day"}
    answer = client.post(
        url("confirm_hope", space.slug, hope.public_id), form | {"polarity": "mixed"}
    )
    assert answer.status_code == 302
    assert Moment.objects.get(pk=hope.pk).polarity == "mixed"


def test_noted_moment_can_be_let_go_by_whoever_noted_it(space, client, ana):
    noted = actions.note_moment(
        space,
        by=ana,
        fields={"cycle": "applied", "text": "Overheard.", "occurred_on": dt.date(2025, 5, 1)},
        shared=True,
    )
    other = Client()
    other.force_login(make.member(space))
    assert other.post(url("drop_moment", space.slug, noted.public_id)).status_code == 403
    client.post(url("drop_moment", space.slug, noted.public_id))
    assert not Moment.objects.exists()
