"""What a certificate must look like: one spelling of each number and polynomial, and nothing besides."""

import copy

import pytest

from symrisk import Claim, Region, prove
from symrisk.decide.found import proofs
from symrisk.decide.recheck.shape import check_shape
from symrisk.errors import NotProved
from symrisk.symbols import n1, p

CLAIM = Claim("there is room", (p - n1)/p, ">", 0, on=Region(n1 < p))


@pytest.fixture
def certificate():
    return copy.deepcopy(prove(CLAIM).certificate)


def refused(certificate, said):
    with pytest.raises(NotProved, match=said):
        check_shape("it", certificate)


def test_what_prove_gives_has_the_shape(certificate):
    "Else nothing would be proved."
    check_shape("it", certificate)


@pytest.mark.parametrize("forged, said", [
    (None, "a certificate is a dict"), ({}, "None is no method"), ({"method": 3}, "3 is no method"),
    ({"method": "hope"}, "'hope' is no method"), ({"parts": 1}, "certificate.parts is no list"),
    ({"parts": [], "more": 1}, "a field 'more' that nothing reads")])
def test_what_is_no_certificate_is_refused(forged, said):
    "By what is wrong with it."
    refused(forged, said)


@pytest.mark.parametrize("number, said", [
    ("2/4", "lowest terms"), ("1.0", "lowest terms"), ("+1", "lowest terms"), ("1/0", "lowest terms"), ("", "lowest terms"),
    (1, "no number written as text"), (True, "no number"), ("9"*5000, "no number")])
def test_a_number_has_one_spelling(certificate, number, said):
    "Two spellings of one certificate would be two certificates; and a huge one is not read at all."
    certificate["cells"][0]["constant"] = number
    refused(certificate, said)


@pytest.mark.parametrize("table, said", [
    ({"variables": ["x", "x"], "terms": [[[1, 1], "1"]]}, "names a variable twice"),
    ({"variables": ["x"], "terms": [[[0], "1"]]}, "does not use"),
    ({"variables": ["x"], "terms": [[[1], "1"], [[2], "1"]]}, "from the highest down"),
    ({"variables": ["x"], "terms": [[[1], "1"], [[1], "1"]]}, "from the highest down"),
    ({"variables": ["x"], "terms": [[[1], "0"]]}, "is zero"),
    ({"variables": ["x"], "terms": [[[-1], "1"]]}, "exponent -1"),
    ({"variables": ["x"], "terms": [[[10**9], "1"]]}, "exponent 1000000000"),
    ({"variables": ["x"], "terms": [[[True], "1"]]}, "exponent True"),
    ({"variables": ["x"], "terms": [[[1, 2], "1"]]}, "no pair"),
    ({"variables": ["x"]}, "has no terms")])
def test_a_polynomial_has_one_spelling(certificate, table, said):
    "Terms from the highest down, none of them zero, of the variables it uses."
    certificate["cells"][0]["factors"][0]["polynomial"] = table
    refused(certificate, said)


@pytest.mark.parametrize("name", sorted(proofs()))
def test_every_kind_of_proof_says_its_fields(name):
    "One without a single field of its own is refused for want of the first."
    refused({"method": name}, f"has no {sorted(field for field in proofs()[name].fields if not field.endswith('?'))[0]}")
