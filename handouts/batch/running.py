"""Rows spread over workers, and their outcomes back in order.

Any `concurrent.futures.Executor` will do: processes of this machine, a cluster, or this process itself. Rows are looked
at a window at a time, so that a roster of millions needs no more memory than one of hundreds; those of a window that
have the same layout go to one worker, which lays it out once. When a worker dies, what was on its way is made again,
and a row that ends two workers is reported; the others are made.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from handouts.batch.roster import Row, RowProblem
from handouts.batch.rows import Outcome, make_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

_WINDOW = 256
_WINDOWS = 2
_CHUNK = 32
_CHUNKS_A_WORKER = 2


class InThisProcess(Executor):
    """An executor that does each thing at once, here."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it, and return it done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  as every executor does
            future.set_exception(error)
        return future


def processes(jobs: int) -> Executor:
    """Worker processes, or this process for one."""
    if jobs == 1:
        return InThisProcess()
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin_worker)


def _begin_worker() -> None:
    """A worker leaves Ctrl-C to its parent, and ends with it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


class _Window(Struct, eq=False):
    """Rows that are looked at together: chunks that wait for a worker, and the outcomes so far, by the row's number."""

    rows: list[Row]
    ready: deque[list[Row]] = field(default_factory=deque)
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        return len(self.outcomes) == len(self.rows)


class Hands:
    """Workers at work. `start` makes an executor with so many of them; `done` hears how many more rows are done."""

    def __init__(self, job: bytes, start: Callable[[], Executor], workers: int, done: Callable[[int], None]) -> None:
        self._job = job
        self._start = start
        self._done = done
        self._most = workers * _CHUNKS_A_WORKER
        self._executor = start()
        self._busy: dict[Future[list[Outcome]], tuple[_Window, list[Row]]] = {}

    def outcomes_of(self, rows: Iterable[Row], layout_of: Callable[[Row], Hashable]) -> Iterator[list[Outcome]]:
        """Each row's outcome, a window at a time, in their order.

        Rows of which `layout_of` says the same can share a layout. However this ends, no worker goes on behind it.
        """
        source = iter(rows)
        windows: deque[_Window] = deque()
        try:
            while True:
                while len(windows) < _WINDOWS and (taken := list(islice(source, _WINDOW))):
                    windows.append(_Window(taken, _chunks(taken, layout_of)))
                if not windows:
                    break
                while not windows[0].is_done:
                    self._submit(windows)
                    self._gather()
                first = windows.popleft()
                yield [first.outcomes[row.number] for row in first.rows]
        except BaseException:
            self._abandon()
            raise
        self._executor.shutdown()

    def _submit(self, windows: Iterable[_Window]) -> None:
        for window in windows:
            while window.ready and len(self._busy) < self._most:
                chunk = window.ready.popleft()
                self._busy[self._submitted(chunk)] = (window, chunk)

    def _submitted(self, rows: Sequence[Row]) -> Future[list[Outcome]]:
        try:
            with _no_interrupt():
                return self._executor.submit(make_rows, self._job, rows)
        except RuntimeError as error:  # the pool broke since
            future: Future[list[Outcome]] = Future()
            future.set_exception(error)
            return future

    def _gather(self) -> None:
        """Wait for some chunk to be done."""
        for future in wait(self._busy, return_when=FIRST_COMPLETED).done:
            window, chunk = self._busy.pop(future)
            try:
                self._take(window, future.result())
            except Exception:  # noqa: BLE001  a worker has died; what a row does wrong is an outcome
                self._go_on_alone([(window, chunk), *self._busy.values()])
                return

    def _take(self, window: _Window, outcomes: list[Outcome]) -> None:
        window.outcomes.update((outcome.row, outcome) for outcome in outcomes)
        self._done(len(outcomes))

    def _go_on_alone(self, chunks: list[tuple[_Window, list[Row]]]) -> None:
        """Make the chunks that were on their way one by one with new workers; one that ends a worker, row by row."""
        self._busy.clear()
        self._restart()
        for window, chunk in chunks:
            outcomes = self._alone(chunk)
            if outcomes is None:
                outcomes = [
                    outcome for row in chunk for outcome in self._alone([row]) or self._alone([row]) or [_ended(row)]
                ]
            self._take(window, outcomes)

    def _alone(self, rows: list[Row]) -> list[Outcome] | None:
        """The rows made while nothing else is; nothing when that ends the worker."""
        try:
            return self._submitted(rows).result()
        except Exception:  # noqa: BLE001
            self._restart()
            return None

    def _restart(self) -> None:
        self._abandon()
        self._executor = self._start()

    def _abandon(self) -> None:
        """Let the workers go, at once where they are ours: what they have half done is not waited for."""
        if not isinstance(self._executor, ProcessPoolExecutor):
            self._executor.shutdown(wait=False)
            return
        self._executor.shutdown(wait=False, cancel_futures=True)
        children = multiprocessing.active_children()
        for child in children:
            child.kill()
        for child in children:
            child.join()


def _ended(row: Row) -> Outcome:
    problem = RowProblem("B298", "ended the worker that made it, twice")
    return Outcome(row.number, "failed", problems=(problem,))


def _chunks(rows: Iterable[Row], layout_of: Callable[[Row], Hashable]) -> deque[list[Row]]:
    """The rows in chunks of one layout, in the order of their first rows."""
    groups: dict[Hashable, list[Row]] = {}
    for row in rows:
        groups.setdefault(layout_of(row), []).append(row)
    chunks = [group[start : start + _CHUNK] for group in groups.values() for start in range(0, len(group), _CHUNK)]
    return deque(sorted(chunks, key=lambda chunk: chunk[0].number))


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Ctrl-C waits: a worker that starts meanwhile is not to hear of it before it has said that it does not want to."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
