"""Holds the house rules about what people see: templates, pages and the rows behind them."""

import ast
import re

import pytest
from django.db import models
from django.urls import get_resolver

from tests.test_house_rules import LADDER, code, files, our_models, place

PUBLIC = {  # the pages that are open to people who are not signed in
    "api:nothing",
    "home",
    "healthz",
    "readyz",
    "account_complete_password_reset",
    "account_confirm_login_code",
    "account_confirm_password_reset_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_password_reset_completed",
    "account_request_login_code",
    "account_reset_password",
    "account_signup",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
    "socialaccount_login_cancelled",
    "socialaccount_signup",
    "spaces:come_in",
    "spaces:redeem_invitation",
    "spaces:stop_mail",
    "valuecreation:agree_to_wording",
    "valuecreation:answer",
    "valuecreation:answered",
    "valuecreation:decline_wording",
    "valuecreation:deletion_done",
    "valuecreation:make_statement",
    "valuecreation:take_back_statement",
    "valuecreation:withdraw_by_paper",
}
NOT_READ_DIRECTLY = {  # rows that come along with another one, or that no page shows
    "FramingStep",
    "IdempotencyKey",
    "Mail",
    "Person",
    "SpaceLink",
    "StoryStep",
    "Tally",
}
INLINE = {
    "style": re.compile(r"<style\b|\sstyle\s*="),
    "handler": re.compile(r"\son[a-z]+\s*=\s*[\"']"),
    "script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "unescaped": re.compile(r"\|\s*safe\b|autoescape\s+off"),
}


@pytest.mark.parametrize("kind", INLINE)
def test_templates_hold_nothing_inline(kind):
    wrong = [
        f"{place(path)}:{number}"
        for path in files(".html", within=("templates", *LADDER))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if INLINE[kind].search(line)
    ]
    assert wrong == []


def patterns(resolver=None, namespace=""):
    """Every address of the site with its full name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)
        else:
            yield f"{namespace}{entry.name}", entry.callback


def test_only_these_pages_are_public():
    pages = [(name, view) for name, view in patterns() if not hasattr(view, "cls")]
    assert {name for name, view in pages if not getattr(view, "login_required", True)} == PUBLIC


def test_every_readable_model_says_who_may_read_it():
    wrong = [
        model.__name__
        for model in our_models()
        if model.__name__ not in NOT_READ_DIRECTLY
        and not hasattr(model._default_manager.all(), "for_user")
    ]
    assert wrong == []


def test_default_manager_hides_nothing():
    narrowed = [
        model.__name__
        for model in our_models()
        if model._default_manager.all().query.where
        or not isinstance(model._default_manager, models.Manager)
    ]
    assert narrowed == []


def test_pages_ask_for_rows_by_name():
    """Conditions live in QuerySet methods of the models; see rules 4 and 5."""
    doors = [*(f"{app}/views" for app in LADDER), "learningspaces/views"]
    wrong = [
        f"{place(path, node)} {node.attr}"
        for path, tree in code(*doors)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("filter", "exclude", "raw", "extra")
    ]
    assert wrong == []
