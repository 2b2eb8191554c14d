"""Lines that are furniture by their form, and lines of the same words that are not."""

import pytest

from firsthand.extract.furniture import form_of, is_credit, menu_kind, more_at_end
from firsthand.extract.lines import Line
from page_factory import from_text


def line(text: str) -> Line:
    return Line(start=0, end=len(text), text=text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Leave a Reply", "comment_form"),
        ("12 Comments", "comment_form"),
        ("Your email address will not be published.", "comment_form"),
        ("Laisser un commentaire", "comment_form"),
        ("Please support our work with a donation.", "donation"),
        ("If you value the Dale Post's reporting, please consider a gift.", "donation"),
        ("READ MORE VALLEY NEWS AT: Dale Post Valley Files", "teaser"),
        ("Read more: Ferry sinks off Holm", "teaser"),
        ("You may also like", "teaser"),
        ("Читайте также:", "teaser"),
        ("اقرأ أيضا: عودة المياه", "teaser"),
        ("← Older posts", "pager"),
        ("Next article →", "pager"),
        ("Back to top", "pager"),
        ("↑", "pager"),
        ("Categories: valley, latest", "category"),
        ("Filed under: valley", "category"),
        ("Share this:", "share"),
        ("Click to share on Telegram (Opens in new window)", "share"),
        ("Subscribe to our newsletter and get it in your inbox", "subscribe"),
        ("Advertisement", "advertisement"),
        ("Get your copy of Valley Magazine #12", "advertisement"),
        ("My latest book is out: “Rivers of the East”", "advertisement"),
        ("This website uses cookies to improve your visit.", "cookie"),
        ("© 2031 Dale Post. All rights reserved.", "copyright"),
        ("Home > World > Valley", "navigation"),
        ("Skip to content", "navigation"),
        ("4 min read", "other"),
    ],
)
def test_house_lines_are_furniture(text: str, kind: str) -> None:
    form = form_of(line(text))
    assert form is not None
    assert form.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "More than forty lorries passed the bridge, the ministry said.",
        "Share prices fell after the mine closed, traders said.",
        "Residents said they could not subscribe to the truce.",
        "The rebels rejected the terms and conditions of the truce.",
        "Donors pledged nine million for the valley on Monday.",
        "Topics in the talks included water and the road, she said.",
        "Help reached the valley on Friday, the council said.",
        "Join the army or leave, they were told at the bridge.",
        "Comment was not available from the ministry on Monday.",
        "The top commander of the garrison was killed at Holm.",
        "Next to the hospital a school was burning, nurses said.",
        "Read the letters the prisoners sent home, the bishop asked.",
        "Print works in Tarsk burned for two days.",
    ],
)
def test_prose_with_the_same_words_is_not(text: str) -> None:
    assert form_of(line(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Source: Northern Wire",
        "Continue reading this story at Northern Wire",
        "Read the wire report here:",
        "This article was originally published by Holm Radio.",
        "Republished from the Dale Post",
        "(via Holm Radio)",
        "Источник: Северная лента",
        "المصدر: وكالة الشمال",
    ],
)
def test_credit_lines_are_kept(text: str) -> None:
    assert is_credit(text)
    assert form_of(line(text)) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Facebook Twitter YouTube RSS", "share"),
        ("Home | World | Sport | About us", "navigation"),
        ("Valley | River towns | Letters page | Weather", "navigation"),
        ("Главная Новости Политика", "navigation"),
        ("Home Office", ""),
        ("World", ""),
        ("Army retakes bridge", ""),
    ],
)
def test_menus_are_told_by_their_words(text: str, kind: str) -> None:
    assert menu_kind(text) == kind


def test_read_more_glued_to_a_paragraph_is_marked_alone() -> None:
    text = "The convoy waited at the bridge for two days before it turned back. Read more"
    assert more_at_end(line(text)) == (len(text) - len("Read more"), len(text))
    assert more_at_end(line("The council wants to see much more.")) is None


BODY = "The road was opened on Monday, the council said. Two lorries passed.\n\n" * 3


def test_all_below_a_comment_form_is_furniture() -> None:
    page = from_text(
        f"Road opened after nine days\n\n{BODY}Leave a comment\n\nName\n\nWhat a good road it is."
    )
    assert page.furniture()["What a good road it is."] == "comment_form"
    assert page.own()[-1].startswith("The road was opened")


def test_a_run_of_teasers_ends_at_prose() -> None:
    page = from_text(
        f"Road opened after nine days\n\n{BODY}Related stories\nFerry sinks off Holm\n\n"
        "The council will meet again on Friday, its speaker said.\n"
    )
    marks = page.furniture()
    assert marks["Ferry sinks off Holm"] == "teaser"
    assert "The council will meet again on Friday, its speaker said." in page.own()


def test_short_lines_among_furniture_at_the_end_are_furniture() -> None:
    page = from_text(
        f"Road opened after nine days\n\n{BODY}Source: Holm Radio\n\nTags: road, valley\n\n"
        "Valley Boots - Spring Deal\nValley Boots - Spring Deal\n\nWeather in Tarsk\n"
    )
    marks = page.furniture()
    assert marks["Valley Boots - Spring Deal"] == "advertisement"
    assert marks["Weather in Tarsk"] == "other"
    assert "Source: Holm Radio" in page.own()


def test_short_last_lines_without_furniture_stay() -> None:
    page = from_text(f"Road opened after nine days\n\n{BODY}Long live the valley\n")
    assert page.own()[-1] == "Long live the valley"


def test_an_opening_menu_of_single_words_is_furniture() -> None:
    page = from_text(f"Home\nWorld\nRivers\nSport\n\nRoad opened after nine days\n\n{BODY}")
    assert page.documents[0].title == "Road opened after nine days"
    assert page.furniture()["Rivers"] == "navigation"
