from apps.applications.models.application import Application, Draft
from apps.applications.models.earlier import EarlierAnswers
from apps.applications.models.figure import StageFigure
from apps.applications.models.hold import Hold
from apps.applications.models.offer import Acceptance, Offer, Review, Rise
from apps.applications.models.outcome import Outcome
from apps.applications.models.record import Record, RecordAnswer

__all__ = [
    "Acceptance",
    "Application",
    "Draft",
    "EarlierAnswers",
    "Hold",
    "Offer",
    "Outcome",
    "Record",
    "RecordAnswer",
    "Review",
    "Rise",
    "StageFigure",
]
