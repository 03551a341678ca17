"""What every noun of the library shares: it is frozen, and pickles as its fields alone."""

from dataclasses import fields


class Noun:
    """A frozen dataclass whose cached answers stay behind when it is pickled."""

    def __getstate__(self):
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __setstate__(self, state):
        self.__dict__.update(state)
