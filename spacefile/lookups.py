"""What the checks look up: who and what a space file names, and what its records are called."""

from dataclasses import dataclass, field
from datetime import date

from spacefile.faults import Faults
from spacefile.labels import flow_label, label
from spacefile.records import Record, keys_of
from spacefile.schema import SpaceFile
from valuecreation.rules.moments import GROUPS, CheckedMoment


@dataclass(slots=True)
class RecordPlace:
    """A record in its place; what it is called is worked out only if something is wrong."""

    kind: str
    thing: Record
    number: int
    above: "RecordPlace | None" = None
    called: str = ""

    @property
    def label(self) -> str:
        """What the record is called in a sentence."""
        if self.called:
            return self.called
        if self.kind == "flows":
            return flow_label(self.thing, self.number)
        return label(self.kind, self.thing, self.number, self.above.label if self.above else "")

    def renamed(self, called: str) -> "RecordPlace":
        """The same record under another name, such as one of its observations."""
        return RecordPlace(self.kind, self.thing, self.number, self.above, called)

    def value(self, key: str):
        """What the record holds under a key of the file, None where it has no such key."""
        spec = keys_of(type(self.thing)).get(key)
        return getattr(self.thing, spec.attribute) if spec else None

    def spots(self, kind: str) -> list["RecordPlace"]:
        """The records it holds under a key."""
        held = getattr(self.thing, kind)
        if isinstance(held, Record):
            return [RecordPlace(kind, held, 0, self)]
        return [
            RecordPlace(kind, thing, number, self)
            for number, thing in enumerate(held or (), start=1)
        ]


@dataclass
class Lookups:
    """The file under examination, its faults, and everything in it by id.

    Of two records with one id the first counts.
    """

    document: SpaceFile
    faults: Faults
    people: set[str] = field(default_factory=set)
    members: dict = field(default_factory=dict)
    other_spaces: set[str] = field(default_factory=set)
    versions: dict[int, date | None] = field(default_factory=dict)
    aspirations: dict[str, str | None] = field(default_factory=dict)
    indicators: set[str] = field(default_factory=set)
    named: dict = field(default_factory=dict)  # stories and steps by the names of the steps

    def __post_init__(self):
        document = self.document
        everybody = (*document.participants, *document.outside)
        self.people = {person.id for person in everybody if person.id}
        for person in document.participants:
            self.members.setdefault(person.id, person)
        self.other_spaces = {other.slug for other in document.other_spaces if other.slug}
        self.indicators = {entry.id for entry in document.indicators if entry.id}
        for version in document.framing:
            if version.number is not None:
                self.versions.setdefault(version.number, version.agreed_on)
            for hope in version.worded:
                self.aspirations.setdefault(hope.lineage, hope.cycle)
        self.moments: dict[str, CheckedMoment] = {}
        for story in document.stories:
            for step in story.steps:
                name = step.name_in(story)
                if name not in self.named:
                    self.named[name] = story, step
                    self.moments[name] = self.facts(story, step)

    @property
    def as_of(self) -> date:
        """The day of the file; one without it is examined as if it had no end."""
        return self.document.as_of or date.max

    def spots(self, kind: str) -> list[RecordPlace]:
        """The records of the file under one of its keys."""
        return [
            RecordPlace(kind, one, at)
            for at, one in enumerate(getattr(self.document, kind), start=1)
        ]

    def facts(self, story, step) -> CheckedMoment:
        """What the rules ask of a step."""
        agent = self.members.get(step.agent)
        return CheckedMoment(
            name=step.name_in(story),
            cycle=step.cycle,
            subtype=step.subtype or "",
            status=step.status,
            occurred_on=step.date,
            precision=step.date_precision,
            occurred_until=step.date_until,
            told_on=story.followed_up_on or story.told_on,
            due_on=step.due,
            was_hoped=step.was_hoped,
            location=step.loc,
            other_space=step.other_space or "",
            agent_word=step.agent if step.agent in GROUPS else "",
            agent_name=agent.name or "" if agent else "",
            agent_joined=agent.joined if agent else None,
            text=step.text,
        )

    def fault(self, spot: RecordPlace, key: str, value, problem: str, mend: str) -> None:
        """Note that a rule is broken at a key of a record."""
        self.faults.add_rule(spot.label, key, value, problem, mend)
