"""Pages of invented newsrooms, each in a manner of its own, and what a careful reader finds."""

from dataclasses import dataclass

from page_factory import PAGES, Made, captured, made


@dataclass(frozen=True)
class Newsroom:
    """One page: its outlet (None where the page does not say), its titles and its credits.

    `furniture`: words that are furniture; `credits`: words and the source they name.
    """

    file: str
    outlet: str | None
    titles: tuple[str, ...]
    furniture: tuple[str, ...]
    credits: tuple[tuple[str, str], ...]

    def page(self) -> Made:
        """The page as the first stages read it."""
        media_type = "text/html" if self.file.endswith("html") else "text/plain"
        return made(captured((PAGES / self.file).read_bytes(), media_type, self.file))


NEWSROOMS = [
    Newsroom(
        "newsroom_quarry.txt",
        "Fellgate Morning Post",
        ("Quarry strike enters third week as talks fail",),
        (
            "Jump to story   Accessibility",
            "Home / World",
            "3 min read",
            "Next article:",
            "Contact us   Jobs",
        ),
        (
            ("a report in the Brackwater Times", "Brackwater Times"),
            ("The Brackwater Times quoted an owner as saying", "Brackwater Times"),
            ("As first reported by Ostra News Agency", "Ostra News Agency"),
            ("Additional reporting by Ostra News Agency", "Ostra News Agency"),
        ),
    ),
    Newsroom(
        "newsroom_roundup.txt",
        "The Tillen Courier",
        (
            "Ferry company drops night crossings",
            "Two drown below the weir at Sarn",
            "Choir tour called off after fire at hall",
        ),
        ("news | sport", "Share   Print", "Printed at the Old Mill"),
        (
            ("With inputs from agencies", "agencies"),
            ("A reporter of La Voix du Nordet writes from Sarn:", "La Voix du Nordet"),
            ("First published in La Voix du Nordet.", "La Voix du Nordet"),
        ),
    ),
    Newsroom(
        "newsroom_ministry.txt",
        "Ministry of Transport",
        ("Northern line to reopen in two stages",),
        ("Start | The minister", "Press office", "1 Station Square"),
        (),
    ),
    Newsroom(
        "newsroom_blog.txt",
        "salt and iron",
        ("What the harbour board did not tell you",),
        ("all posts", "powered by Inkpot", "tern: of course", "older: A crane"),
        (
            ("h/t the Brackwater Times", "Brackwater Times"),
            ("The Brackwater Times has the whole story", "Brackwater Times"),
            ("told the Times that", "Times"),
            ("Per the Times", "Times"),
            ("Over to the Times:", "Times"),
            ("(Continues at the Brackwater Times.)", "Brackwater Times"),
            ("That figure came from Dockside Radio", "Dockside Radio"),
        ),
    ),
    Newsroom(
        "newsroom_wire.txt",
        "Nordet Press Service",
        ("Garrison at Pell mutinies over pay, officers held",),
        ("Politics | Business", "English desk", "End of bulletin."),
        (
            ("Dockside Radio, quoting a soldier inside,", "Dockside Radio"),
            ("Dockside Radio reported later that", "Dockside Radio"),
            ("a report by the website Gull's Eye that", "Gull's Eye"),
        ),
    ),
    Newsroom(
        "newsroom_unnamed.txt",
        None,
        ("Two bridges lost in the flood at Garth",),
        (),
        (
            ("the Garth Evening News, wrote that", "Garth Evening News"),
            ("told the paper that", "Garth Evening News"),
        ),
    ),
    Newsroom(
        "newsroom_letter.txt",
        None,
        ("Wells of Sarn found poisoned",),
        (),
        (
            ("Source: Dockside Radio", "Dockside Radio"),
            (
                "This article originally appeared in the Garth Evening News",
                "Garth Evening News",
            ),
        ),
    ),
    Newsroom(
        "newsroom_header.html",
        "The Evening Lamp",
        ("Doctors walk out at Garth hospital over unpaid nights",),
        ("Skip to main content", "Listen (4 min)", "More from Health", "Your privacy choices"),
        (
            ("Ostra News Agency had the story first:", "Ostra News Agency"),
            ("told the agency that", "Ostra News Agency"),
            ("310 by Friday", "brackwatertimes.example"),
            ("With agency reports", "agencies"),
        ),
    ),
    Newsroom(
        "newsroom_table.html",
        "Gull's Eye",
        ("30 shot at Pell, says soldier",),
        ("Front | Old stuff", "what the papers leave out", "run by one person"),
        (
            ("Nordet Press Service said that", "Nordet Press Service"),
            ("According to Nordet Press Service", "Nordet Press Service"),
            ("Hat tip: Dockside Radio", "Dockside Radio"),
        ),
    ),
    Newsroom(
        "newsroom_nobody.html",
        None,
        ("Snow shuts the pass at Holm",),
        ("Your privacy choices",),
        (("Dockside Radio reported", "Dockside Radio"),),
    ),
    Newsroom(
        "newsroom_digest.html",
        "Holm Sentinel",
        ("Border shut after night of shelling",),
        ("About the Sentinel",),
        (
            ("Per Ostra News Agency", "Ostra News Agency"),
            ("Ostra News Agency also had a list", "Ostra News Agency"),
            ("Dockside Radio, citing the army, had", "Dockside Radio"),
            ("appeared in the Garth Evening News", "Garth Evening News"),
            ("in a statement published by Ostra News Agency", "Ostra News Agency"),
            ("reprinted by permission of Sarn Parish Press", "Sarn Parish Press"),
            ("The error first appeared in Dockside Radio", "Dockside Radio"),
        ),
    ),
    Newsroom(
        "newsroom_sheet.txt",
        "the brackish tide",
        ("Pumps failed for a third night, and nobody was told",),
        ("an occasional sheet", "front page - older", "1 reply"),
        (
            ("(tip of the hat: Estuary Weekly)", "Estuary Weekly"),
            ("The Estuary Weekly was the first to report that", "Estuary Weekly"),
            ("told the Weekly", "Estuary Weekly"),
            ("Marish FM, for its part, spoke to", "Marish FM"),
            ("From the Estuary Weekly's report:", "Estuary Weekly"),
            ("(Read on at Estuary Weekly)", "Estuary Weekly"),
            ("The number was lifted from Marish FM", "Marish FM"),
        ),
    ),
    Newsroom(
        "newsroom_observer.txt",
        "Aldermere Observer",
        ("Grain ship seized off Cape Lorne", "Lamp oil to be rationed from May"),
        ("Friday edition", "Front | Town", "COUNTY", "Save | Print", "Copyright Aldermere"),
        (
            ("The Lorne News Agency (LNA) carried a statement", "Lorne News Agency"),
            ("LNA later withdrew", "Lorne News Agency"),
            ("first revealed by Radio Lorne", "Radio Lorne"),
            ("In an interview with Radio Lorne", "Radio Lorne"),
            ("A dispatch from LNA put", "Lorne News Agency"),
            ("with material from LNA", "Lorne News Agency"),
        ),
    ),
    Newsroom(
        "newsroom_upland.html",
        "Upland Herald",
        ("Aid convoy turned back at Kell bridge",),
        ("Home > War", "Bread at ten crowns", "Share on Facebook"),
        (
            ("Agencies", "agencies"),
            ("quoted by Kell Radio", "Kell Radio"),
            ("Kell Radio had earlier put", "Kell Radio"),
            ("which originated with the Interior Gazette", "Interior Gazette"),
            ("(Kell Radio/Ostra News Agency)", "Kell Radio"),
            ("Ostra News Agency", "Ostra News Agency"),
        ),
    ),
    Newsroom(
        "newsroom_forwarded.txt",
        None,
        ("Cholera ward opens in school at Marish",),
        ("Hello all,",),
        (("Reposted with thanks to the Lorne Echo.", "Lorne Echo"),),
    ),
]
