from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.dates import today_in
from learningspaces.lib.text import initials, plain_text


class PersonManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """Somebody with an account. What they are in a space is said by their memberships."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120, validators=[plain_text])
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    shortcut_keys = models.BooleanField(_("keys for quick ways"), default=True)
    is_active = models.BooleanField(default=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self):
        return self.name or self.email

    def has_usable_password(self):
        return bool(self.password) and super().has_usable_password()

    @property
    def today(self):
        """The day it is for them, wherever the spaces are that they look at."""
        return today_in(self.time_zone)

    @property
    def initials(self):
        return initials(self.name or self.email)


def display_name(person) -> str:
    """How allauth's pages and mails address a person."""
    return person.name or person.email
