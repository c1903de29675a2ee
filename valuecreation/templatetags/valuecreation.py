from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()
HOPED = mark_safe(' class="hoped"')


@register.simple_tag
def trail(marks):
    """The cycles a story goes through, hoped ones dashed; written at once, for long lists."""
    hoped = _("hoped for")
    after = format_html(' <span class="visually-hidden">({})</span>', hoped)
    steps = format_html_join(
        "",
        '<li data-cycle="{}"{}>{}{}</li>',
        (
            (mark.cycle, HOPED, mark.heading, after)
            if mark.waiting
            else (mark.cycle, "", mark.heading, "")
            for mark in marks
        ),
    )
    return format_html('<ol class="trail" aria-label="{}">{}</ol>', _("Its cycles"), steps)
