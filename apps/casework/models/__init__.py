from apps.casework.models.desk import LineVerdict, Look, Note
from apps.casework.models.draws import Assignment, Draw
from apps.casework.models.judgement import Decision, Recommendation

__all__ = ["Assignment", "Decision", "Draw", "LineVerdict", "Look", "Note", "Recommendation"]
