"""The life of Nadia Belombrière: six years of somebody who takes care of herself, as far as one has the time."""

from __future__ import annotations

from datetime import date, timedelta

from webapp.cli.lives.mother_papers import file_papers
from webapp.cli.lives.space import Space
from webapp.cli.lives.story import Story
from webapp.profile.rules import Kind

YEARS = 6
THYROID, ASTHMA = "Hypothyroïdie", "Asthme léger"
HORMONE, SPRAY = "Lévothyroxine", "Salbutamol"


def live(story: Story, space: Space, opened: date) -> None:
    """Tell it; `opened`: the day on which the space was opened."""
    _profile(story, space, opened)
    _measures(story, space, opened)
    file_papers(story, space, opened)
    _messages(story, space, opened)


def _profile(story: Story, space: Space, opened: date) -> None:
    born, say = space.person.birth_date, space.say
    space.answer(opened, 166, 68_500, [THYROID, ASTHMA], [HORMONE, SPRAY], ["Pénicilline"])
    first = opened + timedelta(days=3)
    space.correct(first, Kind.TREATMENT, HORMONE, dose="50 microgrammes le matin à jeun", since="2016-02")
    space.correct(first, Kind.TREATMENT, SPRAY, dose="2 bouffées en cas de gêne", since="1999")
    space.correct(first, Kind.ILLNESS, THYROID, since="2016")
    space.correct(first, Kind.ALLERGY, "Pénicilline", criticality="high", reaction="gonflement du visage")
    space.correct(
        opened + timedelta(days=420), Kind.TREATMENT, HORMONE, dose="75 microgrammes le matin à jeun"
    )
    say(opened + timedelta(days=420), Kind.ALLERGY, name="Pollens de graminées")
    say(story.ago(300), Kind.ILLNESS, name="Entorse du genou gauche")
    say(story.ago(299), Kind.TREATMENT, name="Kinésithérapie du genou", dose="2 séances par semaine")
    space.correct(story.ago(120), Kind.TREATMENT, "Kinésithérapie du genou", dose="1 séance par semaine")
    sprain = story.ago(300).isoformat()
    healed = story.ago(60).isoformat()[:7]
    space.correct(
        story.ago(30), Kind.ILLNESS, "Entorse du genou gauche", since=sprain, until=healed, state="resolved"
    )
    space.correct(story.ago(30), Kind.TREATMENT, "Kinésithérapie du genou", until=healed, state="stopped")
    for months, name, batch in (
        (1, "BCG", ""),
        (3, "Tetracoq", ""),
        (4, "Tetracoq", ""),
        (5, "Tetracoq", ""),
        (16, "ROR", ""),
        (18, "Tetracoq", ""),
        (71, "DTPolio", ""),
        (136, "ROR", ""),
        (138, "Engerix B", ""),
        (144, "Engerix B", ""),
        (191, "Revaxis", "W0931"),
        (305, "Repevax", "N8841-2"),
        (428, "Covid-19", "FE7012"),
        (429, "Covid-19", "FF1184"),
        (434, "Covid-19", "FK6630"),
    ):
        day = born + timedelta(days=round(months * 30.44))
        diseases = _diseases(name)
        said = {"name": name} | ({"batch": batch} if batch else {}) | diseases
        say(max(day, opened + timedelta(days=10)), Kind.VACCINATION, day, **said)
    for years in range(YEARS):
        autumn = date(story.today.year - years, 10, 18)
        if opened < autumn < story.today and years != 2:
            lot = f"U{3107 + years * 211}A"
            say(autumn, Kind.VACCINATION, name="Grippe", batch=lot, **_diseases("Grippe"))
    stays = {
        (date(1999, 1, 1), "year", ""): ("Opération de l’appendicite", "Clinique du Vieux-Chêne"),
        (date(2015, 6, 7), "", "2015-06-11"): ("Accouchement", "Maternité des Trois-Fontaines"),
        (date(2019, 1, 20), "", "2019-01-24"): ("Accouchement", "Maternité des Trois-Fontaines"),
    }
    for (day, precision, until), (name, place) in stays.items():
        more = {"precision": precision} if precision else {"until": until}
        say(opened + timedelta(days=11), Kind.HOSPITAL_STAY, day, name=name, place=place, **more)
    family = (("MTH", "Diabète de type 2"), ("FTH", "Hypertension artérielle"), ("GRMTH", "Cancer du sein"))
    for relation, name in family:
        say(opened + timedelta(days=12), Kind.FAMILY_HISTORY, relation=relation, name=name)
    for topic, name in (
        ("tobacco", "Arrêté en 2014, avant la naissance de Léo."),
        ("activity", "Vélo pour aller au travail, 20 minutes par jour. Piscine le samedi."),
        ("food", "Peu de viande. Deux cafés par jour."),
        ("work", "Institutrice : debout toute la journée."),
        ("sleep", "Sept heures. Réveils la nuit au printemps, à cause des pollens."),
    ):
        say(opened + timedelta(days=30), Kind.WAY_OF_LIFE, topic=topic, name=name)
    for role, name, relation, phone in (
        ("emergency", "Karim Belombrière", "frère", "+33199001234"),
        ("trusted", "Inès Vautrelle", "amie", "+33199005678"),
        ("other", "Josette Pommerand", "voisine, a les clés", "+33199009012"),
    ):
        say(opened + timedelta(days=31), Kind.PERSON, role=role, name=name, relation=relation, phone=phone)
    say(
        opened + timedelta(days=31),
        Kind.WISH,
        topic="organ-donation",
        name="D’accord pour donner après ma mort.",
    )
    wish = "Écrites à la main. Inès en a une copie, une autre est dans le tiroir du bureau."
    say(story.ago(200), Kind.WISH, topic="advance-directives", name=wish)


def _diseases(name: str) -> dict[str, list[str]]:
    from webapp.profile.vaccines import recognise

    found = list(recognise(name))
    return {"diseases": found} if found else {}


def _measures(story: Story, space: Space, opened: date) -> None:
    chance = story.random
    for number in range(1, 74):
        day = opened + timedelta(days=30 * number)
        grams = 68_500 - number // 2 * 100 + 900 * (number % 12 < 3) + chance.randrange(-4, 5) * 100
        if day < story.today and number % 17 != 9:  # one does not always think of it
            space.say(day, Kind.WEIGHT, value=grams)
    for number in range(80):
        day = story.ago(3 * 365 - number * 14)
        calm = 136 - number // 6
        said = {
            "systolic": calm + chance.randrange(-6, 8),
            "diastolic": 84 - number // 9 + chance.randrange(-4, 5),
        }
        if day < story.today:
            space.say(
                day, Kind.BLOOD_PRESSURE, **said | ({"note": "Après le vélo"} if number % 20 == 7 else {})
            )
    for number in range(24):
        day = opened + timedelta(days=20 + 91 * number)
        if day < story.today:
            space.say(day, Kind.GLUCOSE, value=870 + 6 * number + chance.randrange(-3, 4) * 10)
    flu = story.ago(640)
    for number, tenths in enumerate((385, 392, 388, 381, 374, 368)):
        space.say(flu + timedelta(days=number), Kind.TEMPERATURE, value=tenths)
    for number, pain in enumerate((7, 6, 6, 5, 4, 4, 3, 2, 2, 1)):
        space.say(story.ago(298 - 20 * number), Kind.PAIN, value=pain, note="Genou gauche, en marchant")
    for number in range(8):
        space.say(story.ago(700 - number * 80), Kind.HEART_RATE, value=76 - number + chance.randrange(-3, 4))


def _messages(story: Story, space: Space, opened: date) -> None:
    space.read_everything(opened + timedelta(days=1))
    for number in range(1, 24):
        day = opened + timedelta(days=91 * number)
        if day >= story.ago(40):
            break
        flu = 9 <= day.month <= 11
        subject, *body = _NEWS[0 if flu else 1 + number % (len(_NEWS) - 1)]
        space.receive(day, subject, *body, archived=number < 9 and number % 2 == 0)
    for days, number in ((30, 4), (9, 1), (2, 2)):
        subject, *body = _NEWS[number]
        space.receive(story.ago(days), subject, *body, read=False)


_NEWS = (
    (
        "La vaccination contre la grippe a commencé",
        "Elle est proposée chaque automne. Un pharmacien, une infirmière ou un médecin peut vacciner.",
        "Une fois vacciné, je peux l’ajouter à mon profil médical : le nom du vaccin, le jour et le numéro de lot.",
    ),
    (
        "Mes coordonnées sont-elles à jour ?",
        "Les codes de connexion partent à l’adresse et au téléphone de « Mon compte ».",
        "Une adresse qui ne sert plus se change en deux minutes.",
    ),
    (
        "Relire mon profil médical une fois par an",
        "Un traitement arrêté, une allergie découverte : ce qui a changé est utile à qui me soigne.",
        "Rien n’est perdu en corrigeant : chaque version reste, avec son jour.",
    ),
    (
        "Les documents masqués",
        "Un document peut être masqué aux professionnels de santé, et montré de nouveau plus tard.",
        "Il reste visible ici, avec la mention « masqué ».",
    ),
    (
        "Attention aux faux messages",
        "Personne du service ne demande un mot de passe ou un code par téléphone.",
        "Un doute ? La page d’aide dit quoi faire.",
    ),
    (
        "Préparer une consultation",
        "La synthèse du profil médical tient sur une page, à montrer ou à imprimer.",
        "Une question notée la veille est une question que l’on n’oublie pas.",
    ),
    (
        "La carte d’urgence",
        "Une face de la taille d’une carte : allergies, traitements, qui prévenir.",
        "Elle s’imprime depuis le profil médical, et se glisse dans le portefeuille.",
    ),
    (
        "Ranger une ordonnance en photo",
        "Une photo prise avec le téléphone suffit : elle est redressée, et le lieu où elle a été prise en est retiré.",
        "Elle se retrouve par son nom, sa catégorie ou sa date.",
    ),
    (
        "Qui s’est connecté à mon compte",
        "« Mon compte » montre mes connexions, et ce qui s’est passé.",
        "Un appareil inconnu se déconnecte d’un geste, et le mot de passe se change juste après.",
    ),
    (
        "Les espaces des enfants",
        "L’espace d’un enfant se partage avec l’autre parent, par une invitation depuis « Ma famille ».",
        "À 18 ans, il devient le sien, et les parents n’y entrent plus.",
    ),
)
