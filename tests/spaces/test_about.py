"""What a space says about itself, for everybody inside."""

import pytest
from django.urls import reverse

from spaces.models import LeadershipRole, RoleAssignment
from spaces.permissions import Role
from tests import make
from tests.framing import rows


def about(space):
    return reverse("spaces:about", args=[space.slug])


def test_member_reads_what_the_space_says_and_changes_nothing(space, signed_in):
    space.purpose, space.rhythm = "Fewer people wait.", "Once a month."
    space.save()
    member = rows.member(space, name="Ana Reis")
    RoleAssignment.objects.create(
        membership=member, role=LeadershipRole.COMMUNITY_KEEPERS, since=member.joined_on
    )
    page = signed_in(member.person).get(about(space)).text
    for words in ("Fewer people wait.", "Once a month.", "Community keeper", "Ana Reis"):
        assert words in page
    for offered in ("Change<", "Pause the space", "Begin to close it"):
        assert offered not in page
    assert "Leave this space" in page


def test_convener_pauses_and_wakes_the_space_from_its_page(space, signed_in):
    client = signed_in(make.member(space, Role.CONVENER))
    assert "Pause the space" in client.get(about(space)).text
    page = client.post(reverse("spaces:pause_space", args=[space.slug]), follow=True).text
    assert "Wake the space" in page
    assert "Pause the space" not in page


@pytest.mark.parametrize("place", ["story_list", "people"])
def test_page_is_linked_from_the_masthead_and_from_people(space, signed_in, place):
    app = "spaces" if place == "people" else "valuecreation"
    page = signed_in(make.member(space)).get(reverse(f"{app}:{place}", args=[space.slug])).text
    assert about(space) in page


def test_sponsor_is_not_shown_the_page(space, signed_in):
    client = signed_in(make.member(space, Role.SPONSOR))
    assert about(space) not in client.get(f"/spaces/{space.slug}/").text
    assert client.get(about(space)).status_code == 403
