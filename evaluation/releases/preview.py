"""What would go into a release, shown before it is frozen to those who may freeze it."""

from dataclasses import dataclass

from evaluation import releases
from evaluation.models import Release
from evaluation.presentation.records import OnePage, ReleaseCounts
from evaluation.releases.terms import check_terms, release_label
from spaces.models import Space
from valuecreation.presentation.records import PresentedStory


@dataclass(frozen=True)
class SuppressedFigures:
    """An indicator of which figures are hidden, and how many."""

    name: str
    count: int


@dataclass(frozen=True)
class ReleasePreview:
    """What goes in as its readers would see it; of what stays out, the number and nothing else."""

    counts: ReleaseCounts
    one_page: OnePage
    stories: list[PresentedStory]  # the first of them
    quoted: int
    kept_back: int
    hidden: list[SuppressedFigures]
    replaced: list[str]
    withheld_claims: int

    @property
    def more(self) -> int:
        return self.counts.stories - len(self.stories)


def preview_of(space: Space, terms: dict) -> ReleasePreview:
    """Builds the release without keeping it."""
    asked = (terms["period_start"], terms["period_end"], terms["audience"], terms["purpose"])
    check_terms(space, *asked)
    label = release_label(space.name, terms["period_end"].year, 0)
    release = Release(space=space, label=label, as_of=space.today, number=0, **terms)
    draft = releases.draft(release)
    return ReleasePreview(
        counts=draft.fields["counts"],
        one_page=draft.fields["one_page"],
        stories=draft.first_stories,
        quoted=sum(one["quoted"] for one in draft.agreements),
        kept_back=draft.kept_back,
        hidden=[SuppressedFigures(one.indicator.name, one.suppressed) for one in draft.suppressed],
        replaced=sorted(draft.replaced),
        withheld_claims=draft.withheld_claims,
    )
