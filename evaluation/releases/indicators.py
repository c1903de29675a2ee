"""The indicators of a release: those in use, with the periods that had begun by its last day."""

import datetime as dt
from dataclasses import replace

from evaluation.models import Indicator, Release
from evaluation.presentation.indicators import IndicatorFigures, figures_of, present_indicator
from evaluation.presentation.records import PresentedIndicator
from evaluation.releases.viewer import ReleaseViewer


def shown_figures(release: Release, last: dt.date) -> list[IndicatorFigures]:
    """Every indicator in use with the periods that had begun by the last day."""
    indicators = Indicator.objects.in_space(release.space).in_use().with_observations()
    smallest = release.space.min_group_size
    return [
        figures_of(one, smallest, release.as_of, last=last) for one in indicators.in_file_order()
    ]


def release_indicators(
    figures: list[IndicatorFigures], viewer: ReleaseViewer, keys: set[str]
) -> tuple[PresentedIndicator, ...]:
    """The indicators as a release holds them; `keys` are the aspirations it knows."""
    presented = (present_indicator(viewer, one) for one in figures)
    return tuple(
        one if one.aspiration in keys else replace(one, aspiration="") for one in presented
    )
