from apps.letters import services
from apps.outbox.registry import receives


@receives("letter:requested")
def issue_letter(announcement):
    services.issue(announcement.reference)
