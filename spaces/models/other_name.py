from django.db import models
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.models.membership import Membership


class OtherNameQuerySet(models.QuerySet):
    def for_user(self, person):
        """One's own other names; those of others stand in no list."""
        return self.filter(membership__person=person)

    def in_space(self, space):
        return self.filter(membership__space=space)

    def of_member(self, membership):
        return self.filter(membership=membership)

    def apart_from(self, membership):
        return self.exclude(membership=membership)

    def noted(self):
        """What somebody is called beside their name, without the names they had before."""
        return self.filter(former=False)

    def former(self):
        """The names somebody had before."""
        return self.filter(former=True)

    def told_as(self, name):
        return self.filter(name=name)

    def by_member(self):
        """(member, name) of each."""
        return self.order_by("pk").values_list("membership", "name")


class OtherName(models.Model):
    """What a member is or was called beside their name: looked for in words as their name is.

    A nickname, initials, another spelling, given by themselves or by a leader; or a name that they
    had before, which is kept when it changes.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="other_names")
    name = models.CharField(_("name"), max_length=120, validators=[plain_text])
    former = models.BooleanField(default=False)
    given_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="names_given"
    )

    objects = OtherNameQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["membership", "name"], name="other_name_once"),
        ]

    def __str__(self):
        return self.name
