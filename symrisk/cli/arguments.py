"""What can be typed: verbs and their options.  Imported for `--help`, so it imports nothing of
weight.
"""

import argparse
import re
import sys

from symrisk.cli.terminal import columns

LANGUAGES = ("python", "r", "julia", "c")
POINT = "name=value, exact: n1=100 ssr=0.2 snr=1/5"
LAW = (
    "; a law as its atoms, values: weight, H='3,1/2: 2/5; 1,2: 3/5' (values in the order tau1, "
    "tau2, ..., tau0, b1, ..., b0, "
    "as far as they are needed; others are named in front, H='tau1,tau_omega | 3,1: 1/2; 1,2: "
    "1/2') or, measured, from a "
    "file of a row a direction, whose first row may name the columns: H=@eigenvalues.csv"
)
VALUES = (
    POINT
    + LAW
    + "; several values n1=100,200,300 or a range n1=100:400:100 (first:last:step) give a table"
)


def parse(argv=None):
    """The arguments, `args.verb` among them; SystemExit for --help, --version and wrong usage."""
    parser = _parser(sys.argv[1:] if argv is None else argv)
    args, rest = parser.parse_known_args(argv)
    options = [word for word in rest if word.startswith("-")]
    if rest and (options or args.gathers is None):
        unknown = options or rest
        wrong = f"unrecognized arguments: {' '.join(unknown)}"
        parser.error(f"{wrong}{_instead_of(unknown[0], rest, args)}")
    if rest:
        # argparse fills a `*` positional once: words that follow an option come back here
        getattr(args, args.gathers).extend(rest)
    return args


def _instead_of(option, rest, args):
    """What to say after an option that a verb does not have: an input is given as name=value."""
    from symrisk.engine.slips import hint

    # An input's name such as n1 is close to any word as short as it.
    close = hint(option, re.findall(r"--[\w-]{4,}", args.usage()))
    if close or args.gathers != "values" or not option.startswith("--"):
        return close
    name, _, value = option[2:].partition("=")
    after = rest[rest.index(option) + 1 :]
    value = value or next((word for word in after if not word.startswith("-")), "...")
    return f"; an input is given as {name}={value}"


def _parser(words):
    """Knows every verb, and of the one that is typed, its options: to declare those of all of them
    takes longer than to list the theorems.
    """
    parser = Parser(
        prog="symrisk",
        description="The executable theory of high-dimensional risk.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=Version, nargs=0, help="print the version and stop")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, prog=parser.prog)
    for name, (declare, help) in VERBS.items():
        verb = verbs.add_parser(name, help=help, allow_abbrev=False)
        verb.set_defaults(gathers=None)
        if name in words:
            declare(verb)
            verb.set_defaults(usage=verb.format_usage)
            verb.description = f"{help[0].upper()}{help[1:]}. {verb.description}"
    return parser


class Formatter(argparse.HelpFormatter):
    """argparse's, as wide as the terminal; its own way to ask for that loads what unpacks
    archives.
    """

    def __init__(self, prog):
        super().__init__(prog, width=columns() - 2)


class Parser(argparse.ArgumentParser):
    """argparse with one form of message for every verb."""

    def __init__(self, **options):
        super().__init__(**{"formatter_class": Formatter, **options})
        for action in (None, "store"):
            self.register("action", action, Once)

    def error(self, message):
        """Usage, and one line of what is wrong; for a verb that is none, what is close to it."""
        from symrisk.engine.slips import hint

        found = re.search(r"invalid choice: '([^']*)' \(choose from (.*)\)", message)
        if found:
            message += hint(found[1], re.findall(r"\w+", found[2]))
        self.print_usage(sys.stderr)
        self.exit(2, f"symrisk: error: {message}\n")


class Once(argparse.Action):
    """Takes the value of an option; one that is given twice is an error: the first would be
    ignored.
    """

    def __call__(self, parser, namespace, values, option_string=None):
        given = namespace.__dict__.setdefault("given", set())
        if option_string is not None and self.dest in given:
            parser.error(f"argument {option_string}: it is given twice")
        given.add(self.dest)
        setattr(namespace, self.dest, values)


class Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser, *_):
        import symrisk

        print(f"symrisk {symrisk.__version__}")
        parser.exit()


def _identified(parser, what, **options):
    parser.add_argument("id", metavar="ID", help=what, **options)
    _elsewhere(parser)


def _elsewhere(parser):
    parser.add_argument(
        "--in",
        dest="modules",
        action="append",
        default=[],
        metavar="MODULE",
        help="look here (a dotted name, a file or a folder) instead of in symrisk's own theorems",
    )


def _decided_anew(parser):
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help="decide anew what was decided before and has not changed since",
    )


def _find(parser):
    parser.description = (
        "Each word has to begin a word of a title, a statement, a cited work, or the meaning of a "
        "formula or of its inputs."
    )
    parser.set_defaults(gathers="words")
    parser.add_argument("words", nargs="*", default=[], metavar="WORD", help="model collapse")
    parser.add_argument(
        "--inputs",
        default="",
        metavar="NAMES",
        help="only formulas that take all of these: snr,ssr",
    )
    parser.add_argument(
        "--paper",
        default="",
        metavar="WORDS",
        help="only what cites a work with these words: an author, a year, a title",
    )
    parser.add_argument(
        "--author",
        default="",
        metavar="NAME",
        help="only what cites a work of this author: Sur, 'Pragya Sur'",
    )
    parser.add_argument(
        "--json", action="store_true", help="a list of objects: id, title, formulas, more"
    )


def _check(parser):
    parser.description = (
        "Exits 1 where one is refuted, ends "
        "in an error, or is undecided and not expected to be, and where a module does not import "
        "or nothing is "
        "checked.  Every .py file below a folder is looked at; what is not looked at is said.  "
        "With --mutants, each formula is altered instead, one thing at a time, and a claim, a "
        "derivation step or a simulation must catch it: exits 1 where one survives."
    )
    parser.set_defaults(gathers="modules")
    parser.add_argument(
        "modules",
        nargs="*",
        default=[],
        metavar="WHAT",
        help="an id (concept_shift), a setting (transfer), or theorems of your own: a dotted "
        "name, a file or a folder; by default all of symrisk's own theorems",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "-v",
        dest="every",
        action="store_true",
        help="a row each, not only for what does not hold",
    )
    form.add_argument(
        "--json",
        action="store_true",
        help="print a list of objects: id, claim, status, by, seconds, ...",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help="processes (by default as many as there are processors); rows are the same, in the "
        "same order",
    )
    parser.add_argument(
        "--in",
        dest="within",
        action="append",
        default=[],
        metavar="MODULE",
        help="look here for what the ids name, instead of in symrisk's own theorems",
    )
    parser.add_argument(
        "-k",
        dest="words",
        metavar="WORDS",
        help="only claims, errata and steps whose id or sentence has all of these words",
    )
    parser.add_argument(
        "--failed",
        action="store_true",
        help="only what failed in the last check, or has not been checked",
    )
    _decided_anew(parser)
    parser.add_argument(
        "--undecided",
        nargs="?",
        const="tests/undecided.txt",
        metavar="FILE",
        help="claims expected to be undecided, one sentence a line, # comments (without FILE: "
        "%(const)s)",
    )
    parser.add_argument(
        "--mutants",
        action="store_true",
        help="alter each formula (a coefficient, a sign, an exponent, a term left out or twice, "
        "one letter for another), and say what catches it, or that nothing does",
    )
    parser.add_argument(
        "--sample",
        type=int,
        metavar="N",
        help="with --mutants: at most N altered formulas of each theorem, from all over it",
    )
    parser.add_argument(
        "--shard",
        metavar="K/N",
        help="with --mutants: the K-th of N parts of what there is to alter",
    )


def _show(parser):
    parser.description = "Without an ID: the list of theorems."
    _identified(
        parser,
        "a theorem (transfer.concept_shift), or a formula or derivation of one "
        "(transfer.concept_shift.gain)",
        nargs="?",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--latex", action="store_true", help="a LaTeX document that compiles")
    form.add_argument(
        "--json",
        action="store_true",
        help="plain data, each claim with its verdict and certificate",
    )
    form.add_argument("--plain", action="store_true", help="formulas drawn in text")
    form.add_argument(
        "--code", choices=LANGUAGES, help="the formulas as functions of a programming language"
    )
    form.add_argument(
        "--proofs",
        action="store_true",
        help="each claim with its proof: coordinates, polynomials, signs",
    )
    form.add_argument(
        "--claim",
        metavar="WORDS",
        help="only the claims whose sentence contains WORDS, with their proofs",
    )
    _decided_anew(parser)


def _eval(parser):
    parser.description = "Prints the number; its accuracy and what it assumes go to stderr."
    parser.set_defaults(gathers="values")
    _identified(parser, "a formula, such as transfer.concept_shift.pooled_risk")
    parser.add_argument("values", nargs="*", default=[], metavar="name=value", help=VALUES)
    parser.add_argument(
        "--digits", type=int, metavar="N", help="N significant digits, all of them right"
    )
    parser.add_argument(
        "--ball", action="store_true", help="a rigorous enclosure, of N (or 30) digits"
    )
    parser.add_argument(
        "--json", action="store_true", help="an object, or a list of them for several values"
    )
    parser.add_argument(
        "--total",
        action="store_true",
        help="of an excess risk: with the noise of a fresh label added",
    )
    for name, other in (("lam", "mu/n"), ("mu", "n*lam")):
        parser.add_argument(
            f"--{name}",
            metavar="VALUE",
            help=f"as {name}=VALUE: {name} = {other}, also where the formula takes the other",
        )
    parser.add_argument(
        "--where", action="store_true", help="also every name that the value rests on"
    )


def _simulate(parser):
    parser.description = "Exits 1 where the two are more than 5 standard errors apart."
    parser.set_defaults(gathers="values")
    _identified(parser, "a theorem, or one formula of it")
    parser.add_argument(
        "values",
        nargs="*",
        default=[],
        metavar="name=value",
        help=f"{POINT}{LAW} (else the default point)",
    )
    parser.add_argument(
        "--reps",
        type=int,
        default=100,
        metavar="N",
        help="independent replicates (default %(default)s)",
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=0,
        metavar="S",
        help="of the random numbers (default %(default)s)",
    )
    parser.add_argument(
        "--rows",
        choices=("gaussian", "signs", "student"),
        help="how the entries of X are distributed: student has 5 degrees of freedom",
    )
    parser.add_argument(
        "--jobs", type=int, default=1, metavar="J", help="processes (default %(default)s)"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="a list of objects: formula, mean, standard_error, z, ...",
    )


def _plot(parser):
    parser.description = (
        "A theorem's own figure; or, with name=value, any formula along the input that runs: "
        "n1=0:480. Needs matplotlib: pip install symrisk[plot]."
    )
    parser.set_defaults(gathers="values")
    _identified(
        parser,
        "a theorem that has a figure (a wrong one lists them), or a formula, such as "
        "transfer.concept_shift.pooled_risk",
    )
    parser.add_argument(
        "values",
        nargs="*",
        default=[],
        metavar="name=value",
        help="of a formula: one input that runs, n1=0:480 or snr=0.1:100:log, and every other, "
        f"{POINT}{LAW}; several values, ssr=0.1,0.2,0.5, are a curve each; an id without = is a "
        "second formula",
    )
    parser.add_argument(
        "--out", metavar="FILE", help="where to; the ending says the format (default ID.png)"
    )
    parser.add_argument(
        "--log", choices=("x", "y", "xy"), default="", help="axes with a logarithmic scale"
    )
    parser.add_argument(
        "--simulate",
        type=int,
        default=0,
        metavar="N",
        help="add the means of N simulated replicates, with standard errors",
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=None,
        metavar="S",
        help="of the random numbers that --simulate draws (default 0)",
    )


def _new(parser):
    parser.description = (
        "A small true theorem with its derivation, simulation and tests, which check as they are: "
        "put your own formulas in their place.  No file that is there is touched."
    )
    parser.add_argument(
        "folder",
        metavar="DIR",
        help="where to; it need not be there yet, and its name is the theorem's",
    )
    parser.add_argument("--name", metavar="NAME", help="the theorem's name, where it is another")


def _phase(parser):
    parser.description = (
        "A map over two of their inputs: where to pool, say, and where not. Needs "
        "matplotlib: pip install symrisk[plot]."
    )
    parser.set_defaults(gathers="values")
    parser.add_argument(
        "pooled", metavar="ID", help="a formula, such as transfer.concept_shift.pooled_risk"
    )
    parser.add_argument(
        "alone",
        metavar="ID",
        help="the one it is compared with, such as transfer.concept_shift.target_risk",
    )
    parser.add_argument(
        "values",
        nargs="*",
        default=[],
        metavar="name=value",
        help=f"every other input: {POINT}{LAW}",
    )
    for side, where in (("x", "across"), ("y", "up")):
        parser.add_argument(
            f"--{side}",
            required=True,
            metavar="NAME:FIRST:LAST[:log]",
            help=f"the input that runs {where}: n1:0:500, or snr:1/10:100:log on a logarithmic "
            f"scale",
        )
    parser.add_argument(
        "--labels",
        nargs=2,
        metavar=("BELOW", "ELSE"),
        help="what to do where the first is below the second, and where not: pool 'target alone' "
        "(by default what is compared is named)",
    )
    parser.add_argument(
        "--out", metavar="FILE", help="where to; the ending says the format (default phase.png)"
    )
    _elsewhere(parser)


VERBS = {
    "find": (_find, "find theorems and formulas by what they say"),
    "check": (_check, "decide every claim, erratum and derivation step"),
    "show": (_show, "print a theorem, a formula or a derivation"),
    "eval": (_eval, "evaluate a formula"),
    "simulate": (_simulate, "compare a theorem's formulas with Monte Carlo"),
    "plot": (_plot, "draw a theorem, or any formula along one of its inputs"),
    "phase": (_phase, "draw where one formula is below another"),
    "new": (_new, "write a theorem of your own to start from"),
}
"""What declares the options of each verb, and what it does."""
