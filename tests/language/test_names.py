"""Names: what they mean where several sides speak of them."""

import operator

import numpy as np
import pytest
import sympy

from symrisk import Claim, Formula, Implicit, Region, prove
from symrisk.errors import ArgumentError, DomainError
from symrisk.language.expression import Expression, as_side
from symrisk.language.names.graph import _followed
from symrisk.language.names.meanings import Meanings
from symrisk.language.names.slopes import Slopes
from symrisk.language.names.together import letters, refuse_unclear, written_together
from symrisk.language.relation import Relation
from symrisk.symbols import symbol

a = symbol("a", "a", "a defined letter", positive=True)
x = symbol("x", "x", "a positive letter", positive=True)
y = symbol("y", "y", "a positive letter", positive=True)
z = symbol("z", "z", "a root", positive=True)
root_of_x, root_of_y = (Implicit.root(z, z**2 - letter) for letter in (x, y))


def formula(expression, **where):
    return Formula(symbol("f", "f", "a value"), expression, **where)


def test_what_one_side_defines_means_the_same_beside_it():
    "Explicit definitions are put in; the implicit name stays."
    defining = formula(a + z, where={a: x + y, **root_of_x})
    meanings = Meanings((defining, as_side(a)), {}, ())
    assert meanings.put_in(2 * a + z) == 2 * (x + y) + z
    assert meanings.roots == dict(root_of_x) and meanings.primes == ({}, {})


def test_what_both_sides_define_differently_is_primed_in_the_second():
    "In the roots too; a letter beside them that could be either is refused."
    sides = formula(z, where={**root_of_x}), formula(z + 1, where={**root_of_y})
    meanings = Meanings(sides, {}, ())
    (fresh,) = meanings.primes[1].values()
    assert meanings.primes[0] == {} and str(fresh) == "z'"
    assert meanings.roots[fresh].polynomial == fresh**2 - y
    with pytest.raises(ArgumentError, match="says it: z is defined in two ways"):
        meanings.written_out("says it", z + 1)
    own = Meanings(sides, dict(root_of_x), ())
    assert own.written_out("says it", z + 1) == z + 1


def test_a_primed_name_takes_no_letter_that_is_there():
    "z' is a letter of something beside the sides: the second root is z''."
    taken = Expression(sympy.Symbol("z'", positive=True))
    sides = formula(z, where={**root_of_x}), formula(z, where={**root_of_y})
    assert list(map(str, Meanings(sides, {}, [taken]).primes[1].values())) == ["z''"]
    assert letters([taken, sides[0]]) == {"z'", "z", "x"}


def test_relations_together_share_their_roots():
    "The second relation's root has a prime; what was known before has none."
    first, second = (Relation(formula(z, where={**own}), "<", 1) for own in (root_of_x, root_of_y))
    roots = {}
    written = written_together((first, second), roots)
    assert [str(left) for left, _ in written] == ["z", "z'"] and set(map(str, roots)) == {"z", "z'"}
    with pytest.raises(ArgumentError, match="z < 2: z is defined in two ways"):
        written_together((first, second, Relation(z, "<", 2)), {})
    refuse_unclear("nobody", {x}, {z})


def test_slopes_go_through_names():
    "By the chain rule through an explicit name, by the linear equation through a root."
    slopes = Slopes({a: x**2, **root_of_x}, x)
    assert slopes.total(a * y) == 2 * x * y
    assert sympy.simplify(slopes.total(z) - 1 / (2 * z)) == 0
    assert slopes.brought == {}


# -- three that are told apart

w = symbol("w", "w", "a third positive letter", positive=True)
small = Region(z < 2)
ROOTS = [formula(z, where={**Implicit.root(z, z**2 - letter)}, on=on) for letter, on in ((x, None), (y, None), (w, small))]


def test_what_a_part_is_called_in_the_whole_is_kept():
    "The third root is z'': joining says so, for nobody can read it off the letters."
    first, second, third = (part.graph for part in ROOTS)
    two, primes = first.joined(second, operator.add)
    assert [{str(name): str(fresh)} for name, fresh in primes.items()] == [{"z": "z'"}]
    three, primes = two.joined(third, operator.add)
    assert [{str(name): str(fresh)} for name, fresh in primes.items()] == [{"z": "z''"}]
    assert sorted(map(str, three.unknowns)) == ["z", "z'", "z''"]
    assert first.joined(first, operator.add)[1] == {}


def test_a_third_root_keeps_its_own_region():
    "What holds where w < 4 is refused beyond, and nothing is proved of another root by it."
    first, second, third = ROOTS
    total = first + second + third
    assert total(x=1, y=100, w=1) == 12
    with pytest.raises(DomainError, match="holds for z'' < 2; not at"):
        total(x=1, y=1, w=100)
    assert prove(Claim("the third stays below two", total, "<", first + second + 2)).status == "proved"
    assert prove(Claim("the second does as well", total, "<", first + 2 + third)).status == "refuted"


def test_a_claim_tells_what_all_its_names_solve():
    "Those of its region too; one that is defined otherwise than in a side has a prime."
    first, second, _ = ROOTS
    claim = Claim("they differ", second, "==", 1, on=Region(first < 5))
    assert sorted(map(str, claim.unknowns)) == ["z", "z'"]
    assert claim.unknowns[z].polynomial == z**2 - y
    alone = Claim("it is less than six", first, "<", 6, on=Region(first < 5)).unknowns
    assert {str(name): root.polynomial for name, root in alone.items()} == {"z": z**2 - x}


def test_names_follow_one_renaming_after_another():
    "A letter that was primed is primed again; one that was not is primed now."
    fresh, twice = sympy.Symbol("x'"), sympy.Symbol("x''")
    assert _followed({x: fresh}, {fresh: twice, y: z}) == {x: twice, y: z}


def test_a_system_moves_with_the_root_that_is_its_parameter():
    "Where the root is primed, what the system is solved at is; its own letter stays."

    def near(z):
        return 2 * z, np.zeros(np.shape(z), int)

    twice = Implicit.cases((a,), [(a - 2 * z,)], near, (z,), latex="2z", says="twice a root")
    of_x, of_y = (formula(a + z, where={**own, **twice}) for own in (root_of_x, root_of_y))
    both = of_x + of_y
    assert both(x=4, y=9) == 15 and both.digits(10, x=4, y=9) == 15
    assert prove(Claim("each is three roots", of_x - formula(3 * z, where={**root_of_x}), "==", 0)).status == "proved"
