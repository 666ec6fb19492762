"""Who acts when no person does."""


class System:
    """The portal itself: draws lots, lets offers lapse, issues letters."""

    actor = "system"
    person = None


SYSTEM = System()
