"""How many random examples a test tries: some at every run, many when somebody asks for them."""

from hypothesis import settings


def scaled(usual: int) -> int:
    """As many of the usual examples as the profile wants, in hundredths; see conftest.py."""
    return max(5, usual * settings.default.max_examples // 100)
