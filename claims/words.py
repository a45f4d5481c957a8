"""The closed classes of English that the attribution rules need; no dictionary of nouns."""

from __future__ import annotations

from claims.text import word_set

DETERMINERS = word_set(
    """the a an this that these those his her its their our my your some any no every each
    several many most another both all one two three four five six seven eight nine ten other
    such either neither few various numerous"""
)
ARTICLES = word_set("the a an his her its their our my your this these those")
SUBJECT_PRONOUNS = word_set("he she it they we i you")
OTHER_PRONOUNS = word_set(
    """who this that these those some others many all both none everyone everybody someone
    somebody anyone nobody one neither most few several another"""
)
OBJECT_PRONOUNS = word_set("him her it them us me you themselves himself herself")
PREPOSITIONS = word_set(
    """of in on at by for from to with about against into over under after before during between
    among through via across near around without within toward towards upon amid since until
    inside outside behind beyond despite following including regarding as per than like along
    alongside throughout above below off out up down"""
)
NOUN_PREPOSITIONS = word_set("of for in at from to on with against by near inside")
"""Prepositions that may stand inside a noun phrase."""
CONJUNCTIONS = word_set(
    """and but or nor yet so because although though while whereas when whenever where if unless
    as since after before until whether that than which whose why how what once"""
)
SUBORDINATORS = word_set(
    """because although though while whereas when whenever where if unless as since after before
    until whether once even given despite following amid during"""
)
WH = word_set("whether if how why what who where when which")
AUXILIARIES = word_set(
    """is are was were be been being am has have had having do does did will would shall should
    can could may might must 's 're 've 'd 'll 'm isn't aren't wasn't weren't hasn't haven't
    hadn't don't doesn't didn't won't wouldn't can't cannot couldn't shouldn't"""
)
BE = word_set("is are was were be been being am isn't aren't wasn't weren't")
MODALS = word_set("would 'd should could may might must shouldn't couldn't")
NEGATIONS = word_set(
    """not never n't isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't
    wouldn't can't cannot couldn't no neither nor nobody"""
)
TIME_WORDS = word_set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december jan feb mar apr jun jul aug sept sep
    oct nov dec yesterday today tomorrow tonight earlier later early late last next this week
    month year night morning afternoon evening day days hours hour weeks months years weekend
    ago now then recently once again previously shortly afterwards afterward since overnight
    same mid-day noon midnight"""
)
ADVERBS = word_set(
    """also even still just now then later earlier again already never not always often sometimes
    ever further too only soon once however meanwhile instead moreover furthermore therefore
    thus nevertheless nonetheless today yesterday perhaps maybe far long first more rather
    quite very both all either have so well otherwise indeed besides additionally likewise
    similarly together back himself herself itself themselves publicly"""
)
LEADING = word_set(
    """but and however meanwhile so yet moreover furthermore also then still similarly instead
    additionally nevertheless nonetheless thus therefore besides indeed likewise or nor
    surprisingly interestingly notably"""
)
"""Words that open a sentence before its content begins."""
FINITE = word_set(
    """went came met took gave held made began got became left led lost won sent kept ran stood
    fell rose brought built bought broke chose drew fought flew grew hit hurt laid lay let
    meant paid put sat set sold shot spent struck taught threw understood wore arrived visited
    follows followed comes goes makes takes gives remains remained seems seemed appears
    appeared continues continued attempted tried managed failed
    decided include includes included appear seem continue remain
    launched attacked killed destroyed captured
    seized struck fired moved returned happened occurred started ended turned showed became
    carried"""
)
"""Verbs that are seldom nouns; a subject does not reach across one."""
TITLES = word_set(
    """mr mrs ms miss dr prof sir dame lord lady gen gen. lt lt. col col. maj maj. capt capt. sgt
    sgt. adm adm. brig brig. cmdr cmdr. sen sen. rep rep. gov gov. mr. mrs. ms. dr. prof. st.
    rev rev. hon pvt cpl president vice prime minister premier chancellor secretary spokesman
    spokeswoman spokesperson general lieutenant colonel major captain sergeant admiral
    brigadier commander marshal king queen prince princess emir sheikh sheik ayatollah imam
    pope archbishop bishop cardinal patriarch ambassador envoy governor mayor senator
    congressman congresswoman representative deputy chief head leader director chairman
    chairwoman chairperson chair professor analyst expert journalist reporter correspondent
    activist lawyer lawmaker mp judge justice attorney prosecutor interior defense defence
    foreign state press acting former then interim ex-president then-president speaker
    official co-director founder editor author historian economist officer oblast regional
    governor-general counsel commissioner undersecretary minister-counselor coordinator host
    candidate nominee comrade reverend father"""
)
"""Words before a name that tell its bearer's office or rank; stripped from the name."""
SPEAKER_NOUNS = word_set(
    """official officials ministry government army military forces force police authorities
    authority spokesman spokeswoman spokesperson spokesmen spokespeople minister president
    leader leaders premier chief commander commanders general officer officers soldier
    soldiers troops fighter fighters rebel rebels militant militants group groups movement
    party opposition regime administration council committee commission agency service
    services department office embassy envoy ambassador diplomat diplomats kremlin pentagon
    parliament lawmaker lawmakers mp mps senator governor mayor court prosecutor prosecutors
    analyst analysts expert experts observer observers activist activists monitor monitors
    witness witnesses resident residents survivor survivors villager villagers doctor doctors
    medic medics hospital victim victims civilian civilians refugee refugees father mother
    brother sister son daughter wife husband man woman men women family families neighbor
    neighbour neighbors neighbours people journalist journalists reporter reporters
    correspondent newspaper agency media source sources channel channels blogger bloggers
    milblogger milbloggers organisation organization organisations organizations union nation
    nations country countries state states bank company companies firm foundation institute
    university think-tank centre center church staff command headquarters navy air
    intelligence researcher researchers scientist scientists economist economists historian
    lawyer lawyers critic critics supporter supporters ally allies adviser advisers advisor
    advisors aide aides negotiator negotiators delegation side sides team mission secretary
    director chairman chairwoman head author writer editor professor teacher worker workers
    driver student students protester protesters protesters prisoner prisoners captive
    dissident defector trader traders broker brokers dealer importer exporters shipper
    shippers executives executive owner owners captain crew pilot pilots"""
)
"""Heads of noun phrases that can speak."""
ORGANISATION_NOUNS = word_set(
    """ministry government army military force police authority group movement party opposition
    regime administration council committee commission agency service department office
    embassy parliament court hospital newspaper media organisation organization union nation
    country state bank company firm foundation institute university centre center church staff
    command headquarters navy kremlin pentagon congress senate house white-house team mission
    delegation channel network website monitor observatory federation republic league alliance
    coalition cabinet board campaign fund corps brigade directorate bureau"""
)
GROUP_NOUNS = word_set(
    """officials forces authorities sources troops fighters rebels militants people analysts
    experts observers activists residents witnesses survivors villagers doctors medics
    journalists reporters leaders soldiers officers commanders diplomats lawmakers critics
    supporters allies families relatives milbloggers bloggers monitors prosecutors civilians
    refugees men women groups countries nations states governments organisations organizations
    traders channels media investigators researchers scientists protesters"""
)
"""Plural heads: "they" may stand for them."""
