"""What every noun of the library shares: it is frozen, pickles as its fields alone, and keeps
what it once worked out.
"""

from dataclasses import fields


class Noun:
    """A frozen dataclass whose cached answers stay behind when it is pickled."""

    def __getstate__(self):
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __setstate__(self, state):
        self.__dict__.update(state)


class cached_property:  # noqa: N801 - it is used as the one of functools is
    """An answer worked out when it is first asked for, and kept; safe under threads, without a
    lock.

    Python 3.11's own locks a property for all objects of a class while it works out one: two
    threads whose nouns ask for one another's answers wait for each other for ever.  Here two may
    work out the same answer; the first one stands.
    """

    def __init__(self, work):
        self.work, self.__doc__, self.name = work, work.__doc__, work.__name__

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, noun, owner=None):
        if noun is None:
            return self
        known = noun.__dict__
        if self.name not in known:
            known.setdefault(self.name, self.work(noun))
        return known[self.name]
