"""What the rebalancer may do in a network without a person's click."""

from practices.rules.code import Code


class Automation(Code):
    """From least to most; in each of them a patient who was told of a time takes a click."""

    NONE = "none", "Propose only"
    SAFE = "safe", "Place waiting cases"
    UNTOLD = "untold", "Everything but told patients"

    @property
    def says(self) -> str:
        """What happens without a click, in a sentence."""
        return SAYS[self]

    @property
    def places_queue(self) -> bool:
        """Whether waiting cases get their places."""
        return self is not Automation.NONE

    @property
    def moves_untold(self) -> bool:
        """Whether bookings whose patients do not know their time yet are moved."""
        return self is Automation.UNTOLD


SAYS = {
    Automation.NONE: "Nothing happens before a person accepts it",
    Automation.SAFE: "Waiting cases that may be booked get their places. It can be undone for 15"
    " minutes. Every move of a booking waits for a person",
    Automation.UNTOLD: "Waiting cases get their places, and a place that was given automatically"
    " is moved while its message has not gone out. A patient who was told a time is never moved"
    " without a person",
}
