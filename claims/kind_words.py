"""The lexicon and the rules behind claim types: classes of words, and what they say together.

Words are compared by stem (`stem`), so "capture" stands for captured, captures and capturing; a
word written "=word" is compared whole. A rule gives weight to a type when a word of its class is
there, or when words of two classes stand near each other; `claims.kinds` adds the weights up.
The classes and the weights are this project's own; the types are those of `docs/claims.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from claims.model import ClaimType

_IRREGULAR = {
    "shot": "shoot",
    "fought": "fight",
    "lost": "lose",
    "took": "take",
    "taken": "take",
    "retook": "retake",
    "retaken": "retake",
    "held": "hold",
    "fell": "fall",
    "fallen": "fall",
    "left": "leave",
    "struck": "strike",
    "stricken": "strike",
    "drove": "drive",
    "driven": "drive",
    "withdrew": "withdraw",
    "withdrawn": "withdraw",
    "broke": "break",
    "broken": "break",
    "beat": "beat",
    "beaten": "beat",
    "sent": "send",
    "met": "meet",
    "fled": "flee",
    "overran": "overrun",
    "sank": "sink",
    "sunk": "sink",
    "died": "die",
    "dies": "die",
    "dying": "die",
    "dead": "die",
    "slain": "slay",
    "sought": "seek",
    "blew": "blow",
    "blown": "blow",
    "hitting": "hit",
    "won": "win",
    "thought": "think",
    "said": "say",
    "women": "woman",
    "men": "man",
    "children": "child",
    "servicemen": "serviceman",
    "militiamen": "militiaman",
    "gunmen": "gunman",
    "policemen": "policeman",
    "denies": "deny",
    "denied": "deny",
    "freed": "free",
}


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A crude stem, the same for the forms of one verb or noun: captur, shel, destroy."""
    word = word.removesuffix("'s").removesuffix("'")
    word = _IRREGULAR.get(word, word)
    if len(word) > 4:
        if word.endswith(("ies", "ied")):
            return word[:-3] + "y"
        if word.endswith("ing") and len(word) > 5:
            word = word[:-3]
        elif (word.endswith("ed") and not word.endswith("eed")) or word.endswith("es"):
            word = word[:-2]
        elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
    elif len(word) == 4 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word


_CLASSES: Mapping[str, str] = {
    # Who and what
    "soldier": """soldier serviceman servicemen troop military =personnel fighter militant rebel
        insurgent gunman terrorist militiaman mercenary officer commander marine paratrooper
        policeman guerrilla jihadist policemen conscript =forces army battalion brigade regiment
        division =police =units sailor airman operative combatant subversive extremist cadet
        volunteer saboteur sniper pilot crew =lieutenant =general =colonel =sergeant =taliban
        =isis =guard =guards enemy occupier garrison platoon patrol separatist =corporal""",
    "civilian": """civilian people resident woman child man citizen villager family peasant farmer
        inhabitant worker passenger journalist reporter doctor teacher student boy girl baby
        paramedic medic pedestrian bystander protester demonstrator priest nun judge mayor
        businessman victim population tourist patient pensioner relative father mother son
        daughter brother politician lawmaker leader lawyer engineer driver nurse infant teenager
        =local =locals refugee Palestinian dentist activist =minors elderly employee executive
        landowner rancher wife husband muslim christian""",
    "object": """hospital school home house apartment residential church mosque kindergarten market
        dormitory university shop theatre theater playground clinic building cathedral
        infrastructure bazaar restaurant hotel supermarket cemetery =civilian convent embassy
        bank restaurants =ambulance ambulances pharmacy store neighbourhood neighborhood""",
    "equipment": """
        tank vehicle howitzer gun mortar launcher aircraft plane jet helicopter drone uav
        missile rocket warship ship vessel boat submarine radar battery truck humvee stryker
        bradley abrams leopard mlrs himars artillery apc warplane armor armour armored armoured
        ammunition depot weapon weapons arms cache arsenal materiel munition
        """,
    "airborne": """drone uav missile rocket shahed kalibr iskander kinzhal atacms storm bomb shell
        geran aircraft plane jet helicopter projectile quadcopter warplane kh""",
    "place": """
        village town city settlement territory area region district hill height position base
        airport airfield border bridgehead =ground =land kilometer kilometre km mile outskirts
        suburb province oblast stronghold island crossroads highway road line lines front
        neighbourhood neighborhood enclave pocket checkpoint direction sector ridge
        fortification town hamlet farm locality square garrison capital river bridge compound
        """,
    # What happened on the ground
    "gain": """
        retake recapture liberate occupy overrun conquer encircle surround clear reclaim regain
        annex besiege gain
        """,
    "advance": """
        advance breakthrough penetrate inroad foothold bridgehead infiltrate encirclement
        """,
    "offensive": "incursion =offensive counteroffensive invade invasion offensive",
    "retreat": """withdraw withdrawal retreat pullback pullout abandon fall""",
    "control": """control hold capture""",
    "enter": "enter cross push move break take drive reach storm penetrate progress",
    "further": "further deep deeper forward into back through across toward towards past",
    "repel": """
        repel repuls thwart foil intercept neutralize neutralise rebuff fend parry =downed
        =downing
        """,
    "stop": "stop halt prevent block defend beat hold hamper check contain resist deter",
    "assault": """attack assault offensive advance attempt incursion breakthrough counterattack
        invade raid break push""",
    "shoot": "shoot bring knock =shot",
    "down": "=down =downed",
    "fight": """fight fighting clash combat battle firefight gunfight skirmish shootout engagement
        gunbattle hostilities ambush crossfire confrontation""",
    "fire": "=fire =gunfire =shots shooting",
    "engage": "engage exchange open return",
    # Fire from afar
    "bomb": """
        airstrike bombard bombing bombardment shelling shell airstrikes barrage blast explosion
        explode detonate detonation strafe sabotage salvo dynamited =raid =raids torch arson
        detonator drone-strike bombed bombings
        """,
    "device": """bomb ied missile rocket grenade dynamite explosive landmine hellfire drone""",
    "strike": "strike hit target pound launch fire attack fired",
    "weapon": """
        missile rocket drone bomb shell artillery mortar grenade uav airstrike munition kalibr
        iskander shahed atacms himars dynamite explosive bomber gas chlorine chemical sarin
        device cluster warhead =air aerial
        """,
    # Tolls
    "kill": """
        kill die death slay perish fatality murder massacre assassinate slaughter execute behead
        casualty eliminate assassination lynch martyr corpse toll bodies lethal homicide
        shoot-dead fatally shot =gunned assassin
        """,
    "wound": "wound injure injury hurt maim hospitalize hospitalise",
    "destroy": """destroy damage burn sink disable wreck demolish obliterate level ruin wipe
        hit crash""",
    "lose": "lose loss losses casualty",
    "prisoner": """prisoner pow hostage detainee captive abduct kidnap detain arrest surrender
        imprison abduction kidnapping captivity jail apprehend detention custody""",
    "find": "find discover recover seize confiscate uncover defuse dismantle cache =found",
    "back": "=back =out =backwards",
    "push": "push drive force fall throw",
    "captive": "facilitator associate suspect member individual leader insurgent militant cell",
    "free": "free liberate",
    "need": "food water power electricity heating rescue supplies fuel energy",
    "exchange": "exchange swap release free return hand liberate",
    # Whose object tells what was taken (see `claims.kinds`)
    "seize": """capture seize""",
    # Forces
    "deploy": """
        deploy redeploy reinforce mobilize mobilise mobilization mobilisation conscript recruit
        station divert transfer regroup amass reinforcement reserve reserves buildup
        conscription redeployment deployment muster rotate rearm concentrate conscription
        recruitment enlist draft drill drills maneuver manoeuvre exercise
        """,
    "arms": """weapon arms ammunition missile tank f-16 patriot himars atacms aircraft artillery
        munition shell equipment jet system systems drone aid assistance""",
    "supply": """supply deliver provide send receive ship donate transfer procure produce
        purchase delivery shipment train equip produce production acquire arm bring""",
    # Aid
    "displaced": """evacuate evacuation displace displaced refugee flee shelter homeless
        displacement evacuee""",
    "aid": """
        humanitarian aid corridor relief medicine medicines medical outage blackout famine
        starvation starve hunger hygiene unicef unrwa convoy evacuation sanitation vaccine
        cholera rebuild reconstruction
        """,
    # Politics
    "plan": """
        plan intend seek aim objective vow threaten promise order decree demand urge ultimatum
        martial propose proposal ban authorize authorise mandate impose imposition decide
        retaliate shall refuse aims buffer
        """,
    "measure": """
        law prohibit policy strategy goal create creation establish prepare require allow permit
        approve consider budget legislation bill elections election referendum reform priority
        occupation annexation annex respond response warn permission parliament constitution
        """,
    "diplomacy": """
        talks negotiate negotiation ceasefire truce agreement deal accord treaty sanction summit
        meeting meet envoy ambassador mediate mediation mediator diplomat diplomatic diplomacy
        peace agree sign resolution partnership cooperate cooperation dialogue negotiator minsk
        tariff embargo armistice recognition bilateral ratify memorandum congratulate
        congratulation consultation disarmament nonproliferation normalise normalize solidarity
        """,
    "contact": """
        coalition support call phone vote conference visit discuss counterpart membership
        condolence invite partner alliance delegation pledge initiative backing relationship
        relations ties =relation friendship
        """,
    # Dispute and view
    "wrong": """
        crime violate violation atrocity genocide provocation aggression illegal unlawful
        torture rape looting loot blame accuse accusation false-flag propaganda disinformation
        abuse criminal massacre breach betray betrayal corruption corrupt hypocrisy cynical
        barbaric guilty complicit complicity perpetrate perpetrator shield sabotage meddling
        cover-up coverup murderer regime evil impunity culprit culpable inhumane fraud
        conspiracy ethnic cleansing indiscriminate sponsor threat responsibility =liar =liars
        =lied
        """,
    "crime": """
        crime war-crime genocide violation violate aggression atrocity massacre torture breach
        illegally unlawful illegal
        """,
    "accuse": "accuse blame denounce condemn slam decry allege deplore",
    "deny": """deny denial refute untrue baseless unfounded fabricate fabrication fake
        groundless nonsense disprove reject dismiss fiction hoax rebut""",
    "assess": """
        likely unlikely probable probably believe think opinion assess assessment analysis
        expect forecast predict suggest indicate cause because important importance success
        successful failure fail risk risky significant significance effective ineffective morale
        clear clearly obvious obviously inevitable possible impossible better worse best worst
        mistake wrong right serious seriously crucial critical decisive hope fear feel seem
        appear impact effect consequence result lead mean implication symbol symbolic disaster
        historic turning point strategic provocative pr-driven irony ironic surprisingly
        understand need easier difficult hard strong weak weaken stronger weaker good bad great
        cost costly price conclude conclusion danger dangerous unprecedented worry concern
        benefit advantage momentum pace stalemate victory defeat evidence doubt perhaps
        unacceptable necessary able capability capable intent would could may might ability
        underestimate cannot explain reason why judge confident trust credibility credible ready
        """,
}

CLASSES_OF: Mapping[str, tuple[str, ...]]


def _index() -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for name, listed in _CLASSES.items():
        for word in listed.lower().split():
            key = word if word.startswith("=") else stem(word)
            index.setdefault(key, [])
            if name not in index[key]:
                index[key].append(name)
    return {key: tuple(names) for key, names in index.items()}


CLASSES_OF = _index()


@lru_cache(maxsize=65536)
def classes_of(word: str) -> tuple[str, ...]:
    """The classes of a word as it stands in the text."""
    low = word.lower().replace("’", "'")
    whole, stemmed = CLASSES_OF.get("=" + low, ()), CLASSES_OF.get(stem(low), ())
    return (*whole, *(name for name in stemmed if name not in whole))


class Rule(NamedTuple):
    """`first` alone, or with `second` at most `reach` words away (`after`: only to the right)."""

    type: ClaimType
    name: str
    weight: float
    first: str
    second: str = ""
    reach: int = 6
    after: bool = False


_T = ClaimType
RULES: tuple[Rule, ...] = (
    Rule(_T.TERRITORY, "gain+place", 3.0, "gain", "place", 7),
    Rule(_T.TERRITORY, "free+place", 2.2, "free", "place", 5),
    Rule(_T.TERRITORY, "push+back", 1.9, "push", "back", 3, after=True),
    Rule(_T.TERRITORY, "advance", 1.6, "advance"),
    Rule(_T.TERRITORY, "offensive", 0.7, "offensive"),
    Rule(_T.TERRITORY, "advance+place", 0.8, "advance", "place", 8),
    Rule(_T.TERRITORY, "retreat+place", 1.8, "retreat", "place", 7),
    Rule(_T.TERRITORY, "retreat", 1.2, "retreat"),
    Rule(_T.TERRITORY, "gain", 0.6, "gain"),
    Rule(_T.TERRITORY, "control", 0.5, "control"),
    Rule(_T.TERRITORY, "control+place", 1.6, "control", "place", 7),
    Rule(_T.TERRITORY, "enter+further", 1.5, "enter", "further", 3),
    Rule(_T.TERRITORY, "enter+place", 0.7, "enter", "place", 5),
    Rule(_T.REPELLED, "repel", 2.2, "repel"),
    Rule(_T.REPELLED, "repel+assault", 2.0, "repel", "assault", 8),
    Rule(_T.REPELLED, "repel+airborne", 1.6, "repel", "airborne", 9),
    Rule(_T.REPELLED, "stop+assault", 3.0, "stop", "assault", 7),
    Rule(_T.REPELLED, "stop+place", 1.0, "stop", "place", 5),
    Rule(_T.REPELLED, "shoot+down", 3.8, "shoot", "down", 4, after=True),
    Rule(_T.FIGHTING, "fight", 1.9, "fight"),
    Rule(_T.FIGHTING, "engage+fire", 1.8, "engage", "fire", 3),
    Rule(_T.FIGHTING, "assault", 0.6, "assault"),
    Rule(_T.FIGHTING, "assault+soldier", 1.1, "assault", "soldier", 7),
    Rule(_T.FIGHTING, "fire", 0.8, "fire"),
    Rule(_T.STRIKE, "bomb", 2.0, "bomb"),
    Rule(_T.STRIKE, "device", 1.0, "device"),
    Rule(_T.STRIKE, "strike", 1.1, "strike"),
    Rule(_T.STRIKE, "strike+weapon", 1.5, "strike", "weapon", 6),
    Rule(_T.STRIKE, "weapon", 0.6, "weapon"),
    Rule(_T.STRIKE, "strike+object", 0.5, "strike", "object", 7),
    Rule(_T.LOSSES, "kill+soldier", 2.9, "kill", "soldier", 6),
    Rule(_T.LOSSES, "wound+soldier", 2.0, "wound", "soldier", 6),
    Rule(_T.LOSSES, "destroy+equipment", 2.6, "destroy", "equipment", 6),
    Rule(_T.LOSSES, "lose+soldier", 3.0, "lose", "soldier", 8),
    Rule(_T.LOSSES, "lose+equipment", 2.6, "lose", "equipment", 9),
    Rule(_T.LOSSES, "lose", 0.8, "lose"),
    Rule(_T.LOSSES, "kill", 1.0, "kill"),
    Rule(_T.CIVILIANS, "kill+civilian", 3.1, "kill", "civilian", 7),
    Rule(_T.CIVILIANS, "wound+civilian", 2.9, "wound", "civilian", 7),
    Rule(_T.CIVILIANS, "destroy+object", 2.4, "destroy", "object", 7),
    Rule(_T.CIVILIANS, "strike+object", 1.8, "strike", "object", 7),
    Rule(_T.CIVILIANS, "strike+civilian", 1.4, "strike", "civilian", 6),
    Rule(_T.CIVILIANS, "bomb+object", 1.2, "bomb", "object", 6),
    Rule(_T.CIVILIANS, "bomb+civilian", 0.9, "bomb", "civilian", 6),
    Rule(_T.CIVILIANS, "kill", 1.2, "kill"),
    Rule(_T.CIVILIANS, "wound", 0.8, "wound"),
    Rule(_T.PRISONERS, "prisoner", 2.4, "prisoner"),
    Rule(_T.PRISONERS, "exchange+prisoner", 1.5, "exchange", "prisoner", 8),
    Rule(_T.PRISONERS, "prisoner+soldier", 0.8, "prisoner", "soldier", 6),
    Rule(_T.FORCES, "deploy", 1.9, "deploy"),
    Rule(_T.FORCES, "deploy+soldier", 1.4, "deploy", "soldier", 7),
    Rule(_T.FORCES, "supply+arms", 2.2, "supply", "arms", 6),
    Rule(_T.FORCES, "supply+soldier", 0.8, "supply", "soldier", 4),
    Rule(_T.FORCES, "find+equipment", 2.2, "find", "equipment", 6),
    Rule(_T.FORCES, "find+device", 2.2, "find", "device", 6),
    Rule(_T.FORCES, "soldier", 0.3, "soldier"),
    Rule(_T.FORCES, "equipment", 0.3, "equipment"),
    Rule(_T.HUMANITARIAN, "displaced", 2.2, "displaced"),
    Rule(_T.HUMANITARIAN, "displaced+civilian", 1.0, "displaced", "civilian", 7),
    Rule(_T.HUMANITARIAN, "aid", 1.5, "aid"),
    Rule(_T.HUMANITARIAN, "need", 0.6, "need"),
    Rule(_T.HUMANITARIAN, "need+civilian", 1.0, "need", "civilian", 8),
    Rule(_T.HUMANITARIAN, "aid+need", 1.0, "aid", "need", 8),
    Rule(_T.HUMANITARIAN, "aid+civilian", 0.8, "aid", "civilian", 8),
    Rule(_T.POLICY, "plan", 1.4, "plan"),
    Rule(_T.POLICY, "measure", 0.7, "measure"),
    Rule(_T.DIPLOMACY, "diplomacy", 1.5, "diplomacy"),
    Rule(_T.DIPLOMACY, "contact", 0.6, "contact"),
    Rule(_T.DIPLOMACY, "contact+diplomacy", 0.8, "contact", "diplomacy", 6),
    Rule(_T.DIPLOMACY, "diplomacy+diplomacy", 1.0, "diplomacy", "diplomacy", 6),
    Rule(_T.ACCUSATION, "wrong", 1.2, "wrong"),
    Rule(_T.ACCUSATION, "crime", 1.0, "crime"),
    Rule(_T.ACCUSATION, "accuse", 2.0, "accuse"),
    Rule(_T.DENIAL, "deny", 2.6, "deny"),
    Rule(_T.ASSESSMENT, "assess", 1.0, "assess"),
)

RULES_OF: Mapping[str, tuple[Rule, ...]] = {
    name: tuple(rule for rule in RULES if rule.first == name) for name in _CLASSES
}
"""The rules by the class that they begin with."""
