"""What it costs to save a story: by a form, by the action, and as bare rows."""

import itertools

from django.db import transaction

from benchmarks.app import (
    ONCE,
    Flow,
    IdempotencyKey,
    LoopsDue,
    Membership,
    Moment,
    Story,
    StoryStep,
    address_of,
    new_idempotency_key,
    tell_story,
)
from benchmarks.measuring import Cost, cost_of, in_turns
from benchmarks.telling import SENTENCE
from benchmarks.visiting import Visit, answered

ROUNDS = 15
CYCLES = ("immediate", "potential", "applied", "realized")
PLACES = ("in_space", "in_space", "in_practice", "in_practice")


class Saving:
    """Ways to tell a story of a few moments that only its teller can read yet."""

    def __init__(self, visit: Visit):
        self.visit, self.space = visit, visit.space
        self.member = Membership.objects.get(space=self.space, person=visit.person)
        self.number = 0

    def __enter__(self):
        self.last = {
            model: model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            for model in (Flow, StoryStep, Moment, Story, LoopsDue, IdempotencyKey)
        }
        return self

    def __exit__(self, *_exception):
        """Take away what measuring has told; nobody else could read it, so nothing counted it."""
        for model, last in self.last.items():
            model.objects.filter(pk__gt=last).delete()

    def post(self, page: str, ref: str = "", **typed) -> tuple[Cost, str]:
        """Send a form; what that cost, and where it led."""
        address = address_of(page, self.space, ref)
        sent = {
            "status": "actual",
            "polarity": "positive",
            "text": SENTENCE,
            ONCE: new_idempotency_key(),
        }
        answers: list = []
        cost = cost_of(lambda: answers.append(self.visit.client.post(address, sent | typed)))
        return cost, answered(answers[0], address, 302)["Location"]

    def one_by_form(self) -> Cost:
        """A story of one moment, as the form sends it."""
        cost, _place = self.post("tell_story", cycle="applied")
        return cost

    def four_by_forms(self) -> Cost:
        """Four moments, a form each, every one grown from the one before."""
        whole, _place = self.post("tell_story", cycle=CYCLES[0])
        ref = Story.objects.in_space(self.space).latest("pk").ref
        for cycle in CYCLES[1:]:
            follows = Moment.objects.in_space(self.space).latest("pk").public_id
            cost, _place = self.post("and_then", ref, cycle=cycle, follows=follows)
            whole = whole.and_also(cost)
        return whole

    def moments(self) -> list[dict]:
        common = {"polarity": "positive", "occurred_on": self.space.today, "text": SENTENCE}
        people = {"agent": self.member, "for_whom": self.member}
        ends = zip(CYCLES, PLACES, strict=True)
        return [common | people | {"cycle": cycle, "location": place} for cycle, place in ends]

    def four_by_action(self) -> Cost:
        """The same four in one call."""
        told = {"by": self.member, "title": "Measured", "finished": True}
        return cost_of(lambda: tell_story(self.space, moments=self.moments(), **told))

    def four_as_rows(self) -> Cost:
        """The same rows, as the ORM inserts them in bulk."""
        self.number += 1
        return cost_of(self.insert)

    @transaction.atomic
    def insert(self) -> None:
        ref, today = f"X{self.number}", self.space.today
        common = {"space": self.space, "told_on": today}
        about = {"title": "Measured", "teller": self.member, "listed_on": today}
        story = Story.objects.create(ref=ref, state="with_teller", **common, **about)
        moments = Moment.objects.bulk_create(
            Moment(ref=f"{ref}.{place}", recorded_by=self.member, **common, **fields)
            for place, fields in enumerate(self.moments(), start=1)
        )
        StoryStep.objects.bulk_create(
            StoryStep(story=story, moment=moment, order=place)
            for place, moment in enumerate(moments, start=1)
        )
        Flow.objects.bulk_create(
            Flow(space=self.space, source=source, target=target, claimed_by=self.member)
            for source, target in itertools.pairwise(moments)
        )


def saving_four(visit: Visit) -> dict:
    """Both ways of saving four moments, as multiples of the bare rows, taken in turns."""
    with Saving(visit) as saving:
        calls = {
            "rows": saving.four_as_rows,
            "save_four_moments": saving.four_by_action,
            "save_four_by_forms": saving.four_by_forms,
        }
        cost = in_turns(calls, ROUNDS)
    rows = cost.pop("rows").whole
    said = "times the ORM's bulk insert of the same rows ({:.1f} and {:.1f} ms CPU)"
    return {
        name: (one.whole / rows, said.format(one.whole * 1000, rows * 1000))
        for name, one in cost.items()
    }
