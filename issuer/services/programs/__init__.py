"""Programs of other systems: who they are, and what they may do here; none of it approves anything."""

from issuer.services.programs.student_system import NotHeardError, RefusalKind, StudentSystem
from issuer.services.programs.tokens import end_program, new_program

__all__ = ["NotHeardError", "RefusalKind", "StudentSystem", "end_program", "new_program"]
