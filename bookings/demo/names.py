"""Invented names. Plants, birds and weather of the mountains; no real body is meant."""

#: (place, how many presenters, how many schools) in all eight municipalities.
HOSTS = [
    ("Östersund", 3, 2), ("Brunflo", 1, 1), ("Lit", 1, 1), ("Häggenås", 1, 1), ("Fåker", 1, 0),
    ("Orrviken", 0, 1), ("Krokom", 1, 1), ("Ås", 1, 1), ("Nälden", 1, 0), ("Änge (Offerdal)", 1, 1),
    ("Föllinge", 1, 1), ("Valsjöbyn", 1, 0), ("Åre", 1, 1), ("Duved", 0, 1), ("Undersåker", 1, 0),
    ("Järpen", 1, 1), ("Mörsil", 1, 1), ("Hallen", 1, 1), ("Kall", 1, 0), ("Svenstavik", 2, 1),
    ("Oviken", 1, 1), ("Hackås", 1, 1), ("Åsarna", 1, 0), ("Klövsjö", 1, 0), ("Ljungdalen", 1, 0),
    ("Sveg", 2, 1), ("Ytterhogdal", 1, 0), ("Lillhärdal", 1, 0), ("Vemdalen", 1, 0), ("Hede", 1, 1),
    ("Funäsdalen", 1, 1), ("Strömsund", 2, 1), ("Hammerdal", 1, 1), ("Hoting", 1, 1), ("Backe", 1, 1),
    ("Gäddede", 1, 1), ("Bräcke", 1, 1), ("Gällö", 1, 1), ("Kälarne", 1, 0), ("Hammarstrand", 1, 1),
    ("Stugun", 1, 1), ("Bispgården", 1, 0),
]  # fmt: skip

#: One for each presenter, in order; joined with the place to "Bygdescen Ripan, Lit".
PRESENTERS = [
    "Ripan", "Hjortronet", "Lavskrikan", "Kråkriset", "Fjällräven", "Polcirkeln", "Granlaven", "Odonet",
    "Pärlugglan", "Snöbollen", "Myrullen", "Enrisets", "Tjädern", "Norrskenet", "Sipporna",
    "Vårflodens", "Bäckörets", "Lommen", "Skvattramens", "Ljungens", "Dvärgbjörkens", "Videts",
    "Fjällvråkens", "Stenskvättans", "Åkerbärets", "Kantarellens", "Barkbrödets", "Tunnbrödets",
    "Messmörets", "Sommarladans", "Skidspårens", "Kvarnhjulets", "Flottarens", "Timmerrännans",
    "Rönnens", "Fjällsippans", "Gullrisets", "Älggräsets", "Orrens", "Järvens", "Uttern", "Storlommens",
    "Blåklintens", "Renlavens", "Isälvens",
]  # fmt: skip
PRESENTER_FORMS = (
    "Bygdescen {}",
    "Kulturföreningen {}",
    "Salongen {}",
    "Scenvännerna {}",
    "Arrangörsgruppen {}",
)
SCHOOLS = [
    "Lavskriks", "Hjortron", "Enris", "Granlavs", "Odons", "Ljung", "Vide", "Myrulls", "Orr", "Björk",
    "Rönn", "Blåbärs", "Lingon", "Åkerbärs", "Tall", "Gran", "Asp", "Sälg", "Ripbärs", "Kråkbärs",
    "Fjällbjörks", "Sipp", "Ormbunks", "Mjölon", "Kruståtels", "Harsyre", "Linnea", "Skogsstjärne",
    "Smultron", "Vitsippe",
]  # fmt: skip

#: (organisation, its ensembles: name, home, people, vehicle)
PRODUCERS = [
    (
        "Exempelscenen Jämtland Härjedalen",
        "exempelscenen",
        [
            ("Trion Isklang", "Östersund", 3, "car"),
            ("Exempelscenens teater", "Östersund", 5, "light_lorry_or_bus"),
            ("Danskompaniet Snömåne", "Krokom", 4, "light_lorry_or_bus"),
        ],
    ),
    (
        "Fria gruppen Kvistbrott",
        "kvistbrott",
        [("Kvistbrott", "Järpen", 2, "car"), ("Cirkus Kvistbrott", "Östersund", 4, "light_lorry_or_bus")],
    ),
]

#: Facts of each production: ensemble, title, art form, ages, grades, minutes, audience, shows a day, fee, next show,
#: languages, warnings, rider (get-in, get-out, changeover, width, depth, height, power, blackout, extras), synopsis.
PRODUCTIONS = [
    ("Trion Isklang", "Trumman och tystnaden", "music", (6, 12), "F–6", 45, 120, 2, 9_800, 4_900, ["sv"], "",
     (75, 45, 30, 4, 3, None, "", "", {}),
     "Tre musiker, en trumma som inte vill låta och en skog som lyssnar. En konsert om att våga vara tyst "
     "tillsammans – och om allt som hörs då."),
    ("Exempelscenens teater", "Flottarens dotter", "theatre", (13, None), "7–9, gy", 70, 160, 1, 24_500, 12_000, ["sv"],
     "Starka ljud", (180, 90, 60, 7, 6, "3.2", "32a", "full", {"needs_light": True, "helpers_in": 2, "helpers_out": 2}),
     "Hon kunde läsa älven bättre än någon karl. En pjäs om mod, timmer och vad som händer när vattnet stiger."),
    ("Danskompaniet Snömåne", "Spår i snö", "dance", (4, 9), "förskola–3", 35, 90, 2, 13_500, 6_500, ["none"], "",
     (120, 60, 40, 7, 7, "3.5", "16a", "dim", {"floor_need": "sprung", "needs_warm_floor": True}),
     "Dans utan ord om djuren som lämnar spår och barnen som följer dem. Publiken sitter på golvet, mitt i vintern."),
    ("Kvistbrott", "Berättarkväll vid elden", "storytelling", (15, None), "", 75, 100, 1, 8_200, 4_000, ["sv"], "",
     (45, 30, 30, 3, 2, None, "", "", {}),
     "Skrönor, sägner och sanningar från fäbodar och järnvägsstationer, med fiol. Elden är låtsas, värmen är äkta."),
    ("Cirkus Kvistbrott", "Balans på svag is", "circus", (7, None), "1–9", 55, 200, 2, 19_900, 9_500, ["none"],
     "Rök", (150, 75, 45, 6, 6, "3.5", "16a", "dim", {"needs_flat_floor": True, "needs_vehicle_access": True}),
     "Fyra artister, en sjö som kanske bär. Samtida cirkus om att lita på varandra när underlaget gungar."),
    ("Trion Isklang", "Vinterns låtar", "music", (10, None), "", 80, 180, 1, 14_000, 7_000, ["sv"], "",
     (60, 45, 30, 5, 4, None, "16a", "", {"needs_piano": True}),
     "Folkmusik från bägge sidor om fjällen, nya låtar om gamla vägar. Konsert för bygdegårdar, kyrkor och salonger."),
    ("Exempelscenens teater", "Staare sjunger", "music_theatre", (8, None), "3–9", 60, 140, 2, 17_500, 8_500,
     ["sv", "sma"], "", (120, 60, 45, 6, 5, "3", "16a", "", {"dressing_rooms": 1}),
     "Musikteater på svenska och sydsamiska om en stad med två namn och ett barn som söker det tredje."),
    ("Kvistbrott", "Lilla mörkret", "theatre", (3, 6), "förskola", 30, 50, 3, 7_400, 3_200, ["sv"], "",
     (60, 30, 30, 4, 4, "2.4", "", "full", {}),
     "Mörkret bor under sängen och är räddare än du. En liten föreställning för små grupper, med ficklampor."),
]  # fmt: skip

#: Title -> what calendars say of it beside: access services that it always has, and what to prepare.
SHOWN = {
    "Trumman och tystnaden": (["sign_language"], "Prata om tystnad: när hör ni ingenting?"),
    "Spår i snö": (["relaxed"], "Publiken sitter på golvet: ordna mattor.\nSkor tas av vid dörren."),
    "Flottarens dotter": (
        ["audio_description", "captions"],
        "Läs lärarhandledningens första kapitel tillsammans.",
    ),
    "Lilla mörkret": ([], "Låt barnen ta med en ficklampa om de vill."),
}

#: (address before the @, what the person is, organisation's slug or None, role); people are roles, not persons.
PEOPLE = [
    ("producent", "Producent", "exempelscenen", "producer"),
    ("producent2", "Producent, fri grupp", "kvistbrott", "producer"),
    ("kulturutvecklare", "Kulturutvecklare", "exempelregionen", "officer"),
    ("administrator", "Administratör", "exempelregionen", "administrator"),
    ("pedagog", "Scenkonstpedagog", "exempelregionen", "pedagogue"),
    ("samordnare", "Kommunens samordnare", "exempelkommunen-krokom", "coordinator"),
]
DOMAIN = "demo.turne.example"

DECLINES = (
    "Salen är uthyrd den kvällen.",
    "Vi har redan en föreställning samma vecka.",
    "Vi får inte ihop tillräckligt med folk som kan hjälpa till.",
)
