"""Before a release is frozen somebody else looks for names; what they settle is what is frozen."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from evaluation import actions
from evaluation.models import Release, SecondReading
from evaluation.presentation import canonical
from evaluation.presentation.records import ReleaseContents
from evaluation.releases.second_reader import shown_for
from evaluation.releases.standing_words import StandingWords
from evaluation.reports.pages import front
from spaces.models import Membership
from spaces.permissions import Role
from spaces.presentation.names import Names
from tests import make
from valuecreation.models import Moment

pytestmark = pytest.mark.django_db
WORDS = "Notes of Tomasza lay there. Doctor Brewster rang; the doctor knew."


@pytest.fixture
def terms(space):
    return {
        "period_start": space.founded_on,
        "period_end": space.today,
        "audience": "organisation",
        "purpose": "report",
        "title": "What came of it",
        "asks": "",
    }


@pytest.fixture
def told(space):
    """A story for the organisation in which a colleague's name has an ending."""
    make.membership(space, None, name="Tomasz Wrona", practice="wound nurse")
    told = make.story(in_space=space, shared=True)
    Moment.objects.in_story(told).update(text=WORDS)
    make.consent(told, "organisation", uses=["report", "quote"])
    return told


def member(space, role=Role.PARTICIPANT):
    return Membership.objects.get(space=space, person=make.member(space, role))


def contents(release):
    release = Release.objects.get(pk=release.pk)
    return ReleaseContents.from_json(canonical.unpacked(release.content))


@pytest.fixture
def freeze(space, terms, django_capture_on_commit_callbacks):
    def frozen(by):
        with django_capture_on_commit_callbacks(execute=True):
            release = actions.freeze_release(space, by=by, **terms)
        return contents(release)

    return frozen


def words_of(frozen):
    return " ".join(moment.text or "" for moment in frozen.moments)


def test_second_reader_is_shown_what_still_stands(space, told, terms):
    asked = actions.ask_second_reader(space, by=member(space, Role.EVALUATOR), **terms)
    shown = shown_for(asked).standing

    assert {"Tomasza", "Brewster"} <= shown.keys()
    assert "Doctor" not in shown  # it stands in small letters, too
    assert "Notes of Tomasza lay there." in shown["Tomasza"]


def test_what_a_second_reader_settles_is_frozen(space, told, terms, freeze):
    evaluator, reader = member(space, Role.EVALUATOR), member(space)
    asked = actions.ask_second_reader(space, by=evaluator, **terms)
    settled = dict.fromkeys(shown_for(asked).standing, "")
    settled |= {"Tomasza": "a wound nurse", "Brewster": "of the ward"}
    actions.settle_words(asked, by=reader, settled=settled)
    frozen = freeze(evaluator)

    assert (
        words_of(frozen)
        == "Notes of a wound nurse lay there. Doctor of the ward rang; the doctor knew."
    )
    assert frozen.second_reading == "read"
    assert "A second reader has read it for names." in front.cover(frozen)["small"]


def test_second_reader_puts_no_name_into_the_words_of_others(space, told, terms):
    make.membership(space, make.person("Hanna Lindqvist"))
    asked = actions.ask_second_reader(space, by=member(space, Role.EVALUATOR), **terms)
    settled = dict.fromkeys(shown_for(asked).standing, "") | {"Tomasza": "Hanna Lindqvist"}
    with pytest.raises(ValidationError, match="holds the name of somebody here"):
        actions.settle_words(asked, by=member(space), settled=settled)


def test_without_a_second_reader_the_cover_says_so(space, told, freeze):
    frozen = freeze(member(space, Role.EVALUATOR))
    assert frozen.second_reading == "none"
    assert "Nobody but who froze it has read it for names." in front.cover(frozen)["small"]


def test_who_freezes_is_no_second_reader(space, told, terms, freeze):
    facilitator, evaluator = member(space, Role.FACILITATOR), member(space, Role.EVALUATOR)
    asked = actions.ask_second_reader(space, by=evaluator, **terms)
    with pytest.raises(ValidationError):
        actions.settle_words(asked, by=evaluator, settled={})
    actions.settle_words(asked, by=facilitator, settled={"Tomasza": "X"})

    assert freeze(facilitator).second_reading == "none"


def test_words_that_came_after_the_second_reader_are_named_on_the_cover(space, told, terms, freeze):
    evaluator = member(space, Role.EVALUATOR)
    asked = actions.ask_second_reader(space, by=evaluator, **terms)
    settled = dict.fromkeys(shown_for(asked).standing, "")
    actions.settle_words(asked, by=member(space), settled=settled)
    Moment.objects.in_story(told).update(text=f"{WORDS} So said Pennington.")
    assert freeze(evaluator).second_reading == "earlier"


def test_asking_and_reading_go_by_the_pages(space, told, terms, client):
    evaluator, reader = make.member(space, Role.EVALUATOR), make.member(space)
    wish = {
        "title": "", "period": "other", "period_start": space.founded_on,
        "period_end": space.today, "audience": "organisation", "purpose": "report", "asks": "",
    }  # fmt: skip
    address = reverse("evaluation:new_release", args=[space.slug])
    client.force_login(evaluator)
    assert "Ask for a second reader" in client.post(address, wish | {"do": "preview"}).text
    for _twice in range(2):
        answer = client.post(address, wish | {"do": "ask"})
    assert "has not done so yet" in answer.text
    asked = SecondReading.objects.get()
    page = reverse("evaluation:second_reading", args=[space.slug, asked.pk])
    assert "You asked for this yourself" in client.get(page).text

    client.force_login(reader)
    assert page in client.get(reverse("evaluation:releases", args=[space.slug])).text
    assert "instead-of-Tomasza" in client.get(page).text
    client.post(page, {"instead-of-Tomasza": "a wound nurse"})
    asked.refresh_from_db()
    assert (asked.settled["Tomasza"], asked.settled["Brewster"]) == ("a wound nurse", "")
    assert client.get(page).status_code == 404

    client.force_login(evaluator)
    assert "has read it for names" in client.post(address, wish | {"do": "preview"}).text


def test_no_sponsor_is_a_second_reader(space, told, terms, client):
    asked = actions.ask_second_reader(space, by=member(space, Role.EVALUATOR), **terms)
    client.force_login(make.member(space, Role.SPONSOR))
    page = reverse("evaluation:second_reading", args=[space.slug, asked.pk])
    assert client.get(page).status_code in (403, 404)


def test_words_in_small_letters_that_begin_like_a_name_stand_to_be_settled():
    words = StandingWords(Names([Membership(pk=1, ref="P1", name="Jürgen Müller")]))
    words.look_through("So jürgens idea and müllers dough. Then it rained. We then ate.")
    assert words.standing.keys() == {"So", "jürgens", "müllers", "We"}
