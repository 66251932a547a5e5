"""The public's board: the snapshot that a follower folds the stream onto."""

from __future__ import annotations

from kiosk.queries.board import read_board
from kiosk.web.api.board_models import BoardAnswer, board_answer
from kiosk.web.http.calls import Context, call


@call("GET", "/api/v1/board", "board counter kiosk", None, {200: BoardAnswer}, operation_id="counters_board")
def get_board(context: Context) -> tuple[int, BoardAnswer]:
    """The snapshot that a follower folds the stream onto."""
    given = context.dependencies
    with context.reading() as reading:
        view = read_board(reading, given.office, given.estimates, context.now, context.caller.role == "board")
    return 200, board_answer(view, given.store.health.stops_numbers)
