"""The worker and its clock. Run: celery --app config.celery worker --beat

The queue only makes things quick: the outbox's tables are the truth, and the sweeper
queues again whatever a crash or a lost queue left behind.
"""

from celery import Celery
from celery.signals import worker_init
from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES["pgmq"] = "config.transport:Transport"

# Task name -> every how many seconds. Each owner adds his line.
EVERY = {
    "outbox.sweep": 20,
    "applications.look_at_offers": 60,
    "applications.look_at_questions": 60,
    "applications.fund_waiting": 60,
    "applications.recompute_figures": 60 * 60,
    "casework.allot_waiting": 60,
    "catalogue.lapse": 60 * 60,
    "letters.issue_waiting": 60,
    "accounts.forget_codes": 60 * 60,
    "documents.discard_strays": 60 * 60,
}

app = Celery("portal")
app.config_from_object("config.queue")
app.autodiscover_tasks()


@worker_init.connect
def refuse_what_the_web_server_refuses(**_given):
    from config.starting import refuse_or_go_on

    refuse_or_go_on()
