"""Words that choose among claims, steps and altered formulas; nothing of weight is imported."""


def split(words: str | None) -> list[str]:
    """The words of a search; capitals do not count.

    >>> split("Golden weight"), split(None)
    (['golden', 'weight'], [])
    """
    return (words or "").casefold().split()


def speaks_of(words: list[str], identifier: str, says: str) -> bool:
    """Whether each word stands in an id or in a sentence.

    >>> speaks_of(["golden", "mixing"], "collapse.mixing", "the slope vanishes at the golden weight")
    True
    """  # noqa: E501
    said = f"{identifier}: {says}".casefold()
    return all(word in said for word in words)
