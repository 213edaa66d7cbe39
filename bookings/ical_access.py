"""How calendars tell what a room has, in Swedish."""

#: Fact of a room -> how it is told where it is so, and where it is not; {} is the count. What nobody knows is not told.
ACCESS = {
    "step_free_entrance": ("entré utan trappsteg", "trappsteg vid entrén"),
    "accessible_toilet": ("tillgänglig toalett", "ingen tillgänglig toalett"),
    "wheelchair_places": ("rullstolsplatser: {}", "inga rullstolsplatser"),
    "companion_places": ("ledsagarplatser: {}", "inga ledsagarplatser"),
    "hearing_loop": ("hörslinga", "ingen hörslinga"),
    "lift": ("hiss", "ingen hiss"),
    "quiet_room": ("lugnt rum", "inget lugnt rum"),
    "contrast_marking": ("kontrastmarkeringar", "inga kontrastmarkeringar"),
    "assistance_dog": ("assistanshund välkommen", "assistanshund ej tillåten"),
    "fragrance_free": ("parfymfritt", "inte parfymfritt"),
    "parking_m_to_entrance": ("{} m från parkeringen till entrén", "parkering vid entrén"),
}


def access_word(name: str, value: bool | int) -> str:
    """The fact in words; empty where it is told in none."""
    has, has_not = ACCESS.get(name, ("", ""))
    return has.format(value) if value else has_not
