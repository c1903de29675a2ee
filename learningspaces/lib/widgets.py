"""Form fields' widgets that write themselves, for pages that are opened often."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe


class QuickSelect(forms.Select):
    """A select written in one go; Django's own renders a template for each of its options.

    One template for all of them cost a third of the list of stories: measured, and not taken.
    """

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        chosen = set(self.format_value(value))
        given = self.build_attrs(self.attrs, attrs) | {"name": name}
        if given.get("required") and not self.use_required_attribute(value):
            del given["required"]
        options = "".join(self.written(choice, chosen) for choice in self.choices)
        return format_html("<select{}>{}</select>", flatatt(given), mark_safe(options))

    def written(self, choice, chosen: set[str]) -> str:
        """An option, or a group of them with its label; every word is escaped."""
        value, label = choice
        if isinstance(label, list | tuple):
            inner = "".join(self.written(each, chosen) for each in label)
            return f'<optgroup label="{conditional_escape(value)}">{inner}</optgroup>'
        value = "" if value is None else str(value)
        mark = " selected" if value in chosen else ""
        words = conditional_escape(label)
        return f'<option value="{conditional_escape(value)}"{mark}>{words}</option>'
