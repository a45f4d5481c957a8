"""The lexicon behind claim types: classes of words, and the stems that they are compared by.

"capture" stands for captured, captures and capturing (`stem`); a word written "=word" is compared
whole. `claims.kind_rules` says what the classes mean together. The classes are this project's own.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import lru_cache

from claims.remembered import Remembered

WORD = re.compile(
    r"[A-Za-z]++(?![\w'’-])"
    r"|[^\W\d_]+(?:['’-][^\W\d_]+)*|[,;:.!?()]"
)
"""What the rules read as one word: letters with hyphens and apostrophes, or a mark.

The first line is there for speed alone: it takes most words in half the time of the second.
"""

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
    "plane": "airplan",  # apart from "plan"
    "planes": "airplan",
    "warplane": "airplan",
    "warplanes": "airplan",
}


@lru_cache(maxsize=4096)
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


STEMS = Remembered(lambda w: sys.intern(stem(w)))
"""The stem of each word in lower case, for hot loops."""


def stem_set(listed: str) -> frozenset[str]:
    """The stems of a list that is written as running text."""
    return frozenset(stem(word) for word in listed.split())


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
    "retreat": """withdraw withdrawal retreat pullback pullout abandon flush oust dislodge rout
        expel""",
    "fall": "fall",
    "evacuate": "evacuate evacuation",
    "control": """control hold capture""",
    "enter": "enter cross push move break take drive reach storm penetrate progress",
    "further": "further deep deeper forward into back through across toward towards past",
    "failed": "unsuccessful unsuccessfully fail failed failure =vain futile",
    "hold": "keep maintain hold =kept",
    "defence": "defense defence defences defenses =line =positions =lines",
    "airliner": "airliner boeing =mh17 =passenger =malaysian",
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
    "struck": "=struck =hit =attacked =targeted =pounded =launched =fired =bombed =shelled =hits",
    "weapon": """
        missile rocket drone bomb shell artillery mortar grenade uav airstrike munition kalibr
        iskander shahed atacms himars dynamite explosive bomber gas chlorine chemical sarin
        device cluster warhead =air aerial
        """,
    # Tolls
    "kill": """
        kill die death slay perish fatality murder massacre assassinate slaughter execute behead
        casualty eliminate assassination lynch martyr corpse toll bodies lethal homicide
        shoot-dead fatally shot =gunned assassin martyred suicide
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
    "need": "food water electricity heating rescue healthcare clinic",
    "suffer": """malnutrition malnourished disease dire uproot starving displaced demine demining
        preventable treatable wounded-treatment homeless""",
    "flee": "flee flees fleeing",
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
    "displaced": """evacuate evacuation displace displaced refugee shelter homeless
        displacement evacuee uproot""",
    "aid": """
        humanitarian corridor medicine medicines medical outage blackout famine
        starvation starve hunger hygiene unicef unrwa sanitation vaccine
        cholera rebuild reconstruction
        """,
    "help": "aid relief convoy supplies assistance",
    "military": "=military =lethal =defense =defence =security =naval =arms",
    "own": """have possess own install equip equipped mount accumulate stockpile amass transport
        build test range design move arrive base store""",
    # Politics
    "plan": """
        plan intend seek aim objective vow threaten promise order decree demand urge ultimatum
        martial propose proposal ban authorize authorise mandate impose imposition decide
        retaliate shall aims buffer
        """,
    "demand": """should must ought instruct =let urge appeal insist =needs command demand
        calls =call ask shoulder""",
    "measure": """
        law prohibit policy strategy goal create creation establish prepare require allow permit
        approve budget legislation bill elections election referendum reform priority
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
        conspiracy ethnic cleansing indiscriminate sponsor responsibility =liar =liars
        =lied deport deportation coerce coercion forcibly false lure discriminate
        mistreat mistreatment hostages looted blackmail terrorize neo-nazi nazi =hostage
        extermination repress repression persecute falsify faking distort oppress
        """,
    "law": "law convention charter rights resolution =agreements",
    "breach": "violate breach sabotage undermine ignore flout disregard",
    "crime": """
        crime war-crime genocide violation violate aggression atrocity massacre torture breach
        illegally unlawful illegal
        """,
    "accuse": "accuse blame denounce condemn slam decry allege deplore",
    "deny": """deny denial refute untrue baseless unfounded fabricate fabrication fake
        groundless nonsense disprove reject fiction hoax rebut misleading beggars debunk
        unproven =myth =false""",
    "modal": "=could =would =may =might =cannot =can =can't",
    "opinion": """important importance success successful failure risk significant significance
        effective mistake crucial critical decisive danger dangerous disaster historic
        unprecedented clear obvious inevitable impossible hard difficult easy weak weaken strong
        undermine complicate exacerbate thanks reason indicate prospect alarming incapable
        seriously surprising remarkable ashamed setback challenge hope fear best worst better
        worse catastrophe catastrophic problem struggle lesson advantage consequence""",
    "none": "=no =not =neither =nor =without =unclear =didn't =doesn't =yet",
    "detail": """detail details specify elaborate confirmation comment immediately clarify verify
        =given =gave responsibility word""",
    "scene": """visit award anniversary ceremony born interview interviewed asked tribute
        century founded decades history historical known named called saga sagas dinner""",
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

CLASS_NAMES = tuple(_CLASSES)


def _index() -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for name, listed in _CLASSES.items():
        for word in listed.lower().split():
            key = word if word.startswith("=") else stem(word)
            index.setdefault(key, [])
            if name not in index[key]:
                index[key].append(name)
    return {key: tuple(names) for key, names in index.items()}


CLASSES_OF: Mapping[str, tuple[str, ...]] = _index()
"""The classes of a stem, or of a whole word under "=word"."""


def classes_of(word: str) -> tuple[str, ...]:
    """The classes of a word as it stands in the text."""
    low = word.lower().replace("’", "'")
    whole, stemmed = CLASSES_OF.get("=" + low, ()), CLASSES_OF.get(stem(low), ())
    return (*whole, *(name for name in stemmed if name not in whole))


CLASSES = Remembered(classes_of)
"""The classes of each word, for hot loops."""


def _low(word: str) -> str:
    return sys.intern(word.lower().replace("’", "'"))


LOWS = Remembered(_low)
"""Each word in lower case with a straight apostrophe, as the rules compare it."""


def _known(word: str) -> tuple[str, str, tuple[str, ...]]:
    low = LOWS[word]
    return low, STEMS[low], CLASSES[low]


KNOWN = Remembered(_known)
"""Of each word: small letters, stem and classes, so that the words of a claim are looked up once.

What a look-up costs here is mostly the way to another part of the memory.
"""
