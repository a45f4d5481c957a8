"""The cue lexicon: verbs, nouns and adverbs that give words to someone, and what may follow them.

The lists are this project's own. The classes follow the literature on reporting: assertive and
factive predicates (Hooper 1975; Karttunen 1971), report verbs (Hyland 2005), attitude verbs as
PolNeAR annotates them (Newell et al. 2018).
"""

from __future__ import annotations

from typing import NamedTuple

from claims.text import word_set


class Verb(NamedTuple):
    """A cue verb in one of its forms.

    `form` is b (base), s (third person), d (past), g (-ing) or n (participle); a past that is also
    the participle is d. `frames` holds one letter for each thing that may follow:

    S a clause with or without "that"; s a clause only with "that" or a quote; q a quote or clause
    before it ("C, said S"); n a noun phrase; i "to" and a verb; o a person, "to" and a verb;
    t a person, then a clause; w "whether", "how", "why"; g a verb in -ing; a the form may be a
    noun; c "as saying" after the one who is quoted.
    `preps` are prepositions that may stand between the cue and its content.
    """

    lemma: str
    form: str
    frames: str
    preps: tuple[str, ...] = ()


_TABLE = """
say Sqw of,about =said
tell tqwo about,of =told
add Sq
state sqna
announce sqnw
claim Sqnia
declare sqn
report sqnaw on,about
reply Sq =replied
respond sq =responded
answer sqa
note Sqwa
explain Sqwn
argue Sq for,against
insist Sq on
maintain sq
assert sqn
allege Sqn
contend Sq
acknowledge sqng
admit Sqg to =admitted,admitting
concede sqn
confirm sqnw
confess sq to
reveal sqnw
disclose sqnw
deny sng =denied
refute n
reject n
dismiss n as
rebut n
repudiate n
dispute sna
warn Sqto of,about,against
caution sqto against
threaten i to
vow sqin
pledge sqina
promise sqina
swear sqi =swore/sworn
guarantee sn
assure t
reassure t
remind t of
inform t of,about
notify t of
brief t on
convince to
persuade to
tweet Sqn about
retweet n
post sq about,on
write Sq of,about =wrote/written
emphasise sqn
emphasize sqn
stress sqna
underline sqn
underscore sn
highlight sn
reiterate sqn
repeat sqna
recall sqng
recount sqn
remember sgn
mention sqng
remark sq on
observe sq
comment sqa on
conclude sq
predict sqn
forecast snq
estimate Snaq
calculate sn
assess snq
judge sn
reckon Sq
suggest Sqngw
imply s =implied,implying
hint s at
indicate Sqn
signal sna
propose sqngi
recommend sgno
advise to against
urge on
ask qwo for,about
demand sqina
request sna
order oa
instruct o
direct o
command oa
appeal qa for
call na for,on
beg o
plead q for,with
implore o
encourage o
invite o
summon n
accuse n of
blame na for,on
charge sa
denounce n
condemn n
criticise n for
criticize n for
slam n =slammed,slamming
blast na
decry n =decried
deplore n
lament sqn
praise na for
hail na as
applaud n for
welcome na
commend n for
thank n for
congratulate n on
mock na
ridicule n
defend n
justify n =justified
describe nw as
characterise n as
characterize n as
portray n as
label na as
brand na as
liken n to
cite c
quote c
accept sn
recognise sn
recognize sn
agree siw to,on,with =agreed
disagree s with
believe Sw in
think Swq about,of =thought
know Sw =knew/known
feel S that =felt
hope Sia for =hoped,hoping
fear Sna
expect Snio
doubt snaw
suspect sna
assume sn
presume s
consider swg
want nio
wish Sia
intend ig
plan ia on,for =planned,planning
seek ni =sought
aim ia at
prefer nig =preferred,preferring
refuse ia
decline i
decide siw on
offer ia
hesitate i
speak q about,of,on,against =spoke/spoken
talk q about,of
testify sq about,to =testified
complain sq about,of
boast sqa about,of
brag sq about,of =bragged,bragging
joke sqa about
quip q =quipped,quipping
shout q
yell q
scream q
cry q =cried
chant qa
exclaim q
whisper q
mutter q
sigh q
laugh q
continue q
counter sq
retort q
interject q
speculate sq about,on
muse q
wonder qwa about
opine sq
proclaim sqn
profess sni
tout sna
unveil n
outline nw
detail na
publish n
issue na
release na
show Sna
find S =found
prove s
demonstrate sn
document na
detect n
learn sw of =learned
hear sw =heard
see S =saw/seen
read qa =read
hold s =held
understand sw =understood
realise sw
realize sw
regret sna
apologise q for
apologize q for
support na
back na
oppose n
endorse n
favor na
favour na
advocate na for
push a for
press a for
lobby a for
campaign a for
question naw
challenge na
address a
discuss nw
object sa to
protest na
vouch q for
attest s to
verify snw =verified
certify s =certified
posit s =posited,positing
theorise s
theorize s
contradict n
downplay n
brush a off
point sa to
"""


def _forms(lemma: str, irregular: str) -> dict[str, str]:
    """The forms of a verb, each with its letter."""
    vowels = "aeiou"
    ends_y = lemma[-1] == "y" and lemma[-2] not in vowels
    if ends_y:
        third = lemma[:-1] + "ies"
    elif lemma.endswith(("s", "sh", "ch", "x", "z")):
        third = lemma + "es"
    else:
        third = lemma + "s"
    ing = (lemma[:-1] if lemma[-1] == "e" and lemma[-2] not in "ey" else lemma) + "ing"
    past = lemma + "d" if lemma[-1] == "e" else lemma[:-1] + "ied" if ends_y else lemma + "ed"
    participle = ""
    if irregular:
        parts = irregular.split(",")
        past, _, participle = parts[0].partition("/")
        if len(parts) > 1:
            ing = parts[1]
    forms = {lemma: "b", third: "s", ing: "g", past: "d"}
    if participle:
        forms[participle] = "n"
    return forms


def _verbs() -> dict[str, Verb]:
    table: dict[str, Verb] = {}
    for line in _TABLE.strip().splitlines():
        entry, _, irregular = line.partition("=")
        lemma, *rest = entry.split()
        frames = rest[0] if rest else ""
        preps = tuple(rest[1].split(",")) if len(rest) > 1 else ()
        for form, letter in _forms(lemma, irregular.strip()).items():
            table.setdefault(form, Verb(lemma, letter, frames, preps))
    return table


VERBS: dict[str, Verb] = _verbs()
"""Every form of every cue verb, in lower case."""

SPEECH_NOUNS = word_set(
    """claim claims statement statements report reports allegation allegations assertion
    assertions announcement announcements warning warnings accusation accusations suggestion
    suggestions promise promises pledge pledges denial denials belief beliefs fear fears hope
    hopes view views rumour rumours rumor rumors threat threats insistence acknowledgement
    acknowledgment admission admissions assessment assessments conclusion conclusions opinion
    opinions prediction predictions proposal proposals demand demands request requests call
    calls argument arguments remark remarks comment comments assurance assurances vow vows
    speculation idea notion message news word evidence hint hints indication indications
    charge charges complaint complaints concern concerns contention expectation expectations
    impression feeling sense finding findings declaration confirmation testimony revelation
    revelations theory narrative response reply answer"""
)
"""Nouns for something said or thought: "the claim that"."""

DOCUMENTS = word_set(
    """report reports statement statements study studies survey surveys poll polls document
    documents letter letters memo memos article articles story stories dispatch bulletin
    communique communiqué release releases post posts tweet tweets message messages email
    emails video videos footage broadcast book paper papers editorial column transcript
    resolution text update data figures analysis investigation assessment map images photos
    picture pictures imagery"""
)
"""Things that can say something themselves."""

HEARSAY = word_set("reportedly allegedly purportedly supposedly")
"""Adverbs that say that someone, left unnamed, says so."""

PASSIVES = word_set(
    """said reported believed thought alleged expected claimed rumoured rumored understood known
    estimated feared accused suspected quoted announced told considered presumed assumed cited
    blamed criticised criticized condemned praised described seen asked urged called ordered
    warned confirmed stated revealed projected predicted deemed"""
)
"""Participles that report, after a form of "be"."""

PASSIVE_TO = word_set(
    """said reported believed thought alleged expected claimed rumoured rumored understood known
    estimated feared suspected considered presumed assumed projected predicted deemed"""
)
"""Those that put "to" and a verb before what is reported: "is believed to hold"."""

IT_PASSIVES = word_set(
    """said reported believed thought alleged claimed rumoured rumored understood known estimated
    feared announced confirmed stated revealed noted stressed emphasised emphasized recalled
    decided agreed suggested"""
)
"""Participles after "it was", before "that"."""

CHAIN = word_set(
    """continue continues continued continuing go goes went going begin begins began start
    started keep kept wish rush rushed hasten hastened choose chose appear appears appeared
    seem seems seemed proceed proceeded dare dared come came want wants wanted like want"""
)
"""Verbs that stand before "to" and a cue: "has continued to maintain", "went on to say"."""

REFUSALS = word_set(
    """refuse refuses refused refusing decline declines declined declining fail fails failed"""
)
"""Verbs before "to" that take the cue back: "declined to say"."""

PLATFORMS = word_set(
    """telegram twitter facebook x instagram youtube whatsapp vkontakte vk weibo tiktok truth
    substack linkedin"""
)
