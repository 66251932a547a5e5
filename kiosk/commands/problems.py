"""One sentence for what a command met that is no fault of the program."""

from __future__ import annotations

from kiosk.commands.requirements import folder_problem
from kiosk.commands.speech import reason_of, words

DAMAGED = "the database is damaged: {problem}; take the newest backup back: motcua restore FILE"


def sentence_for(error: Exception) -> str | None:
    """What to tell whoever gave the command; None when it is a fault of the program."""
    from kiosk.maintenance.start_check import DatabaseDamaged
    from kiosk.store.engine import DatabaseUnfit
    from kiosk.store.failures import StorageBusy, StorageDamaged, StorageFailed, failure_of
    from kiosk.store.office_state import NotInitialised

    if isinstance(error, NotInitialised | DatabaseUnfit | DatabaseDamaged):
        return reason_of(error)
    failure = error if isinstance(error, StorageBusy | StorageFailed) else failure_of(error)
    if isinstance(failure, StorageDamaged):
        return words(DAMAGED, problem=failure)
    if failure is not None:
        return folder_problem() or words("the database cannot be used: {problem}", problem=failure)
    if isinstance(error, OSError) and error.filename is not None:
        return folder_problem() or reason_of(error)
    return None
