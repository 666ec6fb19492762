"""Celery's settings, in Celery's names. Read when the queue is first used, not before."""

from django.conf import settings
from psycopg.conninfo import make_conninfo

from config.celery import EVERY

# No task may run longer: the queue shows a message again when this much has passed.
LONGEST_TASK = 10 * 60

_database = settings.DATABASES["default"]

broker_url = settings.CELERY_BROKER_URL or "pgmq://own-database"
broker_connection_retry_on_startup = True
if broker_url.startswith("pgmq:"):
    broker_transport_options = {
        "conn_string": make_conninfo(
            host=_database["HOST"] or None,
            port=_database["PORT"] or None,
            dbname=_database["NAME"],
            user=_database["USER"] or None,
            password=_database["PASSWORD"] or None,
        ),
        "init_extension": False,
        "pool_size": 4,
        "use_notify": True,
        "wait_time_seconds": 0,
        "visibility_timeout": LONGEST_TASK + 60,
    }
elif broker_url.startswith("redis"):
    broker_transport_options = {"visibility_timeout": LONGEST_TASK + 60}

task_default_queue = "portal"
task_ignore_result = True
task_acks_late = True
task_reject_on_worker_lost = True
task_time_limit = LONGEST_TASK
task_soft_time_limit = LONGEST_TASK - 30
worker_prefetch_multiplier = 1
worker_concurrency = 2
worker_max_tasks_per_child = 500
worker_lost_wait = 1
worker_enable_remote_control = False
worker_hijack_root_logger = False
worker_send_task_events = False
# Beat keeps nothing between runs: every task of ours may run once too often.
beat_scheduler = "celery.beat:Scheduler"
beat_schedule = {name: {"task": name, "schedule": seconds} for name, seconds in EVERY.items()}
