from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()
HOPED = mark_safe(' class="hoped"')


@register.simple_tag
def trail(marks):
    """The cycles a story goes through, hoped ones dashed; written at once, for long lists."""
    return _written(marks, get_language())


@lru_cache(maxsize=4096)
def _written(marks, _language):
    after = format_html(' <span class="visually-hidden">({})</span>', _("hoped for"))
    steps = format_html_join(
        "",
        '<li data-cycle="{}"{}>{}{}</li>',
        (
            (cycle, HOPED if hoped else "", heading, after if hoped else "")
            for cycle, heading, hoped in marks
        ),
    )
    return format_html(
        '<ol class="trail" aria-label="{}">{}</ol>', _("The cycles it goes through"), steps
    )
