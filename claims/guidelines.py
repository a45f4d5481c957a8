"""The annotation scheme in words: what a claim is, and for each type what belongs to it.

The examples are made up, so that nobody has read them before. Brackets stand around the content.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from claims.model import ClaimType


class Definition(NamedTuple):
    """The longer words for a type."""

    definition: str
    rather: str
    """Which type to take when two fit."""
    examples: tuple[str, ...]


Section = tuple[str, tuple[str, ...]]
"""A heading and its paragraphs."""

SECTIONS: tuple[Section, ...] = (
    (
        "What a claim is",
        (
            "A claim is one thing that an article says, or lets someone say. Its content is the"
            " words claimed; its source the words that name who says it; its cue the words that"
            " say that it is said.",
            "“The northern army,” “said” and “it holds the bridge at Lakeport” are source, cue and"
            " content of one claim. A quotation cut by “she said” is one claim with two spans.",
            "“S said that C1 and that C2” holds two claims. “S said C1 because C2” holds one.",
        ),
    ),
    (
        "What counts as attributed",
        (
            "Any words given to someone: a quotation, “said that”, “according to”, “per northern"
            " sources”, the colon of a headline, an embedded post above its signature, a plan or a"
            " belief put into someone’s head (“is seeking to”, “believes”).",
            "Relayed words belong to the first speaker: in “the agency reported, citing the"
            " ministry, that C” the ministry speaks and the agency is the channel.",
            "A sentence of the writer alone is a claim of the article: no source, no cue, side"
            " author (media in the report of an agency).",
        ),
    ),
    (
        "Where a span ends",
        (
            "Quotation marks belong to the content of a direct quotation, “that” to the content of"
            " an indirect one; the full stop after indirect words does not.",
            "The source has the whole name with its office and without what follows it: “Gen. Ilan"
            " Ort, commander of the northern front”, but not “who arrived on Monday”.",
            "The cue is the verb with its helpers (“has repeatedly denied”), or the words that do"
            " its work: “according to”, “in a statement”, the colon.",
        ),
    ),
    (
        "Which type, when two fit",
        (
            "Ask: what would a rival deny? “The south lost 37 tanks in its failed attack” is"
            " losses: the number will be disputed. “We threw back six attacks” is repelled.",
            "A denial keeps what is denied in “about”: “it is untrue that we shelled the market” is"
            " a denial about civilians.",
            "When a sentence makes two claims that a rival could deny one by one, make two claims.",
            "Take background only for what no side would dispute.",
        ),
    ),
    (
        "Stance, certainty, distance",
        (
            "Stance is what the speaker does: asserts, denies, accuses, plans, assesses.",
            "Certainty is how firmly the speaker puts it: “reportedly”, “may”, “up to” hedge it.",
            "Distance is how far the writer stands from it: said is neutral; claimed and touted are"
            " sceptical; confirmed and revealed are endorsing.",
        ),
    ),
    (
        "Accept, change, reject",
        (
            "Accept a claim whose content, source and type are right. Change what is wrong in one"
            " that is otherwise a claim: a changed claim counts as accepted.",
            "Reject what is no claim: a caption, a heading, words about the article itself, a"
            " second claim on the same words.",
            "Judge what the words say, not whether it is true.",
        ),
    ),
)

_T = ClaimType
DEFINITIONS: Mapping[ClaimType, Definition] = {
    _T.TERRITORY: Definition(
        "Ground was gained, lost, held or changed hands; forces advance, retreat, enter, encircle.",
        "An attack that was stopped is repelled, also when the ground is named.",
        (
            "The army said [its troops had entered Ostra from the east].",
            "[Lakeport remains under our control], the mayor said.",
        ),
    ),
    _T.REPELLED: Definition(
        "An attack was stopped, a line held against it, a missile or a drone shot down.",
        "Whoever is said to have gained ground by it: territory. What fell on whom: strike.",
        (
            "The ministry said [six assaults near Ostra were repelled].",
            "[Air defence destroyed 14 drones overnight], the governor wrote.",
        ),
    ),
    _T.FIGHTING: Definition(
        "Combat goes on, without a stated outcome: clashes, shelling along a line, heavy battles.",
        "As soon as an outcome is told, take the outcome: territory, repelled, losses.",
        ("[Heavy fighting continued south of Lakeport], a spokesman said.",),
    ),
    _T.STRIKE: Definition(
        "A missile, drone, air, artillery, sabotage or bomb attack hit, or was launched.",
        "Whom it harmed decides when that is what is said: civilians, or losses.",
        (
            "Officials said [a drone had set a fuel depot in Karsk on fire].",
            "[Nine missiles were fired from the sea], the air force reported.",
        ),
    ),
    _T.LOSSES: Definition(
        "Soldiers were killed or wounded, equipment was destroyed or captured.",
        "People who were taken alive are prisoners; civilians are civilians, whoever counts them.",
        (
            "The south [lost up to 400 servicemen and three tanks in a day], the ministry said.",
            "She said [her brother’s company had five men left].",
        ),
    ),
    _T.CIVILIANS: Definition(
        "Civilians were killed, hurt or driven out by an attack, or civilian objects were hit.",
        "Who is to blame, without what happened: accusation. Help for them: humanitarian.",
        (
            "[Four people died when a shell hit the market], the hospital said.",
            "The mayor said [the school had lost its roof].",
        ),
    ),
    _T.PRISONERS: Definition(
        "People were captured, held, exchanged, released or abducted.",
        "How they were treated, as a wrong: accusation. A deal to exchange them: still prisoners.",
        (
            "He said [102 soldiers had laid down their arms and been taken prisoner].",
            "[The two sides exchanged 90 captives], the go-between said.",
        ),
    ),
    _T.FORCES: Definition(
        "Deployments, reserves, mobilisation, exercises, arms received, strength of units.",
        "A promise of arms by a state is diplomacy; an order to move is policy.",
        (
            "Analysts said [two brigades had been moved from the coast].",
            "[The army is short of shells], an officer said.",
        ),
    ),
    _T.HUMANITARIAN: Definition(
        "Evacuation, displacement, aid, corridors, water, power, medical care.",
        "Harm done by an attack is civilians, also when people then flee.",
        ("The governor said [11,000 people had left the border districts].",),
    ),
    _T.POLICY: Definition(
        "Aims, plans, orders, demands, threats, laws: what someone means to do or have done.",
        "Towards another state and with it: diplomacy. What is thought likely: assessment.",
        (
            "The president said [the aim was to create a buffer zone].",
            "[We will answer every strike], she said.",
        ),
    ),
    _T.DIPLOMACY: Definition(
        "Talks, ceasefires, agreements, sanctions, pledges, visits, recognition.",
        "A demand made in public without talks: policy.",
        ("Both delegations said [talks would resume in Brenn on Friday].",),
    ),
    _T.ACCUSATION: Definition(
        "Someone did wrong: a crime, a violation, a lie, a provocation.",
        "What was done, when it can be counted or placed: strike, civilians, prisoners.",
        ("He accused the north of [using the monastery as an ammunition store].",),
    ),
    _T.DENIAL: Definition(
        "Another’s claim is false, or what was reported did not happen.",
        "Always before other types: what is denied goes into about.",
        ("The south said [its aircraft had not been over Karsk].",),
    ),
    _T.ASSESSMENT: Definition(
        "Judgement, cause, forecast, opinion: what another observer could see otherwise.",
        "A figure or a place in it that can be checked decides: losses, territory.",
        (
            "Analysts said [the raid was meant to draw reserves away].",
            "[It will be a long winter], she said.",
        ),
    ),
    _T.BACKGROUND: Definition(
        "Context that nobody disputes here: who someone is, when the war began, where a place is.",
        "If you can name someone who would deny it, it is another type.",
        ("[Lakeport lies 12 km from the border].",),
    ),
}
