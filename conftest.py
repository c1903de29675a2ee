"""Read before anything else: tests run with a site's settings and a key of their own."""

import os

import django
from hypothesis import settings

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningspaces.settings")
django.setup()

# A slow machine is no fault of what is tested. Every run tries other examples, so a few each time
# come to many; ./dev test --hypothesis-profile=long tries thirty times as many at once.
settings.register_profile("house", deadline=None, max_examples=35)
settings.register_profile("long", deadline=None, max_examples=1000)
settings.load_profile("house")
