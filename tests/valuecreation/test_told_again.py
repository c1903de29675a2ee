"""Back after telling, and Keep once more: one story, with every word of both."""

import pytest
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.models import Moment, Story

pytestmark = pytest.mark.django_db

WORDS = {"text": "We drew the grid by hand.", "status": "actual", "on": "2025-05-01"}
MORE = "We drew the grid by hand. On Friday it held."


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)


@pytest.fixture
def browser(client, ana):
    client.force_login(ana.person)
    return client


@pytest.fixture
def tell(space, browser):
    """Sends the form of a page that was asked for anew, as Back does: it has a key of its own."""
    where = reverse("valuecreation:tell_story", args=[space.slug])

    def send(**typed):
        return browser.post(where, WORDS | {"then": "finish"} | typed)

    return send


def at(page, story):
    return reverse(f"valuecreation:{page}", args=[story.space.slug, story.public_id])


def test_same_words_from_a_fresh_page_lead_to_the_story_that_is_kept(tell):
    tell(once="k1")
    answer = tell(once="k2")
    assert answer.url == at("kept", Story.objects.get())


def test_words_added_on_a_page_reached_by_back_stand_in_the_same_story(tell, browser):
    tell(once="k1")
    answer = tell(once="k2", text=MORE, cycle="applied")
    assert answer.url == at("kept", Story.objects.get())
    assert [(one.text, one.cycle) for one in Moment.objects.all()] == [(MORE, "applied")]
    assert "Here it is, once, with all you wrote." in browser.get(answer.url).text


def test_what_was_said_since_is_not_unsaid_by_the_old_page(tell, ana):
    tell(once="k1")
    moment = Moment.objects.get()
    actions.change_moment(moment, by=ana, seen=0, fields={"cycle": "applied", "polarity": "nil"})
    tell(once="k2", text=MORE)
    moment.refresh_from_db()
    assert (moment.text, moment.cycle, moment.polarity) == (MORE, "applied", "nil")


def test_story_that_others_read_meanwhile_keeps_its_words_for_them(tell, ana):
    tell(once="k1", cycle="applied", polarity="nil")
    story = Story.objects.get()
    actions.give_consent(story, by=ana, audience=["space"])
    tell(once="k2", text=MORE)
    assert [step.moment.text for step in story.steps.all()] == [WORDS["text"]]
    assert Moment.objects.correcting(story.steps.get().moment).get().text == MORE


@pytest.mark.parametrize(
    "typed",
    [
        {"text": "We drew the grid by machine."},
        {"on": "2025-05-08"},
        {"teller": "other"},
    ],
)
def test_another_story_is_another_story(tell, space, typed):
    other = make.membership(space, make.person("Grace Ellwood"), Role.PARTICIPANT)
    tell(once="k1")
    tell(once="k2", **typed | ({"teller": other.pk} if "teller" in typed else {}))
    assert Story.objects.count() == 2


def test_moment_added_twice_is_one(tell, browser):
    tell(once="k1", then="add")
    where = at("and_then", Story.objects.get())
    for key, text in (("k2", "It healed in three weeks."), ("k3", "It healed in three weeks.")):
        browser.post(where, WORDS | {"once": key, "text": text})
    browser.post(where, WORDS | {"once": "k4", "text": "It healed in three weeks. Nobody fell."})
    assert [one.text for one in Moment.objects.order_by("pk")] == [
        WORDS["text"],
        "It healed in three weeks. Nobody fell.",
    ]


def test_note_sent_twice_is_one_and_is_taken_into_a_story(tell, browser, space):
    tell(once="k1")
    where = reverse("valuecreation:note_moment", args=[space.slug])
    for key in ("k2", "k3"):
        browser.post(where, WORDS | {"once": key, "text": "Somebody said it helps."})
    note = Moment.objects.loose().get()
    story = Story.objects.get()
    assert f'<option value="{story.public_id}">' in browser.get(where).text
    browser.post(
        reverse("valuecreation:adopt_moment", args=[space.slug, note.public_id]),
        {"story": story.public_id},
    )
    assert story.steps.filter(moment=note).exists()


def test_address_of_a_sent_form_leads_to_what_came_of_it(tell, browser, space):
    where = reverse("valuecreation:tell_story", args=[space.slug])
    assert browser.get(f"{where}?form=k1").status_code == 200
    tell(once="k1")
    answer = browser.get(f"{where}?form=k1")
    assert answer.url == at("kept", Story.objects.get())
    assert "Here is what came of it." in browser.get(answer.url).text
    browser.force_login(make.member(space))
    assert browser.get(f"{where}?form=k1").status_code == 200


# --- a title nobody wrote ---------------------------------------------------------------------


def test_title_that_nobody_wrote_follows_the_words(tell, ana):
    tell(once="k1", text="Priya showed me the grid.")
    story, moment = Story.objects.get(), Moment.objects.get()
    assert story.title == "Priya showed me the grid"
    actions.change_moment(moment, by=ana, seen=0, fields={"text": "A nurse showed me the grid."})
    story.refresh_from_db()
    assert story.title == "A nurse showed me the grid"


def test_title_that_somebody_wrote_stays(tell, ana):
    tell(once="k1", title="The grid")
    actions.change_moment(Moment.objects.get(), by=ana, seen=0, fields={"text": "By hand."})
    assert Story.objects.get().title == "The grid"


def test_title_leaves_with_the_moment_it_was_taken_from(tell, ana, browser):
    tell(once="k1", text="Priya showed me the grid.", then="add")
    story = Story.objects.get()
    browser.post(at("and_then", story), WORDS | {"once": "k2", "text": "It held."})
    actions.delete_moment(story, Moment.objects.get(text__startswith="Priya"), by=ana)
    assert Story.objects.get().title == "It held"
