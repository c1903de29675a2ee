"""Stories, moments, flows and readings for programs, through the same queries and actions."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.response import Response

from learningspaces.lib.strict import StrictSerializer
from learningspaces.lib.text import MAX_TEXT, plain_text
from spaces.api import InSpace
from spaces.idempotency import idempotent_answer
from spaces.models import Membership
from spaces.permissions import Action
from spaces.presentation.days import first_day, precision_of, until_of
from spaces.shortcuts import membership_in, require
from spaces.todays import day_of
from valuecreation import actions
from valuecreation.cycles import (
    GROUP,
    KINDS_OF_MOMENTS,
    OTHER_GROUP,
    USUAL_PLACE,
    Location,
    MomentStatus,
    Polarity,
    Precision,
)
from valuecreation.fetching import note_read
from valuecreation.models import (
    BlockedReason,
    Flow,
    FlowKind,
    FlowStatus,
    Moment,
    Story,
    StoryKind,
    StoryStep,
)
from valuecreation.presentation.records import (
    PresentedMoment,
    present_flow,
    present_moment,
    present_story,
)
from valuecreation.presentation.terms import places_from

MOST_MOMENTS = 100  # in one call; each is checked and counted as on the pages

ONCE = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Sent twice with the same key, stored once.",
)


class MomentSerializer(serializers.Serializer):
    """A moment as you may read it: names and dates no finer than its teller agreed to."""

    id = serializers.CharField()
    ref = serializers.CharField()
    cycle = serializers.ChoiceField(KINDS_OF_MOMENTS)
    subtype = serializers.CharField()
    polarity = serializers.ChoiceField(Polarity.choices)
    status = serializers.ChoiceField(MomentStatus.choices)
    occurred_on = serializers.DateField(allow_null=True)
    precision = serializers.ChoiceField(Precision.choices)
    occurred_until = serializers.DateField(allow_null=True, help_text="Of several days, the last.")
    due_on = serializers.DateField(allow_null=True)
    location = serializers.CharField()
    agent = serializers.CharField()
    text = serializers.CharField()

    def to_representation(self, found: tuple[str, PresentedMoment]):
        """`found` is a moment's id with what may be known of it."""
        public_id, moment = found
        names = ("ref", "cycle", "subtype", "polarity", "agent", "text")
        return {name: getattr(moment, name) for name in names} | {
            "id": public_id,
            "status": MomentStatus.HOPED if moment.hoped else MomentStatus.ACTUAL,
            "occurred_on": date_of(moment.when),
            "precision": precision_of(moment.when) if moment.when else Precision.DAY,
            "occurred_until": until_of(moment.when),
            "due_on": date_of(moment.due),
            "location": moment.place,
        }


def date_of(text: str) -> str | None:
    """The first day of what may be known of a day; null where there is none."""
    return first_day(text).isoformat() if text else None


class StorySerializer(serializers.Serializer):
    """A story as you may read it; its address ends with its id."""

    id = serializers.CharField()
    ref = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(StoryKind.choices)
    state = serializers.CharField()
    teller = serializers.CharField()
    told_on = serializers.DateField()
    strength = serializers.CharField()
    framing_version = serializers.IntegerField(allow_null=True)
    ai = serializers.BooleanField(help_text="Whether artificial intelligence may read it.")
    moments = MomentSerializer(many=True)

    def to_representation(self, story):
        viewer = self.context["viewer"]
        shown = present_story(viewer, story)
        moments = [
            (step.moment.public_id, present_moment(viewer, step.moment, places_from(story, step)))
            for step in story.steps.all()
        ]
        names = ("ref", "title", "kind", "strength", "framing_version", "ai")
        return {name: getattr(shown, name) for name in names} | {
            "id": story.public_id,
            "state": story.state,
            "teller": shown.teller.label,
            "told_on": date_of(shown.told),
            "moments": MomentSerializer(moments, many=True).data,
        }


class MomentOfStories(MomentSerializer):
    """A moment with the stories it stands in, fetched along."""

    def to_representation(self, moment):
        shown = present_moment(self.context["viewer"], moment)
        return super().to_representation((moment.public_id, shown))


class FlowSerializer(serializers.Serializer):
    """What led to what."""

    id = serializers.CharField()
    source = serializers.CharField()
    target = serializers.CharField(allow_null=True)
    kind = serializers.ChoiceField(FlowKind.choices)
    status = serializers.ChoiceField(FlowStatus.choices)
    due_on = serializers.DateField(allow_null=True)
    reason = serializers.ChoiceField(BlockedReason.choices, allow_blank=True)
    stalled = serializers.BooleanField()

    def to_representation(self, flow):
        places = self.context["places"]
        ends = [*places[flow.source_id], *places[flow.target_id]]
        shown = present_flow(self.context["viewer"], flow, ends)
        framing = f"FRAMING-{shown.framing_version}" if shown.framing_version else None
        names = ("source", "kind", "status", "reason", "stalled")
        return {name: getattr(shown, name) for name in names} | {
            "id": flow.public_id,
            "target": shown.target or framing,
            "due_on": date_of(shown.due),
        }


class WishedMoment(StrictSerializer):
    """A moment to be told. Without a date it happened today; without an agent, it was you.

    Without a location it happened where its kind usually does: immediate, potential and orienting
    value in the space, strategic value with a stakeholder, the rest in practice.

    What happened needs its polarity, which nobody else can know; of a hope it is not asked.
    """

    cycle = serializers.ChoiceField(KINDS_OF_MOMENTS)
    text = serializers.CharField(max_length=MAX_TEXT, validators=[plain_text])
    polarity = serializers.ChoiceField(Polarity.choices, required=False)
    status = serializers.ChoiceField(MomentStatus.choices, default=MomentStatus.ACTUAL)
    occurred_on = serializers.DateField(required=False)
    precision = serializers.ChoiceField(Precision.choices, default=Precision.DAY)
    occurred_until = serializers.DateField(required=False)
    due_on = serializers.DateField(required=False)
    location = serializers.ChoiceField(
        [choice for choice in Location.choices if choice[0] != Location.OTHER_SPACE],
        required=False,
    )
    subtype = serializers.CharField(max_length=30, required=False)
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


class WishedStory(StrictSerializer):
    """A story to be told, of one moment or many. Only its teller can read it at first."""

    title = serializers.CharField(
        max_length=200, required=False, allow_blank=True, validators=[plain_text]
    )
    kind = serializers.ChoiceField(StoryKind.choices, default=StoryKind.SPECIFIC)
    told_on = serializers.DateField(required=False, help_text="Today, unless it was told before.")
    moments = WishedMoment(many=True, allow_empty=False, max_length=MOST_MOMENTS)

    def fields_of_moments(self, teller):
        """The moments as the action takes them."""
        today = day_of(teller)
        return [moment_fields(dict(wish), teller, today) for wish in self.validated_data["moments"]]


def moment_fields(wish, teller, today) -> dict:
    """One wished moment as fields of a moment, with what was left unsaid."""
    agent = wish.pop("agent", teller)
    if isinstance(agent, str):
        wish |= {"agent": None, "agent_word": agent}
    else:
        wish |= {"agent": agent, "agent_word": ""}
    dated = wish.get("occurred_on") or wish["precision"] == Precision.UNKNOWN
    if wish["status"] == MomentStatus.ACTUAL and not dated:
        wish["occurred_on"] = today
    return wish


class Stories(InSpace, ListAPIView):
    """The stories you may read; tell one of your own."""

    serializer_class = StorySerializer
    listed_by = ("listed_on", "public_id")

    def get_queryset(self):
        return Story.objects.for_reader(self.space, self.request.user).with_moments()

    def paginate_queryset(self, queryset):
        """A page of stories; it is written down that a program was given them."""
        stories = super().paginate_queryset(queryset)
        if self.key and stories:
            note_read(self.key, self.space, [story.pk for story in stories])
        return stories

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
            told_on=wish.validated_data.get("told_on"),
        )
        told = self.get_queryset().get(pk=story.pk)
        return Response(StorySerializer(told, context=context).data, status.HTTP_201_CREATED)


class OneStory(InSpace, RetrieveAPIView):
    """One story you may read."""

    serializer_class = StorySerializer

    def get_object(self):
        mine = Story.objects.for_reader(self.space, self.request.user)
        story = self.found(mine.with_moments(), public_id=self.kwargs["public_id"])
        if self.key:
            note_read(self.key, self.space, [story.pk])
        return story


class Moments(InSpace, ListAPIView):
    """The moments you may read, in stories or standing alone."""

    serializer_class = MomentOfStories
    listed_by = ("public_id",)

    def get_queryset(self):
        return Moment.objects.for_reader(self.space, self.request.user).with_stories()

    def paginate_queryset(self, queryset):
        """A page of moments; it is written down whose stories a program was given with them."""
        moments = super().paginate_queryset(queryset)
        stories = [step.story_id for moment in moments or () for step in moment.steps.all()]
        if self.key and stories:
            note_read(self.key, self.space, stories)
        return moments


class Flows(InSpace, ListAPIView):
    """The flows whose both ends you may read."""

    needs = Action.SEE_FLOWS
    serializer_class = FlowSerializer
    listed_by = ("public_id",)

    def paginate_queryset(self, queryset):
        """A page of flows; the stories of all their ends are fetched at once."""
        self.flows = super().paginate_queryset(queryset)
        return self.flows

    def get_serializer_context(self):
        context = super().get_serializer_context()
        ends = {end for flow in getattr(self, "flows", ()) for end in flow_ends(flow)}
        context["places"] = defaultdict(list)
        for step in StoryStep.objects.of_moments(ends).with_stories() if ends else ():
            context["places"][step.moment_id].append((step.story, step))
        return context

    def get_queryset(self):
        mine = Flow.objects.for_reader(self.space, self.request.user)
        return mine.told_openly(self.request.user).select_related("source", "target", "asked_by")


def flow_ends(flow) -> list[int]:
    """The moments at both ends of a flow, or at its only one."""
    return [flow.source_id, *([flow.target_id] if flow.target_id else [])]
