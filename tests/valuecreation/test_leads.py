"""Leads: a sentence is marked where it stands, and read by whoever may read it there."""

import pytest
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.models import Lead, LeadState
from valuecreation.sentences import sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def moment(space):
    teller = make.membership(space, make.person("Grace Bello"), Role.PARTICIPANT)
    told = make.story(in_space=space, teller=teller, shared=True, title="The grid")
    moment = told.steps.get().moment
    moment.text = "Ana Costa showed us a grid. The matron asked for it twice! Then it rained."
    moment.save()
    return moment


def url(name, moment, *args):
    return reverse(f"valuecreation:{name}", args=[moment.space.slug, *args])


def mark(client, moment, sentence=1, **fields):
    form = {"sentence": sentence, **fields}
    return client.post(url("mark_lead", moment, moment.public_id), form)


def test_a_sentence_is_chosen_on_a_page_and_stands_among_the_leads(signed_in, moment):
    client = signed_in(make.member(moment.space, Role.FACILITATOR, name="Tomasz Dudek"))
    page = client.get(url("mark_lead", moment, moment.public_id)).text
    assert "The matron asked for it twice!" in page
    mark(client, moment)
    shown = client.get(url("leads", moment)).text
    assert "The matron asked for it twice!" in shown
    assert "Then it rained." not in shown
    assert "Tomasz Dudek" in shown


def test_marked_again_it_is_the_same_lead_and_open_again(signed_in, moment):
    client = signed_in(make.member(moment.space))
    mark(client, moment)
    lead = Lead.objects.get()
    done = {"state": "dropped", "outcome": "She would rather not."}
    client.post(url("settle_lead", moment, lead.public_id), done)
    lead.refresh_from_db()
    assert lead.state == LeadState.DROPPED
    assert "She would rather not." in client.get(url("leads", moment)).text
    mark(client, moment)
    assert Lead.objects.get().state == LeadState.OPEN


def test_a_listener_is_named_and_reads_that_it_is_theirs(signed_in, moment):
    ben = make.membership(moment.space, make.person("Ben Ott"), Role.PARTICIPANT)
    client = signed_in(make.member(moment.space))
    mark(client, moment)
    lead = Lead.objects.get()
    client.post(url("assign_lead", moment, lead.public_id), {"listener": ben.pk})
    assert "Ben Ott listens further." in client.get(url("leads", moment)).text
    client.force_login(ben.person)
    assert "You listen further." in client.get(url("leads", moment)).text


def test_whoever_may_not_read_the_story_reads_no_lead_of_it(signed_in, moment):
    client = signed_in(make.member(moment.space))
    mark(client, moment)
    lead = Lead.objects.get()
    actions.keep_to_oneself(moment.steps.get().story, by=moment.agent)
    assert "matron" not in client.get(url("leads", moment)).text
    answer = client.post(url("settle_lead", moment, lead.public_id), {"state": "followed"})
    assert answer.status_code == 404
    client.force_login(moment.agent.person)
    assert "matron" in client.get(url("leads", moment)).text


def test_a_nameless_tellers_lead_tells_no_day_and_no_name(signed_in, moment):
    client = signed_in(make.member(moment.space))
    moment.text = "Grace Bello asked for it."
    moment.save()
    mark(client, moment, sentence=0)
    make.consent(moment.steps.get().story, "space", attribution="anonymous")
    page = client.get(url("leads", moment))
    (lead, _assign) = page.context["leads"][0]
    assert "Grace" not in str(lead)
    page = page.text
    assert Lead.objects.get().marked_on.strftime("%-d %B %Y") not in page


def test_of_changed_and_of_erased_words_no_lead_keeps_any(signed_in, moment):
    client = signed_in(make.member(moment.space))
    mark(client, moment)
    moment.text = "Nothing of it."
    moment.save()
    page = client.get(url("leads", moment)).text
    assert "The words have changed since it was marked." in page
    assert "matron" not in page
    actions.erase_story(moment.steps.get().story, by=moment.agent)
    assert not Lead.objects.exists()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("“It worked.” She left", ["“It worked.", "She left"]),
        ("One\n\nTwo", ["One", "Two"]),
        ("够了。好。", ["够了。", "好。"]),
        ("", []),
    ],
)
def test_a_text_falls_into_its_sentences(text, parts):
    assert sentences(text) == parts
