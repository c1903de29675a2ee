"""Read before anything else: tests run with a site's settings and a key of their own."""

import os

import django
from hypothesis import settings

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningspaces.settings")
django.setup()

# A slow machine is no fault of what is tested.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
