"""Whether an indicator counts people, and is sensitive: proposed, asked, kept and carried over."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from evaluation import actions
from evaluation.forms.observations import ObservationForm
from evaluation.models import Indicator
from evaluation.people_words import reads_like_people
from evaluation.presentation.indicators import figures_today, observed
from spacefile.fetch import fetch
from spacefile.reading import read
from spacefile.store import store
from spacefile.writing import write_yaml
from spaces.models import Space
from spaces.permissions import Role
from spaces.presentation.viewer import Viewer
from tests import make
from tests.evaluation import make_signs as signs

PROPOSED = "reads like people, so this is ticked as a proposal"


@pytest.mark.parametrize(
    "unit",
    ["patients seen", "% of residents", "Mitglieder", "% der Bewohnerinnen", "personas", "élèves",
     "utentes", "عدد المرضى", "participants", "members answering", "team-members",
     "% of check-outs scored 4-5"],
)  # fmt: skip
def test_unit_reads_like_people(unit):
    assert reads_like_people(unit)


@pytest.mark.parametrize("unit", ["% of new leg ulcers", "hours a quarter", "visits", "", None])
def test_unit_that_is_about_things_does_not(unit):
    assert not reads_like_people(unit)


def filled(**changes):
    given = {
        "cycle": "applied", "name": "Seen in time", "kind": "count", "unit": "patients",
        "direction": "up", "baseline_known": "not_known", "target_kind": "none",
    }  # fmt: skip
    return given | changes


@pytest.mark.django_db
def test_unit_of_people_proposes_once_that_it_counts_them_and_a_person_decides(space, signed_in):
    client = signed_in(make.member(space, Role.FACILITATOR))
    where = reverse("evaluation:derive", args=[space.slug])

    asked = client.post(where, filled())

    assert PROPOSED in asked.text and not Indicator.objects.exists()
    assert 'name="people_proposed" value="on"' in asked.text
    form = asked.context["form"]
    assert form["counts_people"].value() and form["people_proposed"].value()

    client.post(where, filled(people_proposed="on"))
    assert not Indicator.objects.get().counts_people


@pytest.mark.django_db
def test_the_same_people_are_not_counted_twice(space):
    said = {"counts_people": True, "kind": "count", "cycle": "applied", "source": "Ward record"}
    by = make.membership(space)
    yearly = signs.indicator(space, **said | {"unit": "Patients seen", "name": "In a year"})
    again = {"space": space, "by": by, "name": "In a quarter", **said}
    with pytest.raises(ValidationError, match="“In a year” counts the same people"):
        actions.derive_indicator(**again | {"unit": "patients  seen", "source": "ward record"})
    assert actions.derive_indicator(**again | {"unit": "patients met"})
    Indicator.objects.filter(pk=yearly.pk).update(state="retired")
    assert actions.derive_indicator(**again | {"unit": "patients seen"})


@pytest.mark.django_db
def test_whoever_counts_people_is_asked_whether_it_is_sensitive(space, signed_in):
    client = signed_in(make.member(space, Role.FACILITATOR))
    where = reverse("evaluation:derive", args=[space.slug])

    asked = client.post(where, filled(counts_people="on"))
    assert "Say whether it is sensitive" in asked.text and not Indicator.objects.exists()

    client.post(where, filled(counts_people="on", sensitive="yes"))
    stored = Indicator.objects.get()
    assert (stored.counts_people, stored.sensitive) == (True, True)


@pytest.mark.django_db
def test_only_what_counts_people_is_sensitive(space):
    with pytest.raises(ValidationError, match="Only what counts people is sensitive"):
        actions.derive_indicator(
            space=space, by=make.membership(space), cycle="applied", name="Hours", kind="count",
            sensitive=True,
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "asked"), [("count", True), ("scale", True), ("ratio", False)])
def test_sensitive_sums_and_means_ask_whether_one_person_makes_nearly_all(space, kind, asked):
    sign = signs.indicator(space, kind=kind, counts_people=True, sensitive=True)

    assert ("mostly_one" in ObservationForm(indicator=sign).fields) is asked
    sign.sensitive = False
    assert "mostly_one" not in ObservationForm(indicator=sign).fields


@pytest.mark.django_db
def test_figure_that_one_person_makes_is_kept_and_shown_to_nobody(space, signed_in):
    sign = signs.indicator(space, counts_people=True, sensitive=True)
    client = signed_in(make.member(space, Role.EVALUATOR))
    where = reverse("evaluation:observe", args=[space.slug, sign.ref])

    client.post(where, {"period": "2026-Q1", "value": 400, "mostly_one": "on"})
    client.post(where, {"period": "2026-Q2", "value": 500})

    assert sign.observations.count() == 2
    sign = Indicator.objects.get()
    assert observed(figures_today(Viewer(space, audience="space"), sign).row) == {"2026-Q2"}


@pytest.mark.django_db
def test_file_carries_what_is_sensitive(space):
    sign = signs.indicator(space, counts_people=True, sensitive=True)
    [first, _second] = signs.observed(sign, Q1=400, Q2=500)
    first.mostly_one = True
    first.save()

    make.member(space, Role.CONVENER)

    document, faults = read(write_yaml(fetch(space)), name="space.yaml")
    assert faults == []
    Space.objects.filter(pk=space.pk).update(slug="another")
    [again] = Indicator.objects.in_space(store(document))
    kept = {one.period: one.mostly_one for one in again.observations.all()}
    assert (again.sensitive, kept) == (True, {"2026-Q1": True, "2026-Q2": False})
