from apps.documents import services
from apps.outbox.registry import receives


@receives("document:received")
def start_check(announcement):
    services.start_check(announcement.reference)


@receives("document:checking")
def finish_check(announcement):
    services.finish_check(announcement.reference)


@receives("document:removed")
def discard_file(announcement):
    services.discard_file(announcement.reference)
