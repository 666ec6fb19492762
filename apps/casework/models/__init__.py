from apps.casework.models.desk import LineVerdict, Look, Note
from apps.casework.models.draws import Assignment, Draw
from apps.casework.models.judgement import Decision, Recommendation
from apps.casework.models.staffing import Absence, Load

__all__ = ["Absence", "Assignment", "Decision", "Draw", "LineVerdict", "Load", "Look", "Note", "Recommendation"]
