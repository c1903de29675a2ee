"""Stories, moments, flows and readings for programs, through the same queries and actions."""

import datetime as dt

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.response import Response

from learningspaces.lib.text import MAX_TEXT, plain_text
from spaces.api import InSpace
from spaces.idempotency import idempotent_answer
from spaces.models import Membership
from spaces.permissions import Action
from spaces.shortcuts import membership_in, require
from valuecreation import actions
from valuecreation.cycles import (
    ALL_SUBTYPES,
    GROUP,
    OTHER_GROUP,
    USUAL_PLACE,
    Cycle,
    Location,
    MomentStatus,
    Polarity,
    Precision,
)
from valuecreation.models import Flow, Moment, Story, StoryKind, StoryStep
from valuecreation.presentation.names import known_to, quarter_of
from valuecreation.presentation.stories import Viewer
from valuecreation.shortcuts import story_of

MOST_MOMENTS = 100  # in one call; each is checked and counted as on the pages

ONCE = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Sent twice with the same key, stored once.",
)


class MomentSerializer(serializers.Serializer):
    """A moment as you may read it: names and dates no finer than its teller agreed to."""

    ref = serializers.CharField()
    cycle = serializers.ChoiceField(Cycle.choices)
    analyst_cycle = serializers.CharField()
    subtype = serializers.CharField()
    polarity = serializers.ChoiceField(Polarity.choices)
    status = serializers.ChoiceField(MomentStatus.choices)
    occurred_on = serializers.DateField(allow_null=True)
    precision = serializers.ChoiceField(Precision.choices)
    due_on = serializers.DateField(allow_null=True)
    location = serializers.CharField()
    agent = serializers.CharField()
    text = serializers.CharField()

    def to_representation(self, moment):
        reader, story = self.context["reader"], self.context.get("story") or story_of(moment)
        step = self.context["steps"].get(moment.pk) if "steps" in self.context else None
        row = {
            name: getattr(moment, name)
            for name in ("ref", "cycle", "analyst_cycle", "subtype", "polarity", "status")
        }
        day, precision, due = moment.occurred_on, moment.precision, moment.due_on
        if story and not reader.as_told(story):
            act = reader.act_for(story)
            if day:
                day, precision = known_to(day, precision, act)
            if due:
                due, _precision = known_to(due, Precision.DAY, act)
        return row | {
            "occurred_on": day and day.isoformat(),
            "precision": precision,
            "due_on": due and due.isoformat(),
            "location": "" if reader.hides_place(story) else moment.location,
            "agent": self._agent(moment, reader, story, step),
            "text": reader.words(moment.text, story, step) if story else moment.text,
        }

    def _agent(self, moment, reader, story, step):
        if moment.agent is None:
            return moment.agent_word
        if story is None:
            return moment.agent.name
        return str(reader.person_label(moment.agent, story, step))


class StorySerializer(serializers.Serializer):
    """A story as you may read it."""

    ref = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(StoryKind.choices)
    state = serializers.CharField()
    teller = serializers.CharField()
    told_on = serializers.DateField()
    strength = serializers.CharField()
    framing_version = serializers.IntegerField(allow_null=True)
    moments = MomentSerializer(many=True)

    def to_representation(self, story):
        reader = self.context["reader"]
        told = story.told_on
        if not reader.as_told(story):
            told, _precision = known_to(told, Precision.DAY, reader.act_for(story))
        steps = list(story.steps.all())
        context = self.context | {
            "story": story,
            "steps": {step.moment_id: step for step in steps},
        }
        moments = MomentSerializer([step.moment for step in steps], many=True, context=context)
        return {
            "ref": story.ref,
            "title": reader.words(story.title, story),
            "kind": story.kind,
            "state": story.state,
            "teller": str(reader.person_label(story.teller, story)),
            "told_on": told.isoformat(),
            "strength": story.strength,
            "framing_version": story.framing_number,
            "moments": moments.data,
        }


class FlowSerializer(serializers.ModelSerializer):
    """What led to what."""

    source = serializers.CharField(source="source.ref")
    target = serializers.SerializerMethodField()
    due_on = serializers.SerializerMethodField()

    class Meta:
        model = Flow
        fields = ("source", "target", "kind", "status", "due_on", "reason", "stalled")

    def get_due_on(self, flow) -> dt.date | None:
        ends = {flow.source.ref, flow.target.ref if flow.target else ""}
        veiled = flow.due_on and not ends.isdisjoint(self.context["veiled"])
        return quarter_of(flow.due_on) if veiled else flow.due_on

    def get_target(self, flow) -> str | None:
        if flow.target:
            return flow.target.ref
        return f"FRAMING-{flow.framing_number}" if flow.framing_number else None


class WishedMoment(serializers.Serializer):
    """A moment to be told. Without a date it happened today; without an agent, it was you.

    Without a location it happened where its kind usually does: immediate, potential and orienting
    value in the space, strategic value with a stakeholder, the rest in practice.

    What happened needs its polarity, which nobody else can know; of a hope it is not asked.
    """

    cycle = serializers.ChoiceField(Cycle.choices)
    text = serializers.CharField(max_length=MAX_TEXT, validators=[plain_text])
    polarity = serializers.ChoiceField(Polarity.choices, required=False)
    status = serializers.ChoiceField(MomentStatus.choices, default=MomentStatus.ACTUAL)
    occurred_on = serializers.DateField(required=False)
    precision = serializers.ChoiceField(Precision.choices, default=Precision.DAY)
    due_on = serializers.DateField(required=False)
    location = serializers.ChoiceField(
        [choice for choice in Location.choices if choice[0] != Location.OTHER_SPACE],
        required=False,
    )
    subtype = serializers.ChoiceField(list(ALL_SUBTYPES), required=False)
    agent = serializers.CharField(required=False, max_length=40)

    def validate_agent(self, said):
        space = self.context["space"]
        if said in (GROUP, OTHER_GROUP):
            return said
        found = Membership.objects.in_space(space).called(said).first()
        if found is None:
            raise serializers.ValidationError(
                _("Nobody in this space has this id. Use one from people, or group.")
            )
        return found

    def validate(self, wish):
        if "polarity" not in wish and wish["status"] == MomentStatus.ACTUAL:
            said = _("Say how it turned out: positive, negative, mixed or nil.")
            raise serializers.ValidationError({"polarity": said})
        usual = {"polarity": Polarity.POSITIVE, "location": USUAL_PLACE[wish["cycle"]]}
        return usual | wish


class WishedStory(serializers.Serializer):
    """A story to be told, of one moment or many. Only its teller can read it at first."""

    title = serializers.CharField(
        max_length=200, required=False, allow_blank=True, validators=[plain_text]
    )
    kind = serializers.ChoiceField(StoryKind.choices, default=StoryKind.SPECIFIC)
    moments = WishedMoment(many=True, allow_empty=False, max_length=MOST_MOMENTS)

    def fields_of_moments(self, teller):
        """The moments as the action takes them."""
        today = teller.space.today
        return [moment_fields(dict(wish), teller, today) for wish in self.validated_data["moments"]]


def moment_fields(wish, teller, today) -> dict:
    """One wished moment as fields of a moment, with what was left unsaid."""
    agent = wish.pop("agent", teller)
    if isinstance(agent, str):
        wish |= {"agent": None, "agent_word": agent}
    else:
        wish |= {"agent": agent, "agent_word": ""}
    if wish["status"] == MomentStatus.ACTUAL and not wish.get("occurred_on"):
        wish["occurred_on"] = today
    return wish


class ReadMoment(InSpace):
    """Gives serializers the reader as whom they speak."""

    def get_serializer_context(self):
        context = super().get_serializer_context()
        if hasattr(self, "space"):
            context |= {"reader": Viewer(self.space, self.request.user), "space": self.space}
        return context


class Stories(ReadMoment, ListAPIView):
    """The stories you may read; tell one of your own."""

    serializer_class = StorySerializer
    listed_by = ("listed_on", "pk")

    def get_queryset(self):
        return Story.objects.for_reader(self.space, self.request.user).with_moments()

    @extend_schema(request=WishedStory, responses={201: StorySerializer}, parameters=[ONCE])
    def post(self, request, slug):
        require(request.user, Action.TELL_STORY, self.space)
        return idempotent_answer(request, lambda: self._tell(request))

    def _tell(self, request):
        context = self.get_serializer_context()
        wish = WishedStory(data=request.data, context=context)
        wish.is_valid(raise_exception=True)
        by = membership_in(self.space, request.user)
        story = actions.tell_story(
            self.space,
            by=by,
            moments=wish.fields_of_moments(by),
            title=wish.validated_data.get("title", ""),
            kind=wish.validated_data["kind"],
        )
        told = self.get_queryset().get(pk=story.pk)
        return Response(StorySerializer(told, context=context).data, status.HTTP_201_CREATED)


class OneStory(ReadMoment, RetrieveAPIView):
    """One story you may read."""

    serializer_class = StorySerializer

    def get_object(self):
        mine = Story.objects.for_reader(self.space, self.request.user)
        return self.found(mine.with_moments(), ref=self.kwargs["ref"])


class Moments(ReadMoment, ListAPIView):
    """The moments you may read, in stories or standing alone."""

    serializer_class = MomentSerializer

    def get_queryset(self):
        return Moment.objects.for_reader(self.space, self.request.user).with_stories()


class Flows(ReadMoment, ListAPIView):
    """The flows whose both ends you may read."""

    needs = Action.SEE_FLOWS
    serializer_class = FlowSerializer

    def paginate_queryset(self, queryset):
        """The flows of a page, and which of their ends must not be dated exactly."""
        flows = super().paginate_queryset(queryset)
        ends = {end for flow in flows for end in (flow.source_id, flow.target_id) if end}
        places = StoryStep.objects.in_space(self.space).of_moments(ends)
        self.veiled = set(places.nameless_to(self.request.user).refs())
        return flows

    def get_serializer_context(self):
        return super().get_serializer_context() | {"veiled": getattr(self, "veiled", set())}

    def get_queryset(self):
        mine = Flow.objects.for_reader(self.space, self.request.user)
        return mine.select_related("source", "target")
