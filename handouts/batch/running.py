"""Rows spread over workers, and their outcomes back in order.

Any `concurrent.futures.Executor` will do: processes of this machine, a cluster, or this process itself. Only so many
chunks are on their way at a time, so that a roster of millions needs no more memory than one of hundreds. When a worker
dies, what it had is made again row by row, and a row that ends two workers is reported; the others are made.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Any

from handouts.batch.roster import Row, RowProblem
from handouts.batch.rows import Outcome, make_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_CHUNK = 32
_CHUNKS_A_WORKER = 4


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


def outcomes_of(
    rows: Iterable[Row], job: bytes, start: Callable[[], Executor], workers: int
) -> Iterator[list[Outcome]]:
    """Each row's outcome, some rows at a time, in their order. `start` makes an executor with so many workers."""
    source = iter(rows)
    executor = start()
    waiting: deque[tuple[list[Row], Future[list[Outcome]]]] = deque()  # chunks on their way
    try:
        while True:
            while len(waiting) < workers * _CHUNKS_A_WORKER and (chunk := list(islice(source, _CHUNK))):
                waiting.append((chunk, _submitted(executor, job, chunk)))
            if not waiting:
                return
            try:
                outcomes = waiting[0][1].result()
            except Exception:  # noqa: BLE001  a worker has died; what a row does wrong is an outcome
                executor.shutdown(wait=False)
                executor = start()
                for row in (row for chunk, _ in waiting for row in chunk):
                    outcome, executor = _alone(executor, job, row, start)
                    yield [outcome]
                waiting.clear()
            else:
                waiting.popleft()
                yield outcomes
    finally:
        for _, future in waiting:
            future.cancel()
        executor.shutdown(wait=False)


def _submitted(executor: Executor, job: bytes, rows: list[Row]) -> Future[list[Outcome]]:
    try:
        return executor.submit(make_rows, job, rows)
    except RuntimeError as error:  # the pool broke since
        future: Future[list[Outcome]] = Future()
        future.set_exception(error)
        return future


def _alone(executor: Executor, job: bytes, row: Row, start: Callable[[], Executor]) -> tuple[Outcome, Executor]:
    """A row with no other on its way: when a worker dies twice, it was this row. Returns the executor to go on with."""
    for _ in range(2):
        try:
            return _submitted(executor, job, [row]).result()[0], executor
        except Exception:  # noqa: BLE001
            executor.shutdown(wait=False)
            executor = start()
    problem = RowProblem("B298", "ended the worker that made it, twice")
    return Outcome(row.number, "failed", problems=(problem,)), executor
