"""What a verb raises when it will not act.

`message` is a translatable sentence that says how to mend it; views print it as it
is. `facts` are for the page and for tests (who decided, until when, which package).
"""


class Refused(Exception):
    """A verb changed nothing, and says why."""

    def __init__(self, message, code, field=None, **facts):
        super().__init__(code)
        self.message = message
        self.code = code
        self.field = field
        self.facts = facts

    def __str__(self):
        return f"{self.code}: {self.message}"


class NotAllowed(Refused):
    """This person may not do this here."""


class WrongState(Refused):
    """The case stands where this act is not among its moves, or is held."""


class RuleBroken(Refused):
    """A rule of the programme, or of this portal, stands against it."""
