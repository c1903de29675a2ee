from allauth.account.forms import SignupForm
from django.contrib.auth.hashers import make_password


class SignUpForm(SignupForm):
    """Makes an account, and takes as long where there is one already."""

    def try_save(self, request):
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1"))  # as for a new account, and not kept
        return super().try_save(request)
