"""The eight by eight table of flows, narrowed to some of them; each number opens what it counts."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from framing.models import Aspiration, FramingVersion, MomentAspiration
from learningspaces.lib.periods import period_days
from learningspaces.lib.widgets import QuickSelect
from spaces.models import Membership
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import SUBTYPES, Cycle
from valuecreation.first_days import first_day_known
from valuecreation.forms.stories import ANY, seasons
from valuecreation.models import Flow, Moment
from valuecreation.presentation.flow_picture import MatrixCell, MatrixLine, labels, level
from valuecreation.presentation.lists import AudienceScope

WORDS = 14  # of a hope, in a list to choose from
MINE = "mine"


class FlowMatrixForm(forms.Form):
    """Which flows to look at; what it does not understand it leaves alone.

    A practice is offered where so many people share it that it stands for nobody, and nothing that
    a nameless teller tells is found by a practice, a hope or a person.
    """

    season = forms.ChoiceField(label=_("Arrived in"), required=False, widget=QuickSelect)
    practice = forms.ChoiceField(label=_("Practice"), required=False, widget=QuickSelect)
    whose = forms.ChoiceField(
        label=_("Whose"),
        choices=[("", _("everybody's")), (MINE, _("my own"))],
        required=False,
        widget=QuickSelect,
    )
    hope = forms.ChoiceField(label=_("Speaks to the hope"), required=False, widget=QuickSelect)
    kind = forms.ChoiceField(
        label=_("Kind of value"), choices=[ANY, *Cycle.choices], required=False, widget=QuickSelect
    )
    subtype = forms.ChoiceField(label=_("Finer kind"), required=False, widget=QuickSelect)

    def __init__(self, *args, viewer: Viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.viewer, self.space = viewer, viewer.space
        days = first_day_known(self.space, viewer.person), self.space.today
        self.fields["season"].choices = [ANY, *seasons(*days)]
        self.fields["practice"].choices = [ANY, *practices(self.space)]
        self.fields["hope"].choices = [ANY, *hopes(viewer)]
        kinds = [(Cycle(c).label, list(kinds.items())) for c, kinds in SUBTYPES.items()]
        self.fields["subtype"].choices = [ANY, *kinds]
        self.full_clean()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The same choice as part of an address."""
        return urlencode(self.chosen)

    def narrow(self, flows):
        """The flows of which one end is as chosen."""
        chosen = self.chosen
        if season := chosen.get("season"):
            flows = flows.arriving_between(*period_days(season))
        if kind := chosen.get("kind"):
            flows = flows.with_an_end(cycle=kind)
        if subtype := chosen.get("subtype"):
            flows = flows.with_an_end(subtype=subtype)
        if chosen.get("practice"):
            doing = Membership.objects.in_space(self.space).doing(chosen["practice"])
            flows = flows.named_openly().with_an_end(agent__in=doing)
        if chosen.get("whose") == MINE:
            mine = Moment.objects.in_space(self.space).done_or_told_by(self.viewer.person)
            flows = flows.told_openly(self.viewer.person).with_an_end_among(mine)
        if chosen.get("hope"):
            tied = MomentAspiration.objects.in_space(self.space).speaking_to(chosen["hope"])
            flows = flows.named_openly().with_an_end_among(
                Moment.objects.filter(Exists(tied.filter(moment=OuterRef("pk"))))
            )
        return flows


def practices(space) -> list[tuple[str, str]]:
    """The practices that enough people share for nobody to be meant."""
    members = Membership.objects.in_space(space).inside()
    named = members.exclude(practice="").order_by().values_list("practice", flat=True)
    shared = Counter(practice.strip().casefold() for practice in named)
    words = {practice.strip().casefold(): practice.strip() for practice in sorted(named)}
    enough = (words[key] for key, people in shared.items() if people >= space.min_group_size)
    return [(practice, practice) for practice in sorted(enough)]


def hopes(viewer: Viewer) -> list[tuple[str, str]]:
    """The hopes of the framing in force, as the viewer reads them."""
    version = FramingVersion.objects.in_space(viewer.space).current_on(viewer.space.today)
    if version is None:
        return []
    rows = Aspiration.objects.for_user(viewer.person).in_version(version).order_by("pk")
    return [(row.key, Truncator(viewer.typed(row.text)).words(WORDS)) for row in rows]


@dataclass(frozen=True)
class FlowMatrix:
    """The table for one viewer, with the address behind each number."""

    rows: list[MatrixLine]
    columns: list[str]
    total: int
    beside: int

    @classmethod
    def build(cls, seen: AudienceScope, form: FlowMatrixForm) -> "FlowMatrix":
        """Only flows that the audience sees go in."""
        counted = counted_pairs(seen, form)
        base = reverse("flow_matrix", args=[seen.space.slug])
        query = f"?{form.query}" if form.query else ""
        names, most = labels(), max(counted.values(), default=0)

        def cell(origin: str, goal: str) -> MatrixCell:
            count = counted.get((origin, goal), 0)
            href = f"{base}{origin}/{goal}/{query}" if count else ""
            return MatrixCell(count, level(count, most), href)

        rows = [
            MatrixLine(
                cycle=origin,
                label=names[origin],
                moments=0,
                cells=[cell(origin, goal) for goal in Cycle.values],
                total=sum(counted.get((origin, goal), 0) for goal in Cycle.values),
            )
            for origin in Cycle.values
        ]
        within = sum(row.total for row in rows)
        return cls(rows, list(names.values()), within, sum(counted.values()) - within)


def counted_pairs(seen: AudienceScope, form: FlowMatrixForm) -> dict[tuple[str, str], int]:
    """How many flows that happened went from which cycle to which."""
    return form.narrow(flows_counted(seen)).by_cycles()


def flows_counted(seen: AudienceScope):
    """The flows between two moments that happened, as the flow picture counts them."""
    found = Flow.objects.for_audience(seen.audience, seen.on, space=seen.space)
    return found.happened().between_moments().exclude_reframing()


def flows_of_cell(seen: AudienceScope, form: FlowMatrixForm, origin: str, goal: str):
    """The flows that one number counts."""
    joined = Q(source__cycle=origin, target__cycle=goal)
    return form.narrow(flows_counted(seen)).filter(joined)
