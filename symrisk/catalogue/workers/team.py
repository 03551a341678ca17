"""Several processes that check one survey together."""

from dataclasses import replace
from multiprocessing.connection import wait

from symrisk.catalogue.checks.result import PROBLEM, Result
from symrisk.catalogue.checks.rows import KINDS, checked
from symrisk.catalogue.workers.shares import Shares
from symrisk.catalogue.workers.worker import READY, Worker, claims_of, subject_of


def decided(found, tasks, jobs):
    """Yield the Result of each task, a pair of numbers (entry, subject), in the order of the tasks,
    as soon as it is known.

    A process that dies while it checks a subject gives a row in error, and another takes its place.
    """
    team = Team(found, tasks, jobs)
    known = {}
    try:
        for task in tasks:
            while task not in known:
                known.update(team.step())
            yield known.pop(task)
    finally:
        team.end()


class Team:
    """Workers, what each is at, and what waits."""

    def __init__(self, found, tasks, jobs):
        self.found, self.shares = found, Shares(tasks)
        self.at = {}
        for _ in range(min(jobs, len(tasks))):
            self._hire()

    def _hire(self):
        worker = Worker(self.found)
        self.at[worker] = READY

    def step(self) -> dict:
        """{task: Result} of what has come, at least from one worker; without workers, this
        process does it.
        """
        if not self.at:
            return self._alone()
        by_handle = {worker.link: worker for worker in self.at} | {
            worker.sentinel: worker for worker in self.at
        }
        come = {by_handle[handle]: None for handle in wait(list(by_handle))}
        known = {}
        for worker in come:
            known.update(self._heard(worker))
        return known

    def _heard(self, worker):
        task = self.at[worker]
        try:
            message = worker.link.recv()
        except (EOFError, OSError):
            return self._lost(worker, task)
        self._go_on(worker)
        return {} if task == READY else {task: self._with_claim(task, message)}

    def _go_on(self, worker):
        """The next task for a worker, or its leave."""
        task = self.shares.next(worker)
        try:
            worker.link.send(task)
        except OSError:
            # it has died between two tasks: the next look at it says so, and which one was lost
            pass
        if task is None:
            del self.at[worker]
            worker.leave()
        else:
            self.at[worker] = task

    def _lost(self, worker, task):
        """A row in error for what a worker was at when it died; one that never began to work is
        not replaced.
        """
        del self.at[worker]
        code = worker.leave()
        if task == READY:
            return {}
        self._hire()
        entry, checks, subject = subject_of(self.found, task)
        by = f"the process that checked it ended, with code {code}"
        return {task: Result(entry.id, subject.says, PROBLEM, by, 0.0, KINDS[checks])}

    def _alone(self):
        """One task, where no worker could be started."""
        task = self.shares.next(self)
        entry, checks, subject = subject_of(self.found, task)
        return {task: checked(checks, entry, subject)}

    def _with_claim(self, task, message):
        """A Result as it came, its verdict about this process's own claim again."""
        result, number = message
        if result.verdict is None or number is None:
            return result
        claim = claims_of(subject_of(self.found, task)[2])[number]
        return replace(result, verdict=replace(result.verdict, claim=claim))

    def end(self):
        """No worker outlives this."""
        for worker in self.at:
            worker.stop()
        for worker in self.at:
            worker.leave()
        self.at = {}
