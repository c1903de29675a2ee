"""Indicators, observations and readings for programs."""

import datetime as dt
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from evaluation import actions
from evaluation.models import Coding, Indicator, Observation, TargetKind
from evaluation.presentation.codings import present_coding
from evaluation.presentation.indicators import figures_today, observed, present_definition
from evaluation.readings import readings_for
from evaluation.rights import may_record
from learningspaces.lib.strict import StrictSerializer
from learningspaces.lib.text import MAX_TEXT, plain_text
from spaces.api import InSpace
from spaces.idempotency import idempotent_answer
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in
from valuecreation.api import ONCE


class IndicatorSerializer(serializers.ModelSerializer):
    """An indicator as it is defined; its figures stand under readings and observations."""

    aspiration = serializers.CharField(allow_null=True)
    steward = serializers.CharField(allow_null=True)

    class Meta:
        model = Indicator
        fields = (
            "ref",
            "name",
            "cycle",
            "aspiration",
            "question",
            "kind",
            "unit",
            "direction",
            "target",
            "target_kind",
            "frequency",
            "period_length",
            "source",
            "steward",
            "state",
            "warns_of_harm",
            "counts_people",
            "sensitive",
        )

    def to_representation(self, indicator):
        viewer = self.context["view"].viewer
        shown = present_definition(viewer, figures_today(viewer, indicator))
        said = {name: getattr(shown, name) for name in self.Meta.fields}
        kind = shown.target_kind or TargetKind.NONE.value
        aspiration = shown.aspiration or None
        return said | {"aspiration": aspiration, "steward": shown.steward_ref, "target_kind": kind}


@extend_schema_field(OpenApiTypes.ANY)
class ObservedValue(serializers.Field):
    """A number, [numerator, denominator], a level, words, true or false; null where missing."""

    def to_internal_value(self, data):
        return data

    def to_representation(self, value):
        return value


class ObservationSerializer(serializers.ModelSerializer):
    """What an indicator showed in one period, as it stands now."""

    value = ObservedValue()

    class Meta:
        model = Observation
        fields = ("period", "period_start", "period_end", "value", "collected_on")

    def to_representation(self, observation):
        said = super().to_representation(observation)
        if isinstance(observation.value, str):
            said["value"] = self.context["view"].viewer.typed(observation.value)
        return said


class WishedObservation(StrictSerializer):
    """An observation to record. An existing period is corrected on the pages, with a reason."""

    period = serializers.CharField(max_length=10, validators=[plain_text])
    value = ObservedValue(allow_null=True)
    note = serializers.CharField(
        max_length=MAX_TEXT, required=False, allow_blank=True, validators=[plain_text]
    )
    other_influences = serializers.CharField(
        max_length=MAX_TEXT, required=False, allow_blank=True, validators=[plain_text]
    )
    collected_on = serializers.DateField(required=False)
    mostly_one = serializers.BooleanField(required=False)


class OfIndicators(InSpace):
    """A view on the indicators of a space."""

    needs = Action.SEE_EVALUATION

    @cached_property
    def viewer(self):
        return Viewer(self.space, self.request.user)

    def indicators(self):
        return Indicator.objects.for_user(self.request.user).in_space(self.space)


class Indicators(OfIndicators, ListAPIView):
    """The indicators of a space."""

    serializer_class = IndicatorSerializer

    def get_queryset(self):
        return self.indicators().with_observations()


class ObservationView(OfIndicators, ListAPIView):
    """What an indicator showed, period by period; record one more."""

    serializer_class = ObservationSerializer

    def indicator(self):
        return self.found(self.indicators().with_observations(), ref=self.kwargs["ref"])

    def get_queryset(self):
        indicator = self.indicator()
        shown = observed(figures_today(self.viewer, indicator).row)
        mine = Observation.objects.for_user(self.request.user).current()
        return mine.of_indicator(indicator).of_periods(shown)

    @extend_schema(
        request=WishedObservation, responses={201: ObservationSerializer}, parameters=[ONCE]
    )
    def post(self, request, slug, ref):
        indicator = self.indicator()
        if not may_record(request.user, indicator):
            raise PermissionDenied
        return idempotent_answer(request, lambda: self._record(request, indicator))

    def _record(self, request, indicator):
        wish = WishedObservation(data=request.data)
        wish.is_valid(raise_exception=True)
        by = membership_in(self.space, request.user)
        stored = actions.record_observation(indicator, by=by, **wish.validated_data)
        return Response(self.get_serializer(stored).data, status.HTTP_201_CREATED)


class CodingSerializer(serializers.ModelSerializer):
    """As which cycle an analyst reads a moment, beside its teller's word, which counts."""

    moment = serializers.CharField()
    by = serializers.CharField()
    read_on = serializers.DateField(allow_null=True)

    class Meta:
        model = Coding
        fields = ("moment", "cycle", "by", "read_on")

    def to_representation(self, coding):
        shown = present_coding(self.context["view"].viewer, coding)
        said = {name: getattr(shown, name) for name in self.Meta.fields}
        return said | {"read_on": shown.read_on or None}


class Codings(OfIndicators, ListAPIView):
    """How analysts read the moments that you may read; several may read one differently."""

    serializer_class = CodingSerializer

    def get_queryset(self):
        return Coding.objects.for_reader(self.space, self.request.user).current().in_order()


class Readings(OfIndicators, APIView):
    """Counts, flows, loops and indicator series, worked out on what you may see."""

    needs = Action.SEE_FLOWS

    @extend_schema(
        parameters=[OpenApiParameter("as_of", OpenApiTypes.DATE, description="Default: today.")],
        responses={200: OpenApiTypes.OBJECT},
    )
    def get(self, request, slug):
        day = self._day(request)
        return Response(readings_for(self.space, request.user, day=day))

    def _day(self, request):
        try:
            return dt.date.fromisoformat(request.query_params.get("as_of", str(self.space.today)))
        except ValueError as error:
            said = _("This is not a day. Write it like 2025-12-31.")
            raise ValidationError({"as_of": [said]}) from error
