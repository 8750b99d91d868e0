"""Those who work at the desk: their accounts, how they are taken into use, how one signs in."""

from issuer.services.staff.desk import StaffCounter
from issuer.services.staff.tools import Tools

__all__ = ["StaffCounter", "Tools"]
