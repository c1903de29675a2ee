"""Spaces and people for programs. The same rows as on the pages, the same refusals."""

from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView, RetrieveAPIView

from spaces.models import ApiToken, Membership, Space
from spaces.permissions import Action
from spaces.presentation.people import present_member
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import space_for
from spaces.traces import count_read


class InSpace:
    """A view below /spaces/<slug>/: the space is asked for once, with what one may do there."""

    needs = Action.VIEW_SPACE

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        self.space = space_for(request.user, kwargs["slug"], self.needs)
        if self.key and request.method == "GET":
            count_read(self.key, self.space)

    @property
    def key(self) -> ApiToken | None:
        """The key with which a program came; none where a person looks in the browser."""
        return self.request.auth if isinstance(self.request.auth, ApiToken) else None

    def get_serializer_context(self):
        """What serializers speak of, and the viewer for whom; a schema has neither."""
        context = super().get_serializer_context()
        if hasattr(self, "space"):
            context |= {"viewer": Viewer(self.space, self.request.user), "space": self.space}
        return context

    def found(self, queryset, **which):
        """The one row asked for, or a 404 in the API's words."""
        row = queryset.filter(**which).first()
        if row is None:
            raise NotFound
        return row


class SpaceSerializer(serializers.ModelSerializer):
    """A space as it speaks of itself."""

    class Meta:
        model = Space
        fields = (
            "slug",
            "name",
            "purpose",
            "unsure_of",
            "attention",
            "structure_kind",
            "governance",
            "state",
            "boundary_policy",
            "confidentiality_note",
            "rhythm",
            "min_group_size",
            "stall_after_days",
            "time_zone",
            "founded_on",
        )


class PersonSerializer(serializers.ModelSerializer):
    """Somebody in a space, in their own words; without e-mail."""

    roles = serializers.SerializerMethodField()

    class Meta:
        model = Membership
        fields = (
            "ref",
            "name",
            "practice",
            "organisation",
            "outside",
            "joined_on",
            "trajectory",
            "cares",
            "unsure",
            "roles",
        )

    def get_roles(self, member) -> list[str]:
        return list(member.roles)

    def to_representation(self, member):
        return super().to_representation(present_member(self.context["viewer"], member))


class Spaces(ListAPIView):
    """The spaces you take part in."""

    serializer_class = SpaceSerializer

    def get_queryset(self):
        return Space.objects.for_user(self.request.user)


class OneSpace(InSpace, RetrieveAPIView):
    """One space."""

    serializer_class = SpaceSerializer

    def get_object(self):
        return self.space


class People(InSpace, ListAPIView):
    """Who takes part in a space."""

    needs = Action.SEE_PEOPLE
    serializer_class = PersonSerializer

    def get_queryset(self):
        here = Membership.objects.for_user(self.request.user).in_space(self.space)
        return here.current().with_roles()
