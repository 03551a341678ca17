"""A program as machine code, by numba (the [fast] extra): one fused loop, one pass over memory.

Used when asked for, and by default once a program has been asked for HOT points, so that a single call never waits for
the compiler.
"""

import importlib.util
from functools import lru_cache
from math import prod

import numpy as np

from symrisk.engine import grid
from symrisk.errors import ArgumentError

HOT = 2_000_000
BACKENDS = (None, "numpy", "numba")
FUSED = {"input", "const", "add", "sub", "mul", "div", "sqrt", "power", "surd", "pow"}
SEEN = {}


def runner(backend, program, shape):
    """A function with the signature of `grid.run`, or None where NumPy should do it."""
    if backend not in BACKENDS:
        raise ArgumentError(f"backend is one of {', '.join(map(repr, BACKENDS))}; not {backend!r}")
    if backend == "numba" and not installed():
        raise ArgumentError("backend='numba' needs the [fast] extra: pip install symrisk[fast]")
    if not shape or backend == "numpy" or not all(op in FUSED for op, _ in program.code):
        return None
    return run if backend == "numba" or _is_hot(program, prod(shape)) else None


@lru_cache(maxsize=1)
def installed():
    return importlib.util.find_spec("numba") is not None


def _is_hot(program, points):
    before = SEEN.get(program, 0)
    SEEN[program] = before + points
    return before >= HOT and points >= HOT // 16 and installed()


def run(program, arrays, checks, masked=False):
    """As `grid.run`; a point that breaks a check sends the whole grid there, for its message or its mask."""
    shape = np.broadcast_shapes(*(a.shape for a in arrays))
    result = np.empty(shape)
    varying = [a for a in arrays if a.ndim]
    views = [np.broadcast_to(a, shape) for a in varying]
    which = tuple(bool(a.ndim) for a in arrays)
    kernel = _kernel(program, tuple((c.register, c.kind) for c in checks), which, tuple(_strided(v) for v in views))
    scalars = [float(a) for a in arrays if not a.ndim]
    flat = [v.reshape(-1) if not _strided(v) else v for v in views]
    sound = kernel(result.reshape(-1), *flat, *scalars) if not any(map(_strided, views)) else None
    if sound is None:
        sound = _by_rows(program, checks, which, views, scalars, result)
    return result if sound else grid.run(program, arrays, checks, masked)


def _strided(view):
    return not view.flags.c_contiguous


def _by_rows(program, checks, which, views, scalars, result):
    """Broadcast arrays: one call of the fused loop a row, rows along the last axis."""
    kernel = _kernel(program, tuple((c.register, c.kind) for c in checks), which, tuple(False for _ in views))
    rows = [np.ascontiguousarray(v) if v.strides[-1] not in (v.itemsize,) else v for v in views]
    for place in np.ndindex(result.shape[:-1]):
        if not kernel(result[place], *(v[place] for v in rows), *scalars):
            return False
    return True


@lru_cache(maxsize=64)
def _kernel(program, checks, which, _):
    import numba
    names, source = _source(program, checks, which)
    space = {"sqrt": np.sqrt, "isfinite": np.isfinite}
    exec(compile(source, "<symrisk kernel>", "exec"), space)  # noqa: S102  register numbers and operators only
    return numba.njit(fastmath=False, error_model="numpy")(space["kernel"])


def _source(program, checks, which):
    """The text of the loop: built from register numbers, never from names or input."""
    varying = [k for k, spread in enumerate(which) if spread]
    fixed = [k for k, spread in enumerate(which) if not spread]
    names = {k: f"a{k}[i]" for k in varying} | {k: f"a{k}" for k in fixed}
    lines = [f"        r{j} = {_line(op, arguments, names)}" for j, (op, arguments) in enumerate(program.code)]
    tests = [f"r{r} > 0" if kind == ">" else f"r{r} >= 0" if kind == ">=" else f"isfinite(r{r})" for r, kind in checks]
    output = program.outputs[0]
    arguments = ", ".join(["out", *(f"a{k}" for k in (*varying, *fixed))])
    sound = " & ".join(f"({t})" for t in [*tests, f"isfinite(r{output})"])
    body = "\n".join(lines)
    return names, (f"def kernel({arguments}):\n    sound = True\n    for i in range(out.size):\n{body}\n"
                   f"        out[i] = r{output}\n        sound &= {sound}\n    return sound\n")


def _line(op, arguments, names):
    if op == "input":
        return names[arguments[0]]
    if op == "const":
        return repr(arguments[0] / arguments[1])
    if op == "power" and arguments[1] <= 3:
        return " * ".join([f"r{arguments[0]}"] * arguments[1])
    if op == "power":
        return f"r{arguments[0]} ** {float(arguments[1])}"
    if op == "surd":
        return f"r{arguments[0]} ** {1 / arguments[1]!r}"
    if op == "sqrt":
        return f"sqrt(r{arguments[0]})"
    symbol = {"add": "+", "sub": "-", "mul": "*", "div": "/", "pow": "**"}[op]
    return f"r{arguments[0]} {symbol} r{arguments[1]}"
