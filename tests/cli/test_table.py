"""Tables from files: every way in which spreadsheets and programs write the same numbers, and what can't be read."""

import io
import zipfile

import numpy as np
import pytest

from symrisk import __main__ as command_line
from symrisk.cli.laws import law_of
from symrisk.cli.table import read_table
from symrisk.errors import DataError, DomainError
from symrisk.laws.empirical import Empirical
from symrisk.symbols import eigenvalue, tau

PAIR = [eigenvalue(1), eigenvalue(2)]
WANTED = [[3.5, 0.5], [1, 1200], [0.25, 1e-3]]
PLAIN = "3.5,0.5\n1,1200\n0.25,1e-3\n"
COMMA = "3,5;0,5\n1;1200\n0,25;1e-3\n"
SAME = {
    "commas": PLAIN.encode(),
    "no end of line": PLAIN.strip().encode(),
    "Windows": PLAIN.replace("\n", "\r\n").encode(),
    "old Mac": PLAIN.replace("\n", "\r").encode(),
    "empty lines": PLAIN.replace("\n", "\n\n").encode(),
    "a mark": PLAIN.encode("utf-8-sig"),
    "UTF-16": PLAIN.encode("utf-16"),
    "UTF-16, big end first": b"\xfe\xff" + PLAIN.encode("utf-16-be"),
    "blanks after commas": PLAIN.replace(",", ", ").encode(),
    "tabs": PLAIN.replace(",", "\t").encode(),
    "blanks": PLAIN.replace(",", "   ").encode(),
    "semicolons": PLAIN.replace(",", ";").encode(),
    "decimal commas": COMMA.encode(),
    "decimal commas and tabs": COMMA.replace(";", "\t").encode(),
    "quotes": b'"3.5","0.5"\n"1","1200"\n"0.25","1e-3"\n',
    "quoted decimal commas": b'"3,5","0,5"\n"1","1200"\n"0,25","1e-3"\n',
    "comments": f"# eigenvalues, of two\n{PLAIN.replace('0.5', '0.5 # the second')}# end\n".encode(),
    "names": f"tau1,tau2\n{PLAIN}".encode(),
    "names in quotes, and decimal commas": f'"tau1";"tau2"\n{COMMA}'.encode(),
    "names of other things": f"source,target\n{PLAIN}".encode(),
    "row numbers without a name": b",tau1,tau2\n0,3.5,0.5\n1,1,1200\n2,0.25,1e-3\n",
}


@pytest.fixture
def file(tmp_path):
    """Writes a file of bytes, of text or of an array, and gives its path."""
    def writer(content, name="table.csv"):
        path = tmp_path / name
        if isinstance(content, np.ndarray):
            np.save(path, content)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)
    return writer


@pytest.mark.parametrize("case", SAME)
def test_the_same_numbers_however_they_are_written(file, case):
    "To the bit."
    assert read_table(file(SAME[case])).numbers.tolist() == WANTED


@pytest.mark.parametrize("array", [np.array(WANTED), np.asfortranarray(WANTED), np.array(WANTED, np.longdouble)], ids=["C", "F", "long"])
def test_an_array_of_numpy(file, array):
    "In either order, of any width."
    assert read_table(file(array, "table.NPY.npy")).numbers.tolist() == WANTED


@pytest.mark.parametrize("text", ["1, 2\n3, 4\n", "tau1,tau2\n1,2\n3,4\n", "1,2\n3,4.0\n", "1,2\n3,-4\n", "1;2\n3;4\n"])
def test_whole_numbers_are_two_columns_where_nothing_else_can_be_meant(file, text):
    "A blank after the comma, names, a point, a sign, a semicolon."
    assert np.abs(read_table(file(text)).numbers).tolist() == [[1, 2], [3, 4]]


REFUSED = {
    "a missing field": ("1.5,,2\n", "row 1, column 2: the number is missing"),
    "a missing field below": ("1.5,2\n3,\n", "row 2, column 2: the number is missing"),
    "a missing tab field": ("1\t2\n\t3\n", "row 2, column 1: the number is missing"),
    "an empty row of a sheet": ("1;2\n;\n", "row 2, column 1: the number is missing"),
    "a decimal comma": ("3,5\n0,25\n", "row 1: '3,5' may be one number or two; write"),
    "decimal commas below one name": ("value\n3,5\n", "row 2: it has 2 fields, and row 1 has 1 field; .* write decimals with a point"),
    "ragged": ("1.5,2\n# x\n3\n", "row 3: it has 1 field, and row 1 has 2 fields"),
    "ragged blanks": ("1 2\n3 4 5\n", "row 2: it has 3 fields"),
    "blanks and decimal commas": ("3,5 1,25\n", "row 1, column 2: '5 1': it is no number"),
    "a word": ("1.5,2\n3,x\n", "row 2, column 2: 'x': it is no number"),
    "a long word": (f"1.5,2\n3,{'x' * 99}\n", f"'{'x' * 20}…'"),
    "a name among numbers": ("tau1,2\n3,4\n", "row 1, column 1: 'tau1': it is no number"),
    "a name that is missing": ("tau1,,tau2\n1,2,3\n", "row 1, column 2: the name is missing"),
    "names twice": ("tau1,tau2\n1,2\ntau1,tau2\n", "row 3, column 1: 'tau1'"),
    "only names": ("tau1,tau2\n", "no row of numbers"),
    "nan": ("1.5,nan\n", "row 1, column 2: 'nan': it is not finite"),
    "inf": ("1.5;-Inf\n", "row 1, column 2: '-Inf': it is not finite"),
    "not available": ("1.5,NA\n", "'NA': it is no number"),
    "too large": ("1.5,1e999\n", "too large or too small"),
    "too small": ("1.5,1e-999\n", "too large or too small"),
    "an underscore": ("1.5,1_000\n", "'1_000': it is no number"),
    "other digits": ("1.5,\u0661\n", "it is no number"),
    "thousands": ('1.5,"1,234.5"\n', "row 1, column 2: '1,234.5': it is written without thousands separators"),
    "thousands or decimals": ("1,234;5\n", "row 1, column 1: '1,234': its comma may separate thousands or decimals"),
    "millions": ("1,234,567;5\n", "without thousands separators"),
    "a point among decimal commas": ("0,5;1\n1.25;2\n", "row 2, column 1: '1.25': it has a decimal point, and other numbers a decimal comma"),
    "row numbers": ("0,3.5\n1,2\n2,1\n", "row 1, column 1: column 1 numbers the rows; leave it out, or name every column"),
    "no name and no row numbers": (",tau1\n5,3.5\n", "the name of column 1 is missing"),
    "an open quote": ('1.5,"2\n', "row 1: a quote is not closed"),
    "nothing": ("", "is empty"),
    "only comments": ("# 1,2\n", "is empty"),
    "Latin letters": ("1.5,2\nm\u00fc,3".encode("latin-1"), "row 2: it is not UTF-8 text; save it as UTF-8"),
    "UTF-16 without its mark": ("1.5,2".encode("utf-16-le"), "is no text; save it as UTF-8"),
    "half of UTF-16": ("1.5,2".encode("utf-16")[:-1], "save it as UTF-8"),
    "a sheet": (b"PK\x03\x04rest", "save the sheet as CSV"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_can_be_read_in_two_ways_or_none_is_refused(file, case):
    "With row and column, and what to write instead."
    text, says = REFUSED[case]
    with pytest.raises(DataError, match=says):
        read_table(file(text))


def test_a_file_is_not_told(file):
    "Of its content an error shows the field that offends, shortened, and no more."
    secret = "hunter2 is my password and the root of all"
    for text in (f"1.5,2\n{secret},{secret}", f"{secret}\n{secret}", f"1.5,2\n3\n{secret}", f'1.5,"{secret}'):
        with pytest.raises(DataError) as refused:
            read_table(file(text))
        assert secret[:30] not in str(refused.value)


def zipped():
    """What a program that saves several arrays writes."""
    kept = io.BytesIO()
    np.savez(kept, a=np.ones(3))
    return kept.getvalue()


def saved(array, allow_pickle=False):
    kept = io.BytesIO()
    np.save(kept, array, allow_pickle=allow_pickle)
    return kept.getvalue()


ARRAYS = {
    "a zip": (zipped(), "no .npy file of numbers"),
    "truncated": (saved(np.ones((50, 2)))[:300], "no .npy file of numbers that is whole"),
    "only a mark": (b"\x93NUMPY", "no .npy file"),
    "nothing": (b"", "no .npy file"),
    "text": (b"1,2\n3,4\n", "no .npy file"),
    "objects": (saved(np.array([{}, 1], dtype=object), allow_pickle=True), "no .npy file of numbers"),
    "a size that nobody has": (saved(np.ones(3)).replace(b"(3,), }        ", b"(3000000000,),}"), "no .npy file of numbers"),
    "a header that runs": (saved(np.ones(3)).replace(b"(3,), }", b"exit()}"), "no .npy file of numbers"),
    "complex": (saved(np.ones(3) + 1j), "not complex128 of shape"),
    "text of numpy": (saved(np.array(["a"])), "holds numbers, a row a direction; not str"),
    "records": (saved(np.zeros(2, dtype=[("a", float)])), "holds numbers, a row a direction"),
    "three axes": (saved(np.ones((2, 2, 2))), r"not float64 of shape \(2, 2, 2\)"),
    "one number": (saved(np.float64(3)), r"not float64 of shape \(\)"),
    "empty": (saved(np.ones((0, 2))), "."),
    "nan": (saved(np.array([[1, 2], [3, np.nan]])), "row 2, column 2: nan is not finite"),
}


@pytest.mark.parametrize("case", ARRAYS)
def test_an_array_that_is_none_is_refused(file, case):
    "Whatever NumPy raises; nothing in it is run or shown."
    content, says = ARRAYS[case]
    with pytest.raises(DataError, match=says):
        read_table(file(content, "table.npy"))


@pytest.mark.parametrize("name", ["gone.csv", "gone.npy", ""])
def test_a_file_that_is_not_there(tmp_path, name):
    "Or is a folder."
    with pytest.raises(DataError):
        read_table(str(tmp_path / name))


def test_names_say_which_column_is_which(file, capsys):
    "In any order; other names are said to be read in the order of the formula's variables."
    law = Empirical({PAIR[0]: [0.5, 2.0], PAIR[1]: [3.0, 1.0]})
    assert law_of("H", "@" + file("tau2,tau1\n3,0.5\n1,2\n"), PAIR).columns[PAIR[0]].tolist() == law.columns[PAIR[0]].tolist()
    assert capsys.readouterr().err == ""
    assert law_of("H", "@" + file("source,target\n0.5,3\n2,1\n"), PAIR) == law
    assert "its first row is names; its columns are read as tau1, tau2" in capsys.readouterr().err
    assert law_of("H", "@" + file(",tau1,tau2\n0,0.5,3\n1,2,1\n"), PAIR) == law
    assert "column 1, which numbers the rows and has no name, is left out" in capsys.readouterr().err


@pytest.mark.parametrize(("text", "head", "says"), [
    ("tau1,index\n1,2\n", "", "column 2: 'index' is no variable of a law"), ("tau1,tau1\n1,2\n", "", "each of one variable; not tau1, tau1"),
    ("tau1,tau2\n1,2\n", "tau2, tau1", "are named tau1, tau2; not tau2, tau1"), ("1.5,2\n", "tau1", "has 2 columns, each of one variable; not tau1"),
    ("1.5,2\n", "tau1,tau1", "not tau1, tau1")])
def test_names_that_contradict_are_refused(file, text, head, says):
    "Unknown beside known, twice, others in front, too few."
    with pytest.raises(DataError, match=says):
        law_of("H", f"{head}|@{file(text)}", PAIR)


def test_what_rounding_left_below_zero_is_zero(file):
    "In a file as in an array; what is negative beyond it is refused."
    law = law_of("H", "@" + file("2.5\n-1e-15\n3e-16\n"), [tau])
    assert law.columns[tau].tolist() == [2.5, 0, 0]
    with pytest.raises(DomainError, match=r"tau is not negative; not tau\[1\] = -1e-09"):
        law_of("H", "@" + file("2.5\n-1e-9\n"), [tau])


def test_a_zip_called_npy_ends_in_one_line(file, capsys):
    "As every file that is no table."
    words = ["eval", "transfer.covariate_shift.pooled_variance", "n1=40", "n2=30", "p=100", f"H=@{file(zipped(), 'law.npy')}"]
    code = command_line.main(words)
    out, err = capsys.readouterr()
    assert (code, out, err.count("\n")) == (2, "", 1) and "no .npy file of numbers" in err
    assert zipfile.is_zipfile(words[-1][3:])
