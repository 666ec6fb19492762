from apps.integrity.models.concerns import Concern, HoldFile, Match, NextWord, SetAside, Verdict, WayBack
from apps.integrity.models.helpdesk import Call

__all__ = ["Call", "Concern", "HoldFile", "Match", "NextWord", "SetAside", "Verdict", "WayBack"]
