"""Read before anything else: tests run with a site's settings and a key of their own."""

import os

import django

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningspaces.settings")
django.setup()
