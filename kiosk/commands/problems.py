"""One sentence for what a command met that is no fault of the program."""

from __future__ import annotations

from kiosk.commands.requirements import folder_problem


def sentence_for(error: Exception) -> str | None:
    """What to tell whoever gave the command; None when it is a fault of the program."""
    from kiosk.maintenance.start_check import DatabaseDamaged
    from kiosk.store.engine import DatabaseUnfit
    from kiosk.store.failures import StorageBusy, StorageDamaged, StorageFailed, failure_of
    from kiosk.store.office_state import NotInitialised

    if isinstance(error, NotInitialised | DatabaseUnfit | DatabaseDamaged):
        return str(error)
    failure = error if isinstance(error, StorageBusy | StorageFailed) else failure_of(error)
    if isinstance(failure, StorageDamaged):
        return f"the database is damaged: {failure}; take the newest backup back: motcua restore FILE"
    if failure is not None:
        return folder_problem() or f"the database cannot be used: {failure}"
    if isinstance(error, OSError) and error.filename is not None:
        return folder_problem() or f"{error.filename}: {error.strerror}"
    return None
