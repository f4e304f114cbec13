"""Who acts: one side of a partnership, or the operator of the installation.

An actor never stands for both sides. What an actor may see is decided in ``db/layers.py``, what it may do in
``accounts/rules.py``.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for permission, for visibility and for the audit trail.

    ``party`` is the key of a side (``"uk"``) or ``None`` for the operator; ``name`` is a post or an account,
    as the audit trail shall show it.
    """

    party: str | None
    name: str

    @property
    def is_operator(self) -> bool:
        """Tell whether this is the operator, who runs the installation and sees no side's content."""
        return self.party is None

    @property
    def side(self) -> str:
        """Return the key of the side; only for actors that the caller knows to be a side."""
        if self.party is None:
            raise ValueError("the operator acts for no side")
        return self.party


def operator(name: str = "operator") -> Actor:
    """Return the operator."""
    return Actor(None, name)


def side(party: str, name: str) -> Actor:
    """Return somebody who acts for the side ``party``."""
    return Actor(party, name)
