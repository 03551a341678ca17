"""A program as machine code, by numba (the [fast] extra): one fused loop nest, one pass over
memory, a part of the grid to each of the threads that numba may have (NUMBA_NUM_THREADS).

Used when asked for, and by default once a program has been asked for HOT points, so that a single
call never waits for the compiler.
"""

import importlib.util
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from math import prod
from weakref import WeakKeyDictionary

import numpy as np

from symrisk.engine.arrays import grid
from symrisk.engine.instructions.leaves import Input
from symrisk.engine.program.program import exposed
from symrisk.errors import ArgumentError

HOT = 2_000_000
WORTH_A_THREAD = 1 << 17
"""Points of a grid for which a thread of their own is started."""
BACKENDS = (None, "numpy", "numba")
SEEN = WeakKeyDictionary()
"""program -> how many points it was asked for, as long as anybody has it."""


def runner(backend, program, shape):
    """A function with the signature of `grid.run`, or None where NumPy should do it."""
    if backend not in BACKENDS:
        raise ArgumentError(f"backend is one of {', '.join(map(repr, BACKENDS))}; not {backend!r}")
    if backend == "numba" and not installed():
        raise ArgumentError("backend='numba' needs the [fast] extra: pip install symrisk[fast]")
    if not shape or backend == "numpy" or not is_fused(program):
        return None
    return run if backend == "numba" or _is_hot(program, prod(shape)) else None


@lru_cache(maxsize=1)
def installed():
    return importlib.util.find_spec("numba") is not None


@lru_cache(maxsize=1024)
def is_fused(program):
    """Whether every instruction of a program has source text."""
    steps = [each for each in program.code if not isinstance(each, Input)]
    return all(step.source() is not None for step in steps)


def _is_hot(program, points):
    before = SEEN.get(program, 0)
    SEEN[program] = before + points
    return before >= HOT and points >= HOT // 16 and installed()


def run(program, arrays, checks, masked=False):
    """As `grid.run`; a point that breaks a check sends the whole grid there, for its message or
    its mask.
    """
    shape = np.broadcast_shapes(*(a.shape for a in arrays))
    result = np.empty(shape)
    views, out = _aligned(arrays, result)
    axes = tuple(tuple(axis for axis, size in enumerate(v.shape) if size > 1) for v in views)
    kernel = _kernel(program, tuple((c.register, c.kind) for c in checks), axes, out.ndim)
    parts = _parts(out, views, _threads(out.size))
    if len(parts) == 1:
        sound = kernel(*parts[0])
    else:
        with ThreadPoolExecutor(len(parts)) as threads:
            sound = all(threads.map(lambda part: kernel(*part), parts))
    return result if sound else grid.run(program, arrays, checks, masked)


def _threads(points):
    import numba

    return max(1, min(numba.config.NUMBA_NUM_THREADS, points // WORTH_A_THREAD))


def _parts(out, views, amount):
    """The result and the inputs, cut along the first axis into at most so many parts."""
    size = out.shape[0]
    step = max(1, -(-size // amount))
    parts = []
    for start in range(0, size, step):
        rows = slice(start, start + step)
        parts.append([out[rows], *(v[rows] if v.shape[0] > 1 else v for v in views)])
    return parts or [[out, *views]]


def _aligned(arrays, result):
    """Inputs with as many axes as the result; all flat where each is a number or as large as the
    result.
    """
    if all(a.shape in ((), result.shape) for a in arrays):
        return [np.ascontiguousarray(a).reshape(-1) for a in arrays], result.reshape(-1)
    views = [a.reshape((1,) * (result.ndim - a.ndim) + a.shape) for a in arrays]
    return [np.ascontiguousarray(v) for v in views], result


@lru_cache(maxsize=64)
def _kernel(program, checks, axes, ndim):
    import numba

    space = {"isfinite": np.isfinite, "floor": np.floor, "inf": np.inf}
    for instruction in program.code:
        space |= instruction.words
    exec(compile(_source(program, checks, axes, ndim), "<symrisk kernel>", "exec"), space)  # noqa: S102
    return numba.njit(fastmath=False, error_model="numpy", nogil=True)(space["kernel"])


def _source(program, checks, axes, ndim):
    """The text of the loop nest: built from register numbers and operators, never from names or
    input.
    """
    names = {
        k: f"a{k}[{', '.join(f'i{axis}' if axis in varying else '0' for axis in range(ndim))}]"
        for k, varying in enumerate(axes)
    }
    lines = [f"def kernel(out, {', '.join(f'a{k}' for k in names)}):", "sound = True"]
    lines += [f"{' ' * axis}for i{axis} in range(out.shape[{axis}]):" for axis in range(ndim)]
    inner = [f"r{j} = {_text(instruction, names)}" for j, instruction in enumerate(program.code)]
    inner += [
        f"out[{', '.join(f'i{axis}' for axis in range(ndim))}] = r{program.outputs[0]}",
        f"sound &= {_tests(program, checks)}",
    ]
    body = [f"    {line}" for line in lines[1:]] + [" " * (4 + ndim) + line for line in inner]
    return "\n".join([lines[0], *body, "    return sound", ""])


def _tests(program, checks):
    texts = {
        "finite": "isfinite(r{0})",
        "whole": "r{0} == floor(r{0})",
        ">": "0 < r{0} < inf",
        ">=": "0 <= r{0} < inf",
    }
    tests = [texts[kind].format(r) for r, kind in checks if kind != "finite"]
    # A pole must not hide: what could turn infinity into a number is looked at before it does.
    finite = {r for r, kind in checks if kind == "finite"}
    finite |= {*exposed(program), program.outputs[0]}
    # What is on one side of 0 and below infinity has been found finite.
    finite -= {r for r, kind in checks if kind in (">", ">=")}
    tests += [f"isfinite(r{r})" for r in sorted(finite)]
    return " & ".join(f"({test})" for test in tests) or "True"


def _text(instruction, names):
    return names[instruction.place] if isinstance(instruction, Input) else instruction.source()
