"""Where shards are worked on: this process, processes of this machine, or a Dask cluster; all of them executors."""

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Generic, TypeVar

from builder.corpus import OBJECTS_BETWEEN_COLLECTIONS
from builder.errors import PublishError

MOST_RESTARTS = 3

Task = TypeVar("Task")
Result = TypeVar("Result")


class InProcess(Executor):
    """Runs each call at once."""

    def submit(self, call: Callable[..., Any], /, *arguments: Any, **options: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(call(*arguments, **options))
        except Exception as error:
            future.set_exception(error)
        return future


@dataclass
class _Waiting(Generic[Task, Result]):
    """A task with its result, or with the promise of it, or with neither yet."""

    task: Task
    result: Result | None
    future: "Future[Result] | None" = None


class Workers:
    """An executor that is started anew when one of its processes dies; ``size`` calls can run at once.

    One whose processes are slow to start (``lazy``) is not used for a single task.
    """

    def __init__(self, start: Callable[[], Executor], size: int, lazy: bool = False) -> None:
        self._start = start
        self._executor = start()
        self._restarts = 0
        self._used = not lazy
        self.size = size

    def map(
        self, call: Callable[[Task], Result], tasks: Iterable[Task], known: Callable[[Task], Result | None] = lambda _: None
    ) -> Iterator[tuple[Task, Result]]:
        """Each task with its result, in the order of the tasks, of which only a few are held at a time.

        A task whose result is ``known`` is not worked on. One that stands alone among such is worked on here, where executors
        are lazy.
        """
        waiting: deque[_Waiting[Task, Result]] = deque()
        for task in tasks:
            waiting.append(_Waiting(task, known(task)))
            unknown = [entry for entry in waiting if entry.result is None and entry.future is None]
            if self._used or len(unknown) > 1:
                self._used = True
                for entry in unknown:
                    entry.future = self._submit(call, entry.task)
            while len(waiting) > 2 * self.size:
                yield self._first(call, waiting)
        while waiting:
            yield self._first(call, waiting)

    def close(self) -> None:
        _stop(self._executor, wait=True)

    def _submit(self, call: Callable[[Task], Result], task: Task) -> "Future[Result]":
        try:
            return self._executor.submit(call, task)
        except BrokenExecutor:
            self._restart()
            return self._executor.submit(call, task)

    def _first(self, call: Callable[[Task], Result], waiting: "deque[_Waiting[Task, Result]]") -> tuple[Task, Result]:
        entry = waiting[0]
        while entry.result is None:
            try:
                entry.result = entry.future.result() if entry.future else call(entry.task)
            except BrokenExecutor:
                self._restart()
                for other in waiting:
                    if other.future:
                        other.future = self._executor.submit(call, other.task)
        waiting.popleft()
        return entry.task, entry.result

    def _restart(self) -> None:
        self._restarts += 1
        if self._restarts > MOST_RESTARTS:
            raise PublishError(f"worker processes died {self._restarts} times; the package is as it was")
        _stop(self._executor, wait=False)
        self._executor = self._start()


def _stop(executor: Executor, *, wait: bool) -> None:
    if isinstance(executor, InProcess):
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 (slow to import, and small builds need no processes)

    if isinstance(executor, ProcessPoolExecutor):
        executor.shutdown(wait=wait, cancel_futures=True)
    else:
        executor.shutdown(wait=wait)


def local_workers(jobs: int) -> Workers:
    if jobs == 1:
        return Workers(InProcess, 1)
    import multiprocessing  # noqa: PLC0415
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    return Workers(lambda: ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin_worker), jobs, lazy=True)


def _begin_worker() -> None:
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    _end_with_parent()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    import multiprocessing  # noqa: PLC0415

    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def cluster_workers(address: str) -> Workers:
    """Workers of a running Dask cluster; Dask itself gives the work of a worker that died to another."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise PublishError("--scheduler needs the extra 'dask': pip install 'article-tables[dask]'") from None
    try:
        client = distributed.Client(address)
    except (OSError, ValueError) as error:
        raise PublishError(f"--scheduler {address}: {' '.join(str(error).split())}") from error
    cores = sum(client.ncores().values()) or 1
    return Workers(lambda: client.get_executor(pure=False, retries=MOST_RESTARTS), cores)


def available_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
