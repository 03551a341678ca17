"""Who checks what next, of several processes that check one survey."""

from collections import deque
from collections.abc import Hashable, Iterable


class Shares:
    """Numbered subjects of numbered entries, dealt out to workers.

    A worker stays with one entry while it lasts, since claims of one theorem share regions; then
    takes the first entry that nobody has begun.  Where there is none left it helps with the entry
    that has most to do, from its end.

    >>> shares = Shares([(0, 0), (0, 1), (0, 2), (1, 0)])
    >>> [shares.next("left"), shares.next("right"), shares.next("right"), shares.next("left"), shares.next("left")]
    [(0, 0), (1, 0), (0, 2), (0, 1), None]
    """  # noqa: E501

    def __init__(self, tasks: Iterable[tuple[int, int]]):
        self.waiting: dict[int, deque] = {}
        for task in tasks:
            self.waiting.setdefault(task[0], deque()).append(task)
        self.begun: dict[Hashable, int] = {}

    def next(self, worker: Hashable) -> tuple[int, int] | None:
        """The (entry, subject) that a worker takes now; None where nothing waits."""
        own = self.waiting.get(self.begun.get(worker))
        if own:
            return own.popleft()
        taken = set(self.begun.values())
        for entry, tasks in self.waiting.items():
            if tasks and entry not in taken:
                self.begun[worker] = entry
                return tasks.popleft()
        longest = max(self.waiting.values(), key=len, default=None)
        return longest.pop() if longest else None
