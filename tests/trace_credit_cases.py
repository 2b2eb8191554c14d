"""Invented credits of many manners, with what they name and cover, and near-misses."""

from dataclasses import dataclass

BODY = (
    "The bridge at Velmar was closed to lorries after two shells fell near the toll house.",
    "Engineers from the valley said the north span would need a week of repairs.",
    "Traffic is being sent over the old ford until the work is done.",
)
"""Three paragraphs of article text with no credit in them."""

OWN = "This paper has followed the dispute over the Velmar crossing for two years."
"""A paragraph in the page's own voice."""

BLOCK = "\n\n".join(BODY)


@dataclass(frozen=True)
class Case:
    """One page text and the credit it must give."""

    text: str
    words: str
    """The credit's words, exactly."""
    source: str
    kind: str
    position: str
    covers: str
    """First and last words of what is covered, joined by " ~ "; empty for nothing."""
    source_kind: str = "outlet"


def leading(line: str, source: str, *, kind: str = "republished", what: str = "outlet") -> Case:
    """A credit line above the passage it accounts for, below the outlet's own words."""
    text = f"{OWN}\n\n{line}\n\n{BLOCK}"
    return Case(text, line, source, kind, "leading", "The bridge ~ is done.", what)


def trailing(line: str, source: str, *, kind: str = "republished", what: str = "outlet") -> Case:
    """A credit line below the whole text."""
    return Case(f"{BLOCK}\n\n{line}", line, source, kind, "trailing", "The bridge ~ is done.", what)


def top(line: str, source: str, *, kind: str = "republished", what: str = "outlet") -> Case:
    """A credit line at the top of the text."""
    return Case(f"{line}\n\n{BLOCK}", line, source, kind, "leading", "The bridge ~ is done.", what)


def tail(end: str, source: str, *, what: str = "outlet") -> Case:
    """A credit that closes the last paragraph."""
    return Case(
        f"{BLOCK} {end}", end, source, "republished", "trailing", "The bridge ~ is done.", what
    )


def head(opening: str, source: str, *, what: str = "outlet") -> Case:
    """A dateline with an agency that opens the first paragraph."""
    return Case(
        f"{opening} {BLOCK}",
        opening,
        source,
        "republished",
        "leading",
        "The bridge ~ is done.",
        what,
    )


def inline(
    sentence: str,
    words: str,
    source: str,
    covers: str,
    *,
    position: str = "trailing",
    kind: str = "cited",
    what: str = "outlet",
) -> Case:
    """A credit inside a sentence of the text."""
    text = f"{BODY[0]}\n\n{sentence}\n\n{BODY[2]}"
    return Case(text, words, source, kind, position, covers, what)


LINES = (
    leading("Orvel Times reports:", "Orvel Times"),
    leading("The Orvel Times reports:", "The Orvel Times"),
    leading("Kestrel International reports…", "Kestrel International"),
    leading("Vesna TV has the story:", "Vesna TV"),
    leading("Tarn Wire writes...", "Tarn Wire"),
    leading("As Orvel Times reported on Monday:", "Orvel Times"),
    leading("Update from Tarn Wire:", "Tarn Wire"),
    leading("More from the Orvel Gazette:", "Orvel Gazette"),
    leading("From Harrow Post:", "Harrow Post"),
    leading("Via Harrow Post:", "Harrow Post"),
    leading("According to Vesna News:", "Vesna News"),
    leading("As reported by Tarn Wire:", "Tarn Wire"),
    leading("In the words of Harrow Post:", "Harrow Post"),
    leading("Read the Kestrel report here:", "Kestrel"),
    leading(
        "Here is the full statement from Marrow News Agency:", "Marrow News Agency", what="agency"
    ),
    top("By Ada Quill / Source: Harrow Post", "Harrow Post"),
    top("By Ada Quill (Quill Notes – Home)", "Quill Notes"),
    top("By Ada Quill, Harrow Post", "Harrow Post"),
    top("By Ada Quill for Harrow Post", "Harrow Post"),
    top("By Ada Quill with Marrow News Agency", "Marrow News Agency", kind="cited", what="agency"),
    top("Source: Tarn Wire", "Tarn Wire"),
    top("Sources: Tarn Wire", "Tarn Wire"),
    trailing("Source: Tarn Wire", "Tarn Wire"),
    trailing("[Source: Tarn Wire]", "Tarn Wire"),
    trailing("Original source: harrowpost.example.com", "harrowpost.example.com"),
    trailing("Read in full The Long Road to Velmar in Harrow Post", "Harrow Post"),
    trailing("Read it in full at Harrow Post", "Harrow Post"),
    trailing("Read “The long road to Velmar” in The Harrow Post", "The Harrow Post"),
    trailing("Continue this story at Kestrel", "Kestrel", kind="linked"),
    trailing("Read more at Kestrel »", "Kestrel", kind="linked"),
    trailing("Read the rest of the story on Vesna TV", "Vesna TV", kind="linked"),
    trailing("Continue reading at Kestrel", "Kestrel", kind="linked"),
    trailing("Originally published by Harrow Post.", "Harrow Post"),
    trailing("This article first appeared in Harrow Post.", "Harrow Post"),
    trailing(
        "This story was originally published in The Harrow Post on 3 May 2031.", "The Harrow Post"
    ),
    trailing(
        "This piece was first published by Harrow Post and is republished here.", "Harrow Post"
    ),
    trailing("Republished with permission from Harrow Post.", "Harrow Post"),
    trailing("Reprinted by permission of Harrow Post", "Harrow Post"),
    trailing("Courtesy of Kestrel", "Kestrel"),
    trailing("h/t Kestrel", "Kestrel"),
    trailing("Hat tip: Kestrel", "Kestrel"),
    trailing("via Kestrel", "Kestrel"),
    trailing(
        "Translated from Arabic by Ada Quill for Harrow Post", "Harrow Post", kind="translated"
    ),
    trailing("Translated from the French by Harrow Post", "Harrow Post", kind="translated"),
    trailing("Additional reporting by Tarn Wire", "Tarn Wire", kind="cited"),
    trailing(
        "With files from Marrow News Agency", "Marrow News Agency", kind="cited", what="agency"
    ),
    trailing("Tarn Wire contributed to this report.", "Tarn Wire", kind="cited"),
    trailing("— Tarn Wire", "Tarn Wire"),
    trailing("(Tarn Wire)", "Tarn Wire"),
    trailing("— with Marrow News Agency", "Marrow News Agency", what="agency"),
)

TAILS = (
    tail("(Tarn Wire)", "Tarn Wire"),
    tail("— Tarn Wire", "Tarn Wire"),
    tail("(via Tarn Wire)", "Tarn Wire"),
    tail("[Marrow News Agency]", "Marrow News Agency", what="agency"),
    tail("(MNA)", "MNA"),
    tail("Source: Tarn Wire", "Tarn Wire"),
    tail("h/t Tarn Wire", "Tarn Wire"),
    tail("/Tarn Wire/", "Tarn Wire"),
)

HEADS = (
    head("VELMAR (MNA) —", "MNA", what="agency"),
    head("VELMAR, Orvelia (Tarn Wire) –", "Tarn Wire"),
    head("Velmar, 3 May (Marrow News Agency) -", "Marrow News Agency", what="agency"),
    head("VELMAR, May 3, Tarn Wire —", "Tarn Wire"),
    head("VELMAR /MNA/ -", "MNA", what="agency"),
)

QUOTE = "“The north span is gone and nobody told us,”"

SENTENCES = (
    inline(
        "The garrison has left the toll house, Tarn Wire reported.",
        "Tarn Wire reported",
        "Tarn Wire",
        "The garrison ~ toll house",
    ),
    inline(
        "Tarn Wire reported on Monday that the garrison has left the toll house.",
        "Tarn Wire reported on Monday that",
        "Tarn Wire",
        "the garrison ~ toll house",
        position="leading",
    ),
    inline(
        "The garrison has left the toll house, according to Tarn Wire.",
        "according to Tarn Wire",
        "Tarn Wire",
        "The garrison ~ toll house",
    ),
    inline(
        "According to Tarn Wire, the garrison has left the toll house.",
        "According to Tarn Wire",
        "Tarn Wire",
        "the garrison ~ toll house",
        position="leading",
    ),
    inline(
        "According to the newspaper Vesna, the garrison has left the toll house.",
        "According to the newspaper Vesna",
        "Vesna",
        "the garrison ~ toll house",
        position="leading",
    ),
    inline(
        f"{QUOTE} the ferryman told Tarn Wire.",
        "told Tarn Wire",
        "Tarn Wire",
        "“The north span ~ told us,”",
        kind="quoted",
    ),
    inline(
        f"{QUOTE} the ferryman told a Tarn Wire correspondent on Sunday.",
        "told a Tarn Wire correspondent on Sunday",
        "Tarn Wire",
        "“The north span ~ told us,”",
        kind="quoted",
    ),
    inline(
        f"{QUOTE} the ferryman told Tarn Wire’s Ada Quill.",
        "told Tarn Wire’s Ada Quill",
        "Tarn Wire",
        "“The north span ~ told us,”",
        kind="quoted",
    ),
    inline(
        "The two sides met at the ford, as originally reported in English by Kestrel.",
        "as originally reported in English by Kestrel",
        "Kestrel",
        "The two sides ~ at the ford",
    ),
    inline(
        "The two sides met at the ford, as first reported by Kestrel.",
        "as first reported by Kestrel",
        "Kestrel",
        "The two sides ~ at the ford",
    ),
    inline(
        "Both sides are short of diesel, a report by Kestrel said.",
        "a report by Kestrel said",
        "Kestrel",
        "Both sides ~ of diesel",
    ),
    inline(
        "A report on Sunday in Tarn Wire stated that both sides are short of diesel.",
        "A report on Sunday in Tarn Wire stated that",
        "Tarn Wire",
        "both sides ~ of diesel",
        position="leading",
    ),
    inline(
        "The governor denied it in a statement carried by Kestrel.",
        "in a statement carried by Kestrel",
        "Kestrel",
        "The governor ~ denied it",
    ),
    inline(
        "Footage obtained by Tarn Wire shows the north span in the water.",
        "Footage obtained by Tarn Wire",
        "Tarn Wire",
        "shows ~ the water",
        position="leading",
    ),
    inline(
        "The talks broke down at noon, the ferryman said in an interview with Vesna TV.",
        "in an interview with Vesna TV",
        "Vesna TV",
        "The talks ~ at noon",
    ),
    inline(
        "The Orvelian interior ministry said the ford is safe for cars.",
        "The Orvelian interior ministry said",
        "Orvelian interior ministry",
        "the ford ~ for cars",
        position="leading",
        what="institution",
    ),
    inline(
        "The ford is safe for cars, the Orvelian interior ministry said in a statement.",
        "the Orvelian interior ministry said in a statement",
        "Orvelian interior ministry",
        "The ford ~ for cars",
        what="institution",
    ),
    inline(
        "The ford is safe for cars, said Interior Minister Ida Brand.",
        "said Interior Minister Ida Brand",
        "Ida Brand",
        "The ford ~ for cars",
        what="person",
    ),
    inline(
        "The ford is safe for cars, according to Colonel Ida Brand, spokeswoman for the army.",
        "according to Colonel Ida Brand, spokeswoman for the army",
        "Ida Brand",
        "The ford ~ for cars",
        what="person",
    ),
    inline(
        "A spokesman for the Velmar Bridge Authority said the ford is safe for cars.",
        "A spokesman for the Velmar Bridge Authority said",
        "Velmar Bridge Authority",
        "the ford ~ for cars",
        position="leading",
        what="institution",
    ),
    inline(
        "The losses, the Orvelian interior ministry said, with nine lorries burnt, were heavy.",
        "the Orvelian interior ministry said",
        "Orvelian interior ministry",
        "The losses ~ were heavy",
        position="medial",
        what="institution",
    ),
    inline(
        "Local media in Orvelia reported that the ford had been mined.",
        "Local media in Orvelia reported that",
        "Local media in Orvelia",
        "the ford ~ been mined",
        position="leading",
        what="unnamed",
    ),
)

OTHER_LANGUAGES = (
    ("ru", "Как сообщает Вольный вестник:", "Вольный вестник"),
    ("ru", "Источник: Вольный вестник", "Вольный вестник"),
    ("fr", "Source : Le Courrier de Velmar", "Le Courrier de Velmar"),
    ("fr", "Selon Le Courrier de Velmar :", "Le Courrier de Velmar"),
    ("ar", "المصدر: صحيفة النهر", "صحيفة النهر"),
    ("ar", "أفادت وكالة النهر:", "النهر"),
)

NEAR_MISSES = (
    "The source of the river lies above Velmar.",
    "Source of the trouble: an old map.",
    "The Tarn Wire building was hit by a shell.",
    "He reports: three people left and two stayed.",
    "The patrol reports three people missing.",
    "She spoke to the meeting via video link.",
    "They travelled via Velmar to the coast.",
    "Read more books this winter.",
    "See the map below.",
    "Officials said nothing.",
    "A resident said the water was cold.",
    "It added to the confusion.",
    "The statement was read aloud.",
    "The army moved at dawn.",
    "The report by the door was wet.",
    "The paper is printed by a firm in Velmar.",
    "(Monday)",
    "(see page 4)",
    "The convoy left at nine (local time).",
    "The fighters belong to the Valley Brigade (VB).",
    "— Monday",
    "From Velmar to the coast it is nine miles:",
    "From there:",
    "He said:",
    "The rules are these:",
    "By Ada Quill",
    "By Ada Quill, 3 May 2031",
    "By the time they left, the ford had flooded.",
    "With love from the valley",
    "According to reports, the ford has flooded.",
    "Ada Quill told the court that she was at home.",
    "The children told their mother.",
    "A photograph shows the ford.",
    "Thanks to the ferrymen, all were saved.",
    "In full view of the patrol, they crossed.",
    "Continue straight on at the mill.",
    "The ministry moved to Velmar in May.",
    "They carried the boat by hand.",
    "It was seen by many.",
    "The Orvelian army took the toll house.",
    "The media reported nothing.",
    "A report from Velmar said that it rained.",
    "[CUSTOM]",
    "The army reportedly left.",
    "The bridge was first published on maps in 1920.",
)
