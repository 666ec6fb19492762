"""Who listens to what. Filled by each app's receivers.py when Django starts."""

from collections.abc import Callable

_receivers: dict[str, list[Callable]] = {}


def receives(*topics: str):
    """Register a function of one announcement (.topic .reference .facts .number .at).

    It runs in the worker, in a transaction of its own, at least once and in order per
    reference: it must be harmless to run twice. What it raises is tried again later.
    """

    def register(receiver):
        for topic in topics:
            if name_of(receiver) in names_for(topic):
                raise ValueError(f"{name_of(receiver)} receives {topic} twice")
            _receivers.setdefault(topic, []).append(receiver)
        return receiver

    return register


def name_of(receiver) -> str:
    """The name a delivery keeps: it outlives restarts, so renaming a receiver strands its rows."""
    app = receiver.__module__.removeprefix("apps.").removesuffix(".receivers")
    return f"{app}.{receiver.__name__}"


def names_for(topic: str) -> list[str]:
    return [name_of(receiver) for receiver in _receivers.get(topic, [])]


def receiver_named(topic: str, name: str) -> Callable:
    """The registered function. Raises LookupError when no such receiver is known any more."""
    for receiver in _receivers.get(topic, []):
        if name_of(receiver) == name:
            return receiver
    raise LookupError(f"nobody named {name} receives {topic}")
