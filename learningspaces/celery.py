"""The Celery application and its one timetable.

Every entry asks "what is due?", so it can be skipped or run twice without harm.
"""

import os

from celery import Celery, signals
from celery.schedules import crontab
from django.conf import settings
from django.utils.log import configure_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningspaces.settings")

app = Celery("learningspaces", task_cls="learningspaces.enqueueing:OnCommitTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)

app.conf.beat_schedule = {
    "send mails that wait": {
        "task": "spaces.tasks.send_waiting_mails",
        "schedule": crontab(minute="*"),
    },
    "draw pictures anew that wait": {
        "task": "spaces.tasks.make_uploads_ready",
        "schedule": crontab(minute="*/5"),
    },
    "forget files that belong to nothing": {
        "task": "spaces.tasks.forget_lost_files",
        "schedule": crontab(minute=55, hour=3),
    },
    "write mails about what waits for people": {
        "task": "spaces.tasks.mail_notices",
        "schedule": crontab(minute="*"),
    },
    "write summaries that are due": {
        "task": "learningspaces.tasks.send_digests",
        "schedule": crontab(minute="*/15"),
    },
    "send invitations that wait": {
        "task": "spaces.tasks.send_waiting_invitations",
        "schedule": crontab(minute="*/5"),
    },
    "send questions that wait": {
        "task": "valuecreation.tasks.send_waiting_follow_ups",
        "schedule": crontab(minute="*/5"),
    },
    "forget how it stood before answers": {
        "task": "valuecreation.tasks.forget_how_it_stood",
        "schedule": crontab(minute="*/5"),
    },
    "send questions to others about a story that wait": {
        "task": "valuecreation.tasks.send_waiting_statement_requests",
        "schedule": crontab(minute="*/5"),
    },
    "note what has fallen still": {
        "task": "valuecreation.tasks.note_what_is_still",
        "schedule": crontab(minute=5),
    },
    "send requests to delete that wait": {
        "task": "valuecreation.tasks.send_waiting_requests",
        "schedule": crontab(minute="*/5"),
    },
    "forget questions to others that nobody answered": {
        "task": "valuecreation.tasks.forget_unanswered_questions",
        "schedule": crontab(minute=55, hour=3),
    },
    "forget old drafts": {
        "task": "valuecreation.tasks.forget_old_drafts",
        "schedule": crontab(minute=45, hour=3),
    },
    "fold summaries": {
        "task": "valuecreation.tasks.fold_tallies",
        "schedule": crontab(minute="*"),
    },
    "check summaries against a recount": {
        "task": "valuecreation.tasks.check_tallies",
        "schedule": crontab(minute=20, hour=2),
    },
    "read loops that changed": {
        "task": "valuecreation.tasks.read_changed_loops",
        "schedule": crontab(minute="*"),
    },
    "write what changed stories are found by": {
        "task": "valuecreation.tasks.write_all_searched",
        "schedule": crontab(minute="*"),
    },
    "look for stories that cannot be found": {
        "task": "valuecreation.tasks.note_never_searched",
        "schedule": crontab(minute=30, hour=2),
    },
    "pick up releases and reports left behind": {
        "task": "evaluation.tasks.pick_up_work",
        "schedule": crontab(minute="*/2"),
    },
    "forget copies of people's data": {
        "task": "evaluation.tasks.forget_old_copies",
        "schedule": crontab(minute=50, hour=3),
    },
    "take erased words out of releases and reports": {
        "task": "evaluation.tasks.work_off_erasures",
        "schedule": crontab(minute="*"),
    },
    "pick up imports left behind": {
        "task": "spacefile.tasks.pick_up_imports",
        "schedule": crontab(minute="*/2"),
    },
    "forget sessions and limits that ended": {
        "task": "spaces.tasks.forget_what_ended",
        "schedule": crontab(minute=50, hour=3),
    },
    "settle who convenes where nobody leads": {
        "task": "spaces.tasks.settle_leader_choices",
        "schedule": crontab(minute=15),
    },
    "forget used keys": {
        "task": "spaces.tasks.forget_old_keys",
        "schedule": crontab(minute=40, hour=3),
    },
}


@signals.setup_logging.connect
def log_like_the_site(**given):
    """Workers write the same lines as the web server, with the number of the request they serve."""
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
