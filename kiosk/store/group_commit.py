"""Group commit: who waits for SQLite's one writer joins the open transaction, and one commit answers all of them.

Who is in turn works alone; who comes meanwhile waits in line. A member that has finished passes the turn on and waits;
the last one, behind whom nobody waits, commits for all. A lone writer commits at once, and while one commit waits for
the disk the next group forms. See docs/decisions/0035-group-commit.md.

A thread that has several actions to do keeps the turn between them and waits once, for the commit of all of them
(`together`). See docs/decisions/0043-one-thread-answers-what-is-written.md.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

MOST_MEMBERS = 32  # of one commit, so that the first is answered while others keep coming


class NoTurn(Exception):
    """The turn did not come in time, or the writer is closed; nothing was changed."""


class CommitGroup:
    """The members of one open transaction. `error` is why none of them is committed.

    `undone`: its first member has undone the transaction itself.
    """

    __slots__ = ("after", "alone", "error", "members", "undone")

    def __init__(self, alone: bool) -> None:
        self.alone = alone
        self.undone = False
        self.members: list[Member] = []
        self.after: Callable[[], None] | None = None
        self.error: BaseException | None = None


class Member:
    """A thread's place in line and in a group. `alone`: it shares its transaction with nobody.

    `signal` is released twice: when the turn is given, and when the commit was tried.
    """

    __slots__ = ("alone", "first", "group", "signal")

    def __init__(self, alone: bool) -> None:
        self.alone = alone
        self.first = False
        self.group: CommitGroup
        self.signal = threading.Lock()
        self.signal.acquire()


class ThreadBatch:
    """What one thread does together; it has a member for each action."""

    __slots__ = ("has_turn", "members")

    def __init__(self) -> None:
        self.members: list[Member] = []
        self.has_turn = False

    @property
    def joined(self) -> int:
        return len(self.members)

    def failure(self, first: int, behind: int) -> BaseException | None:
        """Once it has ended: why the members from `first` to the one before `behind` are not all committed."""
        return next((member.group.error for member in self.members[first:behind] if member.group.error), None)


class GroupCommit:
    """The turns at one writing connection.

    `failed` is told every error of a member or a commit before anybody else gets the turn, and says whether nothing
    that is open may be committed any more.
    """

    def __init__(self, connect: Callable[[], Any], failed: Callable[[BaseException], bool]) -> None:
        self._connect = connect
        self._failed = failed
        self._mutex = threading.Lock()
        self._line: deque[Member] = deque()
        self._taken = False
        self._closed = False
        self._group: CommitGroup | None = None  # touched by nobody but who is in turn
        self._own = _OfThread()

    def enter(self, timeout_s: float, alone: bool = False) -> tuple[Member, Any]:
        """Wait for the turn and join the open transaction, or begin one; returns the place and the connection.

        Raises NoTurn and what the driver raises.
        """
        member, batch = Member(alone), self._own.batch
        if batch is None or not batch.has_turn or alone:
            self._wait_for_turn(member, timeout_s)
        try:
            connection = self._connect()
            self._join(member, connection)
        except BaseException as error:
            self._failed(error)
            if batch is not None:
                batch.has_turn = False
            self._end_turn()
            raise
        if batch is not None:
            batch.has_turn = True
        return member, connection

    def leave(
        self, member: Member, error: BaseException | None = None, after: Callable[[], None] | None = None
    ) -> None:
        """The member's work is kept, or undone because of `error`; returns after the commit of its group.

        Inside `together` it returns at once: the end of that waits. `after` is called once the group is committed,
        before anybody is answered; the last member's counts for all. Raises what the commit raised: then nothing of the
        group is kept, and a refusal that rests on it is void.
        """
        group = member.group
        self._settle(member, error)
        if after is not None and error is None:
            group.after = after
        group.members.append(member)
        batch = self._own.batch
        if batch is not None:
            batch.members.append(member)
            if not _is_open(group):
                self._pass_turn(batch)
            return
        self._end_turn()
        member.signal.acquire()
        if group.error is not None:
            raise group.error

    @contextmanager
    def together(self) -> Iterator[ThreadBatch]:
        """All that this thread writes inside is committed at the end, which waits for it and raises nothing."""
        batch = self._own.batch = ThreadBatch()
        try:
            yield batch
        finally:
            self._own.batch = None
            self._pass_turn(batch)
            for member in batch.members:
                member.signal.acquire()

    @contextmanager
    def exclusive(self, timeout_s: float) -> Iterator[Any]:
        """The connection in turn, without a transaction. Raises NoTurn."""
        self._wait_for_turn(Member(alone=True), timeout_s)
        try:
            yield self._connect()
        except BaseException as error:
            self._failed(error)
            raise
        finally:
            self._end_turn()

    def close(self, timeout_s: float) -> None:
        """After the transaction in flight; everybody who comes later is refused. Raises NoTurn."""
        if not self._closed:
            self._wait_for_turn(Member(alone=True), timeout_s)
            self._closed = True
            self._end_turn()

    def _pass_turn(self, batch: ThreadBatch) -> None:
        if batch.has_turn:
            batch.has_turn = False
            self._end_turn()

    def _wait_for_turn(self, member: Member, timeout_s: float) -> None:
        if self._own.batch is not None:
            self._pass_turn(self._own.batch)
        with self._mutex:
            waits = self._taken
            if waits:
                self._line.append(member)
            self._taken = True
        if waits:
            try:
                given = member.signal.acquire(timeout=timeout_s)
            except BaseException:
                if not self._left_line(member):
                    self._end_turn()
                raise
            if not given and self._left_line(member):
                raise NoTurn("too many are waiting to write")
            if not given:
                member.signal.acquire()  # the turn was given in the last moment
        if self._closed:
            self._end_turn()
            raise NoTurn("the service is stopping")

    def _left_line(self, member: Member) -> bool:
        """False when the turn was already given."""
        with self._mutex:
            if member not in self._line:
                return False
            self._line.remove(member)
            return True

    def _join(self, member: Member, connection: Any) -> None:
        """The first member needs no savepoint: what it undoes is the whole transaction."""
        if self._group is None:
            _roll_back(connection)
            connection.execute("BEGIN IMMEDIATE")
            self._group = CommitGroup(member.alone)
            member.first = True
        else:
            connection.execute("SAVEPOINT member")
        member.group = self._group

    def _settle(self, member: Member, error: BaseException | None) -> None:
        """Keep or undo what the member did; where that fails, or SQLite has undone everything, the group fails."""
        group = member.group
        try:
            connection = self._connect()
            if error is not None and self._failed(error):
                group.error = error
            elif not connection.in_transaction:
                group.error = error or RuntimeError("the transaction ended under its members")
            elif error is not None:
                connection.execute("ROLLBACK" if member.first else "ROLLBACK TO member")
                group.undone = member.first
            if group.error is None and not member.first:
                connection.execute("RELEASE member")
        except BaseException as failure:
            self._failed(failure)
            group.error = failure

    def _end_turn(self) -> None:
        """Pass the turn on; the group is committed first unless the next in line joins it."""
        while not self._passed_on():
            group, self._group = self._group, None
            assert group is not None
            self._commit(group)

    def _passed_on(self) -> bool:
        with self._mutex:
            group, following = self._group, self._line[0] if self._line else None
            if group is not None and not (following is not None and _joins(following, group)):
                return False
            if following is None:
                self._taken = False
            else:
                self._line.popleft()
                following.signal.release()
            return True

    def _commit(self, group: CommitGroup) -> None:
        """What `after` raises reaches every member as well: the group is kept, and nobody is told so."""
        try:
            if group.error is None and not group.undone:
                self._connect().execute("COMMIT")
                if group.after is not None:
                    group.after()
        except BaseException as error:
            self._failed(error)
            group.error = error
        if group.error is not None:
            with suppress(Exception):  # else whoever begins the next transaction tries again and is told
                _roll_back(self._connect())
        for member in group.members:
            member.signal.release()


class _OfThread(threading.local):
    """`batch`: what the present thread does together."""

    batch: ThreadBatch | None = None


def _joins(member: Member, group: CommitGroup) -> bool:
    return not member.alone and _is_open(group)


def _is_open(group: CommitGroup) -> bool:
    """Whether another member may join."""
    full = len(group.members) >= MOST_MEMBERS
    return not (full or group.alone or group.undone or group.error)


def _roll_back(connection: Any) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")
