"""Who listens to what. Filled by each app's receivers.py when Django starts."""

from collections.abc import Callable

# Topic → (receiver, what it asks of the facts), in the order in which they registered.
_receivers: dict[str, list[tuple[Callable, Callable[[dict], bool]]]] = {}


def _any(facts):
    return True


def receives(*topics: str, only: Callable[[dict], bool] = _any):
    """Register a function of one announcement (.topic .reference .facts .number .at).

    It runs in the worker, in a transaction of its own, at least once and in order per
    reference: it must be harmless to run twice. What it raises is tried again later.
    `only` looks at the facts and says whether they concern it at all; where they do not,
    no delivery is written. It runs in the announcing verb, so it asks nobody else.
    """

    def register(receiver):
        for topic in topics:
            if name_of(receiver) in names_for(topic):
                raise ValueError(f"{name_of(receiver)} receives {topic} twice")
            _receivers.setdefault(topic, []).append((receiver, only))
        return receiver

    return register


def name_of(receiver) -> str:
    """The name a delivery keeps: it outlives restarts, so renaming a receiver strands its rows."""
    app = receiver.__module__.removeprefix("apps.").removesuffix(".receivers")
    return f"{app}.{receiver.__name__}"


def names_for(topic: str, facts: dict | None = None) -> list[str]:
    """Who receives the topic; with `facts`, only whom they concern."""
    listed = _receivers.get(topic, [])
    return [name_of(receiver) for receiver, only in listed if facts is None or only(facts)]


def receiver_named(topic: str, name: str) -> Callable:
    """The registered function. Raises LookupError when no such receiver is known any more."""
    for receiver, _only in _receivers.get(topic, []):
        if name_of(receiver) == name:
            return receiver
    raise LookupError(f"nobody named {name} receives {topic}")
