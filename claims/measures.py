"""What numbers measure: units, counted things, and the words of tolls around a number.

The lists are this project's own, in lower case and singular where a plural is regular.
"""

from __future__ import annotations

from collections.abc import Mapping

from claims.text import word_set

# word -> (unit, measure); the unit symbols are SI or ISO 4217 where there is one.
_KM, _MI, _M, _FT = ("km", "distance"), ("mi", "distance"), ("m", "distance"), ("ft", "distance")
UNITS: Mapping[str, tuple[str, str | None]] = {
    **dict.fromkeys(("km", "kms", "kilometer", "kilometre", "kilometers", "kilometres"), _KM),
    **dict.fromkeys(("mile", "miles"), _MI),
    **dict.fromkeys(("meter", "metre", "meters", "metres"), _M),
    **dict.fromkeys(("foot", "feet", "ft"), _FT),
    **dict.fromkeys(("yard", "yards"), ("yd", "distance")),
    **dict.fromkeys(("hectare", "hectares", "ha"), ("ha", "area")),
    **dict.fromkeys(("acre", "acres"), ("ac", "area")),
    **dict.fromkeys(("kg", "kilo", "kilos", "kilogram", "kilograms", "kilogramme"), ("kg", None)),
    **dict.fromkeys(("ton", "tons", "tonne", "tonnes"), ("t", None)),
    **dict.fromkeys(("pound", "pounds", "lb", "lbs"), ("lb", None)),
    **dict.fromkeys(("barrel", "barrels", "bpd"), ("bbl", None)),
    **dict.fromkeys(("liter", "litre", "liters", "litres"), ("L", None)),
    **dict.fromkeys(("mw", "megawatt", "megawatts"), ("MW", None)),
    **dict.fromkeys(("gw", "gigawatt", "gigawatts"), ("GW", None)),
    **dict.fromkeys(("percent", "%", "pct"), ("%", "share")),
    **dict.fromkeys(("second", "seconds"), ("s", "time")),
    **dict.fromkeys(("minute", "minutes"), ("min", "time")),
    **dict.fromkeys(("hour", "hours"), ("h", "time")),
    **dict.fromkeys(("day", "days", "night", "nights"), ("day", "time")),
    **dict.fromkeys(("week", "weeks"), ("week", "time")),
    **dict.fromkeys(("month", "months"), ("month", "time")),
    **dict.fromkeys(("year", "years"), ("year", "time")),
    **dict.fromkeys(("dollar", "dollars", "dlr", "dlrs", "usd"), ("USD", "money")),
    **dict.fromkeys(("euro", "euros", "eur"), ("EUR", "money")),
    **dict.fromkeys(("ruble", "rubles", "rouble", "roubles", "rub"), ("RUB", "money")),
    **dict.fromkeys(("hryvnia", "hryvnias", "hryvnya", "uah"), ("UAH", "money")),
    **dict.fromkeys(("shekel", "shekels"), ("ILS", "money")),
    **dict.fromkeys(("lira", "liras"), ("TRY", "money")),
    **dict.fromkeys(("rial", "rials"), ("IRR", "money")),
    **dict.fromkeys(("yuan", "renminbi"), ("CNY", "money")),
}
SQUARE = {"km": ("km²", "area"), "mi": ("mi²", "area"), "m": ("m²", "area"), "ft": ("ft²", "area")}
CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "₽": "RUB", "₴": "UAH", "₪": "ILS", "¥": "JPY"}
CALIBRES = word_set("mm millimeter millimetre caliber calibre gauge inch inches")

TOLL: Mapping[str, str] = {
    **dict.fromkeys(
        word_set("""
        killed kill kills killing dead die died dies dying death deaths slain slew perished
        fatalities fatality martyred martyr martyrs eliminated eliminating eliminate liquidated
        executed beheaded massacred assassinated assassinating murdered murdering slaughtered
        bodies corpses lives destroyed neutralized neutralised neutralizing neutralising
        executions killings drowned buried lynched
        """),
        "killed",
    ),
    **dict.fromkeys(
        word_set("""
        wounded wounding wound wounds injured injuring injure injures injuries injury hurt
        maimed hospitalized hospitalised maiming burned
        """),
        "wounded",
    ),
    **dict.fromkeys(
        word_set("""
        captured capturing capture captures detained detaining detain detains detention arrested
        arresting arrest arrests arrested prisoners prisoner pows pow abducted abducting
        kidnapped kidnapping hostages hostage surrendered apprehended apprehending imprisoned
        jailed captives captive detainees detainee seized rounded interned
        """),
        "captured",
    ),
    **dict.fromkeys(
        word_set("убит убиты убитых убито погиб погибли погибших загинув загинули загиблих вбито"),
        "killed",
    ),
    **dict.fromkeys(
        word_set("ранен ранены раненых ранено поранено поранених поранені раненими ранеными"),
        "wounded",
    ),
    **dict.fromkeys(word_set("missing unaccounted disappeared"), "missing"),
    **dict.fromkeys(
        word_set("""
        displaced displacing evacuated evacuating evacuate fled flee fleeing refugees refugee
        evacuees homeless displacement uprooted
        """),
        "displaced",
    ),
    **dict.fromkeys(
        word_set("casualties casualty losses lost lose loses losing victims"), "casualties"
    ),
}

OF_THINGS_TOO = word_set(
    """destroyed seized captured capture captures capturing lost lose loses losing losses arrest
    hurt lives eliminated eliminating burned buried surrendered neutralized neutralised"""
)
"""Of the words of tolls, those that also happen to things: "seized two hills"."""

EQUIPMENT = word_set(
    """tank vehicle howitzer gun mortar cannon launcher apc ifv carrier aircraft plane jet
        helicopter fighter bomber drone uav ucav missile rocket bomb warship ship vessel boat
        submarine frigate corvette radar battery system truck car pickup bulldozer humvee bmp
        btr stryker bradley abrams leopard mlrs artillery piece rifle weapon grenade mine shell
        munition warhead airplane warplane gunship tanker trailer locomotive train depot bridge
        interceptor projectile cartridge ak-47 kalashnikov explosive ied rpg machinegun round
        ammunition equipment hardware armor armour motorcycle quadcopter torpedo platform
        speedboat"""
)
ATTACKS = word_set(
    """
        attack assault strike airstrike raid clash engagement attempt counterattack offensive
        incident shelling explosion blast sortie battle bombing ambush violation operation
        provocation bombardment skirmish firefight launch
        """
)
SETTLEMENTS = word_set(
    """settlement village town city locality hamlet community neighborhood neighbourhood district
    region province oblast municipality"""
)
PEOPLE = word_set(
    """person people soldier serviceman servicemen servicewoman servicewomen troop trooper
    civilian man men woman women child children boy girl baby infant teenager student pupil
    personnel officer general commander leader policeman policemen police guard fighter
    militant terrorist rebel insurgent gunman gunmen militiaman militiamen guerrilla extremist
    subversive mercenary volunteer conscript recruit reservist prisoner pow hostage detainee
    captive refugee resident citizen inhabitant villager farmer peasant worker employee
    journalist reporter doctor medic paramedic nurse patient teacher official diplomat pilot
    crew crewman crewmen sailor seaman seamen marine paratrooper member family relative
    brother sister father mother son daughter wife husband cousin grandmother grandfather
    bystander passerby passer-by protester demonstrator migrant settler pilgrim passenger
    driver victim casualty body rescuer firefighter responder staff aide lawmaker politician
    mayor priest bishop nun missionary tourist foreigner national other facilitator associate
    suspect individual operative sniper bomber attacker assailant engineer builder cell
    jihadist islamist separatist partisan combatant defender occupier invader native elder
    trader merchant shopkeeper dealer trafficker financier coordinator sub-commander
    subcommander deputy planner smuggler recruiter courier trainer specialist expert supplier
    handler emplacer adult youth pensioner"""
)
PERSON = PEOPLE - word_set(
    "people servicemen servicewomen men women children police personnel crew"
)
"""People nouns that can follow "a": one of them is one person."""


def singular(word: str) -> str:
    """A noun without its plural ending; enough for look-ups in the lists above."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def of_object(head: str) -> str | None:
    """The measure that the noun counted tells by itself; people tell none."""
    noun = singular(head)
    for nouns, measure in (
        (EQUIPMENT, "equipment"),
        (ATTACKS, "attacks"),
        (SETTLEMENTS, "settlements"),
    ):
        if (noun in nouns or head in nouns) and noun not in ("fighter", "bomber"):
            return measure
    return None


def is_people(head: str) -> bool:
    """Whether a noun counts people; names of peoples count by their capital elsewhere."""
    return head in PEOPLE or singular(head) in PEOPLE
