"""Pages on which somebody says what led to what, and takes it back."""

import pytest
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation.models import Flow

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"valuecreation:{name}", args=args)


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT, practice="nurse")


def test_flow_is_claimed_on_a_page(space, signed_in, ana):
    one, two = (make.story(in_space=space, shared=True) for _ in range(2))
    client = signed_in(ana.person)
    other = two.steps.get().moment
    form = {"direction": "from", "other": other.public_id, "kind": "", "status": ""}
    client.post(url("claim_flow", space.slug, one.steps.get().moment.public_id), form)
    flow = Flow.objects.get()
    assert (flow.source, flow.claimed_by) == (other, ana)


def test_flow_is_taken_back_on_the_page_and_its_note_is_shown_once_more(space, signed_in, ana):
    story = make.story(in_space=space, teller=ana, shared=True, cycles=["applied", "realized"])
    first, second = (step.moment for step in story.steps.all())
    flow = make.flow(first, second, note="So Alan said.")
    client = signed_in(ana.person)
    page = url("claim_flow", space.slug, first.public_id)
    assert url("take_back_flow", space.slug, flow.public_id) in client.get(page).text

    answer = client.post(url("take_back_flow", space.slug, flow.public_id), follow=True)
    assert "So Alan said." in answer.text
    assert not Flow.objects.exists()
    assert "Said already" not in client.get(page).text


def test_flow_of_others_is_not_taken_back(space, signed_in, ana):
    one, two = (make.story(in_space=space, shared=True) for _ in range(2))
    flow = make.flow(one.steps.get().moment, two.steps.get().moment)
    client = signed_in(ana.person)
    address = url("take_back_flow", space.slug, flow.public_id)
    page = client.get(url("claim_flow", space.slug, one.steps.get().moment.public_id)).text
    assert "Said already" in page
    assert address not in page
    assert client.post(address).status_code == 403
    assert client.post(url("take_back_flow", space.slug, 10**30)).status_code == 404
