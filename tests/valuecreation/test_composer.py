"""Pages on which stories are told, read, listed and corrected."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.cycles import Cycle
from valuecreation.models import Attribution, Flow, Moment, Story, StoryState

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


# --- composer -----------------------------------------------------------------------------------


def test_composer_asks_for_cycle_words_day_and_how_it_turned_out(space, client):
    page = client.get(url("tell_story", space.slug)).text
    assert page.count('type="radio" name="cycle"') == len(Cycle)
    for name in ("text", "on", "status", "polarity"):
        assert f'name="{name}"' in page
    assert "It made things worse" in page
    assert "until you say otherwise" in page


def test_first_moment_is_stored_at_once_and_the_next_one_asked_for(space, client, ana):
    answer = client.post(url("tell_story", space.slug), typed())
    story = Story.objects.get()

    assert answer.url == url("and_then", space.slug, story.ref)
    assert (story.state, story.teller) == (StoryState.DRAFT, ana)
    page = client.get(answer.url).text
    assert "We tried it." in page
    assert "And then?" in page
    assert "What difference did it make?" in page


def test_next_moment_grows_from_the_one_before(space, client):
    client.post(url("tell_story", space.slug), typed())
    first = Moment.objects.get()
    more = typed(cycle="realized", text="It healed.", on="2025-06-01", follows=first.pk)
    client.post(url("and_then", space.slug, "S1"), more)

    flow = Flow.objects.get()
    assert (flow.source, flow.target.text) == (first, "It healed.")


def test_nothing_more_yet_ends_on_the_story(space, client):
    client.post(url("tell_story", space.slug), typed())
    answer = client.post(url("and_then", space.slug, "S1"), {"then": "finish", "text": ""})
    assert answer.url == url("story", space.slug, "S1")
    assert Story.objects.get().state == StoryState.WITH_TELLER


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
        ({"text": ""}, "required"),
        ({"text": "a\x07b"}, "cannot be stored"),
        ({"text": "x" * 20_001}, "20000"),
        ({"cycle": "reframing"}, "valid choice"),
        ({"on": "31/31/2025"}, "This is not a day"),
        ({"agent": "999999"}, "not found among this space"),
        ({"follows": "999999"}, "not found among this space"),
        ({"for_word": "P04"}, "Use letters only"),
        ({"location": "other_space"}, "Name the other space"),
        ({"title": "x" * 201}, "200"),
    ],
)
def test_every_fault_is_said_in_words(space, client, changed, said):
    answer = client.post(url("tell_story", space.slug), typed(**changed))
    assert said in answer.text
    assert not Story.objects.exists()


def test_moment_of_another_space_is_not_found(space, client, ana):
    elsewhere = make.story(shared=True).steps.get().moment
    answer = client.post(url("tell_story", space.slug), typed(follows=elsewhere.pk))
    assert "not found among this space" in answer.text
    assert not Story.objects.in_space(space).exists()


def test_html_and_formulas_are_shown_as_typed(space, client):
    words = "=1+1 <script>alert(1)</script> \u202eabc"
    client.post(url("tell_story", space.slug), typed(text=words))
    page = client.get(url("story", space.slug, "S1")).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_hope_typed_without_a_day_gets_one(space, client):
    client.post(url("tell_story", space.slug), typed(status="hoped", on=""))
    assert Moment.objects.get().due_on > space.today


def test_day_left_empty_is_today(space, client):
    client.post(url("tell_story", space.slug), typed(on=""))
    assert Moment.objects.get().occurred_on == space.today


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


def test_story_of_somebody_else_waits_for_them(space, client, ana):
    other = make.membership(space, make.person("Priya Raman"), Role.PARTICIPANT)
    client.post(url("tell_story", space.slug), typed(teller=other.pk, then="finish"))
    story = Story.objects.get()
    assert (story.teller, story.collector, story.state) == (other, ana, StoryState.WITH_TELLER)


def test_evaluator_writes_down_stories_but_tells_none(space, signed_in):
    client = signed_in(make.member(space, Role.EVALUATOR))
    answer = client.post(url("tell_story", space.slug), typed())
    assert answer.status_code == 200
    assert not Story.objects.exists()


def test_sponsor_tells_no_story(space, signed_in):
    client = signed_in(make.member(space, Role.SPONSOR))
    assert client.get(url("tell_story", space.slug)).status_code == 403


def test_question_of_the_chosen_cycle_is_a_part(space, client):
    part = client.get(url("ask_words", space.slug), {"cycle": "strategic"}).text
    assert "Who else was listening" in part
    assert "<html" not in part


# --- story page ---------------------------------------------------------------------------------


def test_story_says_in_words_what_made_things_worse_and_what_is_hoped(space, ana, client):
    story = make.story(in_space=space, teller=ana, shared=True, cycles=["applied", "realized"])
    Moment.objects.filter(ref="S1.1").update(polarity="negative")
    Moment.objects.filter(ref="S1.2").update(
        status="hoped", occurred_on=None, due_on=dt.date(2025, 7, 1)
    )
    page = client.get(url("story", space.slug, story.ref)).text
    assert "It made things worse" in page
    assert "its day has passed, waiting to hear" in page
    assert 'class="waiting"' in page


def test_analysts_reading_stands_beside_the_tellers(space, ana, client):
    story = make.story(in_space=space, teller=ana, shared=True, cycles=["transformative"])
    Moment.objects.update(analyst_cycle="enabling")
    page = client.get(url("story", space.slug, story.ref)).text
    assert "Transformative" in page
    assert "Read by the evaluator as Enabling" in page


def test_story_says_only_of_readable_stories_where_it_went_on(space, ana, client):
    story = make.story(in_space=space, teller=ana, shared=True)
    told, hidden = make.story(in_space=space, shared=True), make.story(in_space=space)
    here = story.steps.get().moment
    make.flow(here, told.steps.get().moment)
    make.flow(here, hidden.steps.get().moment)
    page = client.get(url("story", space.slug, story.ref)).text
    assert told.title in page
    assert hidden.title not in page


@pytest.mark.parametrize("role", list(Role))
def test_story_that_is_not_shared_is_not_there(space, signed_in, role):
    hidden, told = make.story(in_space=space), make.story(in_space=space)
    told.state = StoryState.APPROVED
    told.save()
    make.consent(told, "organisation")
    client = signed_in(make.member(space, role))
    assert client.get(url("story", space.slug, hidden.ref)).status_code == 404
    assert client.get(url("story", space.slug, told.ref)).status_code == 200


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
    page = client.get(url("story", space.slug, story.ref)).text
    listed = client.get(url("story_list", space.slug), {"state": "approved"}).text

    assert "Told off" in page
    assert "quarter 2 of 2025" in page
    for leak in ("Callum", "28 April", "20 June", "in practice"):
        assert leak not in page
    _head, _form, rows = listed.partition('id="stories"')
    assert "Told off" in rows
    assert "Callum" not in rows
    assert "2025-06-20" not in rows


def test_list_cannot_be_searched_for_a_teller_who_is_not_named(space, client, ana):
    story = nameless(space, Attribution.ANONYMOUS)
    make.story(in_space=space, teller=ana, shared=True, title="Mine")
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
    page = client.get(url("story", space.slug, story.ref)).text
    assert "Ana Costa" in page
    assert "A vascular nurse showed me." in page
    assert "Priya" not in page


def test_sponsor_reads_nothing_private_to_the_space(space, signed_in, ana):
    story = make.story(
        in_space=space, teller=ana, shared=True, other_factors="Rota.", other_factors_private=True
    )
    actions.take_up(story.steps.get().moment, by=reader_of(space), label="Hear, hear.")
    make.consent(story, "organisation", note="Only for Denise.")
    inside = signed_in(make.member(space)).get(url("story", space.slug, story.ref)).text
    outside = signed_in(make.member(space, Role.SPONSOR))
    page = outside.get(url("story", space.slug, story.ref)).text
    for words in ("Rota.", "Hear, hear."):
        assert words in inside
        assert words not in page
    assert "Only for Denise." not in inside + page


@pytest.mark.parametrize("moments", [1, 3])
def test_story_costs_the_same_for_one_moment_and_for_three(
    moments, space, ana, client, django_assert_num_queries
):
    cycles = [Cycle.APPLIED] * moments
    story = make.story(in_space=space, teller=ana, shared=True, cycles=cycles)
    for step in story.steps.all():
        other = make.story(in_space=space, shared=True)
        make.flow(step.moment, other.steps.get().moment)
    with django_assert_num_queries(12):
        client.get(url("story", space.slug, story.ref))


# --- list ---------------------------------------------------------------------------------------


def titles(client, space, **query):
    answer = client.get(url("story_list", space.slug), query)
    return [told.title for told in answer.context["stories"]]


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


def test_htmx_gets_the_list_alone(space, client):
    make.story(in_space=space, shared=True)
    part = client.get(url("story_list", space.slug), headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="stories"')


def test_empty_list_teaches(space, client):
    page = client.get(url("story_list", space.slug)).text
    assert "One moment is already a story" in page
    assert url("tell_story", space.slug) in page


# --- correcting ---------------------------------------------------------------------------------


def test_conflicting_save_keeps_my_words_and_shows_theirs(space, client, ana):
    moment = make.story(in_space=space, teller=ana).steps.get().moment
    Moment.objects.update(revision=1, text="Saved meanwhile.")
    form = typed(text="What I typed.", revision="0")
    answer = client.post(url("edit_moment", space.slug, moment.pk), form)

    assert answer.status_code == 200
    assert "What I typed." in answer.text
    assert "Saved meanwhile." in answer.text
    assert 'name="revision" value="1"' in answer.text
    again = client.post(url("edit_moment", space.slug, moment.pk), form | {"revision": "1"})
    assert again.status_code == 302
    assert Moment.objects.get().text == "What I typed."


def test_conflicting_save_of_the_title_keeps_both(space, client, ana):
    story = make.story(in_space=space, teller=ana)
    Story.objects.update(revision=1, title="Theirs")
    form = {"title": "Mine", "kind": "specific", "strength": "asserted", "revision": "0"}
    answer = client.post(url("edit_story", space.slug, story.ref), form)
    assert "Mine" in answer.text
    assert "Theirs" in answer.text
    assert client.post(answer.request["PATH_INFO"], form | {"revision": "1"}).status_code == 302
    assert Story.objects.get().title == "Mine"


def test_only_the_teller_corrects(space, signed_in):
    story = make.story(in_space=space, shared=True)
    client = signed_in(make.member(space, Role.CONVENER))
    moment = story.steps.get().moment
    assert client.get(url("edit_moment", space.slug, moment.pk)).status_code == 403
    assert client.get(url("edit_story", space.slug, story.ref)).status_code == 403
    assert client.get(url("and_then", space.slug, story.ref)).status_code == 403


def test_overheard_moment_is_noted_and_adopted(space, client, ana):
    story = make.story(in_space=space, teller=ana)
    client.post(url("note_moment", space.slug), typed(text="Overheard."))
    noted = Moment.objects.get(text="Overheard.")
    client.post(url("adopt_moment", space.slug, noted.pk), {"story": story.ref})
    assert story.steps.filter(moment=noted).exists()


def test_moments_of_one_day_are_moved_by_a_post(space, client, ana):
    story = make.story(in_space=space, teller=ana, cycles=["applied", "realized"])
    second = story.steps.last().moment
    client.post(url("move_moment", space.slug, story.ref, second.pk), {"way": "earlier"})
    assert story.steps.first().moment == second


def test_hope_is_confirmed_and_let_go_on_pages(space, client, ana):
    story = make.story(in_space=space, teller=ana, cycles=["applied", "realized"])
    first, hope = (step.moment for step in story.steps.all())
    Moment.objects.filter(pk=hope.pk).update(
        status="hoped", occurred_on=None, due_on=dt.date(2025, 7, 1)
    )
    make.flow(first, hope, status="awaited")
    client.post(url("let_go_hope", space.slug, hope.pk), {"why": "The clinic moved."})
    assert Flow.objects.get().status == "abandoned"
    form = {"text": "It did after all.", "on": "2025-06-30", "precision": "day"}
    answer = client.post(url("confirm_hope", space.slug, hope.pk), form | {"polarity": "mixed"})
    assert answer.status_code == 302
    assert Moment.objects.get(pk=hope.pk).polarity == "mixed"


def test_flow_is_claimed_on_a_page(space, signed_in, ana):
    one, two = (make.story(in_space=space, shared=True) for _ in range(2))
    client = signed_in(ana.person)
    other = two.steps.get().moment
    form = {"direction": "from", "other": other.pk, "kind": "", "status": ""}
    client.post(url("claim_flow", space.slug, one.steps.get().moment.pk), form)
    flow = Flow.objects.get()
    assert (flow.source, flow.claimed_by) == (other, ana)
