"""Members on forms: a select of few, a look-up among many, with JavaScript and without."""

import re

import pytest
from django import forms
from django.http import QueryDict
from django.urls import reverse

from spaces.forms.members import FEW, Among, MemberField, MembersField, Offered
from spaces.models import Membership
from spaces.permissions import Role
from tests import make
from tests.pages import HTMX
from valuecreation.models import Moment, Story


def crowd(space, *names):
    """More members than a select may list, and some with names of their own."""
    rows = [
        Membership(
            space=space, ref=f"C{number}", name=f"Crowd {number:02}", joined_on=make.LONG_AGO
        )
        for number in range(FEW + 1)
    ]
    Membership.objects.bulk_create(rows)
    return [make.membership(space, name=name) for name in names]


@pytest.fixture
def many(space):
    return crowd(space, "Ana Alves", "Ana Alvarez", "Zoë Éluard", "Bo Berg")


class Choosing(forms.Form):
    who = MemberField(empty_label="nobody yet", required=False)
    whom = MembersField(required=False)

    def __init__(self, data, space):
        super().__init__(data)
        for name in self.fields:
            offered = Offered(Membership.objects.in_space(space), space=space)
            self.fields[name].offer(offered, answers=[("group", "the group")])


def chosen(space, **data):
    form = Choosing(data, space)
    form.is_valid()
    return form.cleaned_data.get("who"), form.errors.get("who", [""])[0]


def test_few_members_stand_in_a_select(space):
    make.membership(space, name="Ana Alves")
    form = Choosing(None, space)
    assert "<select" in str(form["who"]) and "Ana Alves" in str(form["who"])


def test_many_members_are_not_listed(many, space):
    said = str(Choosing(None, space)["who"])
    assert "<select" not in said and "Ana" not in said and "Crowd" not in said
    assert reverse("spaces:find_members", args=[space.slug]) in said


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("bo", "Bo Berg"),
        ("berg bo", "Bo Berg"),
        ("  ANA  alves ", "Ana Alves"),
        ("zoË", "Zoë Éluard"),
    ],
)
def test_a_name_typed_is_found_whatever_its_case_and_order(many, space, words, name):
    assert str(chosen(space, **{"who-words": words})[0]) == name


def test_a_name_of_several_comes_back_with_the_candidates(many, space):
    form = Choosing({"who-words": "ana al", "who": ""}, space)
    assert not form.is_valid()
    assert "may mean several people" in form.errors["who"][0]
    said = str(form["who"])
    assert 'value="ana al"' in said
    assert re.findall(r"<bdi>(.*?)</bdi>", said) == ["Ana Alvarez", "Ana Alves"]
    assert "Crowd" not in said


def test_the_candidate_chosen_is_the_one_meant(many, space):
    ana = many[0]
    assert chosen(space, **{"who-words": "ana al", "who": str(ana.pk)})[0] == ana


def test_words_win_over_a_choice_they_do_not_fit(many, space):
    ana, *_, bo = many
    assert chosen(space, **{"who-words": "Berg", "who": str(ana.pk)})[0] == bo


def test_a_name_nobody_has_is_refused_and_stays(many, space):
    who, said = chosen(space, **{"who-words": "Nobody At-All"})
    assert who is None and "“Nobody At-All”" in said


def test_other_answers_and_nobody_can_be_chosen(many, space):
    assert chosen(space, who="group") == ("group", "")
    assert chosen(space, who="") == (None, "")


@pytest.mark.parametrize("words", ["a\x00b", "%", "_", "'", "x" * 5000, "a " * 3000])
def test_hostile_words_find_nobody(many, space, words):
    assert chosen(space, **{"who-words": words})[0] is None


def test_a_member_of_another_space_cannot_be_chosen(many, space):
    stranger = make.membership(make.space(), name="Ana From Elsewhere")
    assert chosen(space, who=str(stranger.pk))[0] is None
    assert chosen(space, **{"who-words": "Elsewhere"})[0] is None


def test_several_are_chosen_by_ticks_and_names_together(many, space):
    ana, _other, zoe, bo = many
    form = Choosing(QueryDict(f"whom={ana.pk}&whom-words=Zoë, berg"), space)
    assert form.is_valid()
    assert form.cleaned_data["whom"] == [ana, zoe, bo]


# --- the address of the look-up ------------------------------------------------------------


def find(client, space, words, *, several="", **more):
    address = reverse("spaces:find_members", args=[space.slug])
    asked = {"field": "who", "among": Among.EVERYBODY, "key": "pk", "several": several}
    return client.get(address, asked | {"who-words": words} | more, headers=HTMX)


def test_look_up_shows_members_of_this_space_only(many, space, signed_in):
    make.membership(make.space(), name="Ana From Elsewhere")
    answer = find(signed_in(make.member(space)), space, "ana")
    assert re.findall(r"<bdi>(.*?)</bdi>", answer.text) == ["Ana Alvarez", "Ana Alves"]
    assert "2 people found" in answer.text


def test_look_up_shows_twenty_at_most(many, space, signed_in):
    answer = find(signed_in(make.member(space)), space, "crowd")
    assert answer.text.count("<bdi>") == 20
    assert "write more of the name" in answer.text


def test_look_up_is_closed_to_sponsors_and_strangers(many, space, signed_in, client):
    assert find(signed_in(make.member(space, Role.SPONSOR)), space, "ana").status_code == 403
    assert find(signed_in(make.person()), space, "ana").status_code == 404


def test_look_up_keeps_what_was_ticked(many, space, signed_in):
    ana, *_, bo = many
    answer = find(signed_in(make.member(space)), space, "bo", several="yes", who=str(ana.pk))
    assert f'value="{ana.pk}" checked' in answer.text
    assert f'value="{bo.pk}">' in answer.text


def test_look_up_among_those_inside_leaves_out_who_left(space, signed_in):
    crowd(space)
    make.membership(space, name="Ana Gone", left_on=make.LONG_AGO)
    client = signed_in(make.member(space))
    assert "Ana Gone" in find(client, space, "ana").text
    assert "Ana Gone" not in find(client, space, "ana", among=Among.INSIDE).text


@pytest.mark.parametrize(
    "more", [{"among": "x"}, {"field": "<b>"}, {"key": "email"}, {"form": "'"}]
)
def test_a_wrong_question_leads_to_the_people(many, space, signed_in, more):
    answer = find(signed_in(make.member(space)), space, "ana", **more)
    assert answer.headers["HX-Redirect"] == reverse("spaces:people", args=[space.slug])


# --- on pages --------------------------------------------------------------------------------

TOLD = {"cycle": "applied", "text": "We tried it.", "status": "actual", "polarity": "positive"}


def test_a_story_is_told_with_names_that_were_typed(many, space, signed_in):
    ana, *_, bo = many
    client = signed_in(make.member(space))
    address = reverse("valuecreation:tell_story", args=[space.slug])
    answer = client.post(address, TOLD | {"agent-words": "Ana A", "for_whom-words": "bo berg"})
    assert "may mean several people" in answer.text and "We tried it." in answer.text
    client.post(address, TOLD | {"agent": ana.pk, "agent-words": "Ana A", "for_whom-words": "Bo"})
    moment = Moment.objects.get()
    assert (moment.agent, moment.for_whom) == (ana, bo)


def test_stories_are_narrowed_by_a_name_that_was_typed(many, space, signed_in):
    ana, *_, bo = many
    make.story(in_space=space, teller=ana, shared=True, title="Of Ana")
    make.story(in_space=space, teller=bo, shared=True, title="Of Bo")
    client = signed_in(make.member(space))
    answer = client.get(
        reverse("valuecreation:story_list", args=[space.slug]), {"teller-words": "berg"}
    )
    assert "Of Bo" in answer.text and "Of Ana" not in answer.text


def test_the_size_of_a_form_does_not_grow_with_the_space(many, space, signed_in):
    client = signed_in(make.member(space))
    address = reverse("valuecreation:tell_story", args=[space.slug])
    before = len(client.get(address).content)
    rows = [Membership(space=space, ref=f"D{n}", name=f"More {n}") for n in range(300)]
    Membership.objects.bulk_create(rows)
    assert abs(len(client.get(address).content) - before) < 200
    assert Story.objects.count() == 0
