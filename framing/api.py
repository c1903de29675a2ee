"""Framing for programs."""

from rest_framework import serializers
from rest_framework.generics import ListAPIView

from framing.models import Aspiration, FramingVersion, Uncertainty
from spaces.api import InSpace
from spaces.permissions import Action


class TypedField(serializers.CharField):
    """Words that stand in no story, as the viewer may read them."""

    def to_representation(self, value):
        return self.context["viewer"].typed(super().to_representation(value))


class UncertaintySerializer(serializers.ModelSerializer):
    """Something the space did not know in this version."""

    text = TypedField()

    class Meta:
        model = Uncertainty
        fields = ("key", "text", "state")


class AspirationSerializer(serializers.ModelSerializer):
    """What somebody hopes for, and from which version to which."""

    text = TypedField()
    dropped_in = serializers.SerializerMethodField()

    class Meta:
        model = Aspiration
        fields = ("key", "cycle", "whose", "text", "dropped_in")

    def get_dropped_in(self, aspiration) -> int | None:
        return aspiration.dropped_in.number if aspiration.dropped_in else None


class FramingSerializer(serializers.ModelSerializer):
    """A framing version with what it adds."""

    difference = TypedField()
    reason = TypedField()
    uncertainties = UncertaintySerializer(many=True)
    aspirations_added = AspirationSerializer(many=True)

    class Meta:
        model = FramingVersion
        fields = (
            "number",
            "state",
            "agreed_on",
            "difference",
            "reason",
            "review_on",
            "uncertainties",
            "aspirations_added",
        )


class Framing(InSpace, ListAPIView):
    """The framing versions you may read."""

    needs = Action.SEE_FRAMING
    serializer_class = FramingSerializer

    def get_queryset(self):
        mine = FramingVersion.objects.for_user(self.request.user).in_space(self.space)
        return mine.prefetch_related("uncertainties", "aspirations_added__dropped_in")
