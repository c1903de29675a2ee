"""The smallest group is three or more, and members read who changed it, when, from what to what."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from spaces import actions
from spaces.models import GroupSizeChange, Space
from spaces.permissions import Role
from spaces.space_templates import TEMPLATES
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", [0, 1, 2])
def test_smallest_group_is_not_below_three(size, space):
    space.min_group_size = size
    with pytest.raises(ValidationError):
        space.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Space.objects.filter(pk=space.pk).update(min_group_size=size)


def test_no_starting_point_proposes_a_group_below_three():
    assert min(template.min_group_size for template in TEMPLATES.values()) >= 3


def test_change_of_the_smallest_group_is_kept_and_read_by_every_member(space, signed_in):
    convener = make.member(space, Role.CONVENER, name="Ana")
    actions.edit_space(space, by=convener, seen=0, min_group_size=8)
    actions.edit_space(space, by=convener, seen=1, min_group_size=8, purpose="Fewer wait.")
    actions.edit_space(space, by=convener, seen=2, min_group_size=4)

    changes = list(GroupSizeChange.objects.of_space(space).values_list("before", "after"))
    assert changes == [(5, 8), (8, 4)]
    text = signed_in(make.member(space)).get(reverse("spaces:about", args=[space.slug])).text
    assert "Ana changed it from 8 to 4" in text and "Ana changed it from 5 to 8" in text
