"""The command line: `symrisk VERB ...`, or `python -m symrisk VERB ...`."""

import os
import sys
from importlib import import_module

from symrisk.cli.arguments import parse
from symrisk.errors import SymriskError

WRONG, INTERRUPTED, CLOSED_PIPE = 2, 130, 141
TYPED = ("check", "eval", "simulate", "plot", "phase")
"""Verbs of which a slip is answered before what they need is loaded."""
LONGEST = 400
"""Letters of an unforeseen error that are shown."""


def main(argv=None):
    """Run one command and return its exit code.

    0 fine; 1 a claim failed or ended in an error, or nothing was checked; 2 wrong usage or any
    error, told on stderr; 130 interrupted; 141 the reader of a pipe went away, as the shell counts
    it.
    """
    try:
        args = parse(argv)
    except SystemExit as stop:
        return stop.code or 0
    try:
        return _run(args)
    except BrokenPipeError:
        return _forget_output()
    except (SymriskError, OSError) as error:
        return _fail(f"error: {error}", WRONG)
    except KeyboardInterrupt:
        return _fail("interrupted", INTERRUPTED)
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        return _fail(f"error: {_fault(error)}", WRONG)


def _run(args):
    _write_plainly(sys.stdout)
    if args.verb in TYPED:
        import_module("symrisk.cli.typed").refuse_slips(args)
    code = import_module(f"symrisk.cli.{args.verb}").run(args)
    sys.stdout.flush()
    return code


def _write_plainly(stream):
    """A line at a time, and never an error over a letter that the reader's encoding lacks."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(line_buffering=True, errors="replace")


def _fail(message, code):
    print(f"symrisk: {message}", file=sys.stderr)
    return code


def _fault(error):
    """What no error of symrisk's foresaw, in one line: its type, its words, and where it was
    raised.
    """
    # A command that does not fail does without it: it takes longer to import than a list to print.
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    words = " ".join(str(error).split())[:LONGEST]
    return (
        f"{type(error).__name__}: {words} ({last.filename}, line {last.lineno}): a fault, please "
        f"report it; "
        "python -X dev -m symrisk shows the traceback"
    )


def _forget_output():
    """Point stdout elsewhere, so that the interpreter's last flush finds no closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return CLOSED_PIPE


if __name__ == "__main__":
    sys.exit(main())
