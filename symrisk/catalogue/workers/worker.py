"""One process that checks what it is told to, and ends with the one that started it."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import replace

from symrisk.catalogue.asked.chosen import chosen
from symrisk.catalogue.checks.rows import checked, subjects

READY = "ready"
GRACE = 5.0
"""Seconds that a process has to end when it is asked to."""


class Worker:
    """A process that checks what it is told to; compared by identity."""

    def __init__(self, found):
        context = _context()
        self.link, theirs = context.Pipe()
        forked = context.get_start_method() == "fork"
        named = found.given, found.within
        arguments = (found if forked else None, named, theirs, os.getpid())
        self.process = context.Process(target=_work, args=arguments, daemon=True)
        with _interrupts_held():
            self.process.start()
        theirs.close()

    @property
    def sentinel(self):
        """What is ready when the process has ended."""
        return self.process.sentinel

    def stop(self):
        """End the process in the middle of what it does."""
        self.process.terminate()

    def leave(self):
        """Wait until the process has ended; its exit code."""
        self.process.join(GRACE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        code = self.process.exitcode
        self.link.close()
        self.process.close()
        return code


@contextmanager
def _interrupts_held():
    """Ctrl-C waits: one that comes while the process is copied, in a hook whose errors are
    ignored, would be lost.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context():
    """Where nothing but this thread runs, a copy of the process, which has all imported;
    elsewhere a fresh one.
    """
    alone = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if alone else "spawn")


def _work(found, named, link, parent):
    """A worker's life: it says that it is ready, then answers each task."""
    # The one that started it is told of Ctrl-C, and ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    # What a step prints is no row.
    sys.stdout = sys.stderr
    found = chosen(*named) if found is None else found
    link.send(READY)
    while (task := link.recv()) is not None:
        link.send(_answer(found, task))


def _end_with(parent):
    """End this process when the one that started it is gone, however that ended."""
    while os.getppid() == parent and multiprocessing.parent_process().is_alive():
        time.sleep(1)
    os._exit(1)


def _answer(found, task):
    """(the Result, its verdict without the claim; which of the subject's claims that is)."""
    entry, checks, subject = subject_of(found, task)
    result = checked(checks, entry, subject)
    if result.verdict is None:
        return result, None
    claims = claims_of(subject)
    number = next((i for i, claim in enumerate(claims) if claim is result.verdict.claim), None)
    bare = result.verdict if number is None else replace(result.verdict, claim=None)
    return replace(result, verdict=bare), number


def tasks_of(found):
    """Pairs of numbers, (entry, subject), for all that there is to check in a survey, in the
    catalogue's order.
    """
    tasks = []
    for number, entry in enumerate(found.entries):
        tasks.extend((number, place) for place in range(len(subjects(entry))))
    return tasks


def subject_of(found, task):
    """(entry, the function that checks, what it takes) of a task."""
    entry = found.entries[task[0]]
    return entry, *subjects(entry)[task[1]]


def claims_of(subject):
    """The claims that checking a subject may give a verdict on."""
    if hasattr(subject, "published"):
        return subject.published, subject.right
    return (getattr(subject, "claim", subject),)
