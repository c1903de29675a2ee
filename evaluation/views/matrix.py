from django.views.decorators.http import require_safe

from evaluation.forms.seasons import season_chosen, season_form
from evaluation.matrix import ValueMatrix
from evaluation.next_steps import NextSteps
from evaluation.presentation.matrix_page import matrix_page, whole_marks
from learningspaces.lib.htmx import render_part
from spaces.permissions import Action
from spaces.shortcuts import space_for
from valuecreation.population import told_words


@require_safe
def matrix(request, slug):
    """What we hoped for, measured and were told, cycle by cycle, and where the picture is thin."""
    space = space_for(request.user, slug, Action.SEE_EVALUATION)
    form = season_form(space, request.GET, reader=request.user)
    steps = NextSteps(space, request.user)
    built = ValueMatrix.build(space, reader=request.user, season=season_chosen(form))
    context = {
        "space": space,
        "tab": "evaluation",
        "here": "matrix",
        "form": form,
        "steps": steps,
        "scope": built.scope,
        "version": built.version and (built.version.number, built.version.agreed_on),
        "rows": matrix_page(built, steps),
        "not_placed": told_words(built.not_placed),
        "whole": whole_marks(built, steps),
    }
    return render_part(
        request, page="evaluation/matrix.html", part="evaluation/_matrix.html", context=context
    )
