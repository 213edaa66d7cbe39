"""By which names the allotment's documents know grades of schools, productions and rooms, and the rows behind them."""


def unit_key(school: int, grade: str) -> str:
    """The name of a grade of a school."""
    return f"{school}:{grade}"


def unit_of(key: str) -> tuple[int, str]:
    """School id and grade behind the name of a unit."""
    school, _colon, grade = key.partition(":")
    return int(school), grade


def production_key(pk: int) -> str:
    """The name of a production."""
    return f"p{pk}"


def site_key(pk: int) -> str:
    """The name of a room."""
    return f"v{pk}"


def pk_of(key: str) -> int:
    """The id behind the name of a production or a room."""
    return int(key[1:])
