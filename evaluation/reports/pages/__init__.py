"""What stands on each page of the printed report, in words and in order, ready to be laid out.

Everything is plain text, numbers and drawings; the template adds the looks and nothing else.
"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evaluation.presentation.records import ReleaseContents
from evaluation.reports import pictures, words
from evaluation.reports.pages import contribution, effect, front, method, stories


def report(release: ReleaseContents) -> dict:
    """Every page of the report, in the language that is active."""
    language, _sep, region = (get_language() or "en").partition("-")
    return {
        "lang": language if len(language) in (2, 3) else "en",
        "region": region.upper() if len(region) == 2 else None,
        "title": words.shorten(release.title, 200),
        "author": words.shorten(release.space, 200),
        "footer": {
            "left": words.shorten(f"{release.space}, {words.period(release.period)}", 80),
            "middle": _("Dataset %(number)s") % {"number": words.shorten(release.number, 40)},
        },
        "picture": pictures.flow_svg(release),
        "cover": front.cover(release),
        "one_page": front.one_page(release),
        "frame": front.frame(release),
        "value": effect.value(release),
        "matrix": effect.matrix(release),
        "series": effect.series(release),
        "loops": contribution.loops(release),
        "stories": stories.stories(release),
        "claims": contribution.claims(release),
        "reservations": method.reservations(release),
        "method": method.method(release),
    }
