from django import forms
from django.utils.translation import gettext_lazy as _

from spaces.forms.members import Among, MemberField, Offered
from spaces.leaders import voters


class ProposeForm(forms.Form):
    """Whom somebody proposes to convene the space."""

    member = MemberField(label=_("Whom do you propose? It may be you."))

    def __init__(self, *args, space, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].offer(Offered(voters(space), space=space, among=Among.INSIDE))
