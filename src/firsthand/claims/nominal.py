"""Attributions without a verb: "the ministry's claim that …", and headlines with a colon."""

from collections.abc import Sequence

from firsthand.claims.clauses import Parsed
from firsthand.claims.lexicon import cues, name_nouns, source_nouns, titles, word_set
from firsthand.claims.quotes import Quotes
from firsthand.claims.said import FINAL, Range, Report, extended, last_word, offsets, some
from firsthand.claims.speakers import head_of
from firsthand.claims.tokens import Sentence
from firsthand.claims.verbs import verb_forms

LINE_WORDS = 14
"""Words of a line that reads like a heading though nothing marks it."""
HEADLINE_WORDS = 6
"""A speaker before or after a headline's colon is at most this many words."""


def nominal(parsed: Parsed, number: int) -> list[Report]:
    """Reads "The ministry's claim that …", "reports that …"."""
    sentence, found = parsed.sentence, []
    nouns = cues("en", "noun")
    for i in range(len(sentence) - 2):
        by = _claimant(parsed, i)
        that = i + 1 if by is None else sentence.index_at(by[0][1])
        if sentence.low[that : that + 1] != ["that"] or sentence.tags[that] != "SC":
            continue
        low = sentence.low[i]
        cue = nouns.get(low) or nouns.get(low.removesuffix("s"))
        if cue is None or sentence.tags[i] != "NN":
            continue
        source, head = by or _possessor(parsed, i)
        content = offsets(sentence, that + 1, _noun_content_end(sentence, that + 1))
        if content is None:
            continue
        span = (sentence.begins[i], sentence.ends[i])
        found.append(Report(some(source), [span], [content], cue.type, cue.act, "noun", number,
                            span[0], source_head=head))  # fmt: skip
    return found


def _claimant(parsed: Parsed, i: int) -> tuple[Range, str] | None:
    """X of "a claim by X that …", with its head noun."""
    sentence = parsed.sentence
    if sentence.tags[i] != "NN" or sentence.low[i + 1] not in ("by", "from"):
        return None
    phrase = next((p for p in parsed.phrases if p.start == i + 2), None)
    if phrase is None:
        return None
    source = offsets(sentence, phrase.start, extended(parsed, phrase, len(sentence)))
    return (source, sentence.low[phrase.head]) if source is not None else None


def answered(parsed: Parsed, number: int, quotes: Quotes) -> list[Report]:
    """Reads "the governor's reply, “No order was given”, is …"."""
    sentence, found = parsed.sentence, []
    for i, tag in enumerate(sentence.tags[:-2]):
        if tag != "PS":
            continue
        noun = i + 2 if sentence.tags[i + 1] in ("JJ", "JN") else i + 1
        opening = noun + 2 if sentence.low[noun + 1 : noun + 2] in ([","], [":"]) else noun + 1
        if sentence.low[noun] not in word_set("answer_nouns"):
            continue
        if sentence.tags[opening : opening + 1] != ["QT"]:
            continue
        quotation = quotes.at(sentence.begins[opening])
        source, head = _possessor(parsed, noun)
        if quotation is None or source is None:
            continue
        cue = (sentence.begins[noun], sentence.ends[noun])
        found.append(Report([source], [cue], [(quotation.start, quotation.end)], "say", "",
                            "noun", number, cue[0], source_head=head))  # fmt: skip
    return found


def _possessor(parsed: Parsed, i: int) -> tuple[Range | None, str]:
    """X of "X's claim", else the noun itself where it names nobody ("reports")."""
    sentence = parsed.sentence
    for j in range(i - 1, max(-1, i - 5), -1):
        if sentence.tags[j] == "PS":
            phrase = next((p for p in parsed.phrases if p.start < j < p.end), None)
            if phrase is not None:
                return offsets(sentence, phrase.start, j), sentence.low[j - 1]
        if sentence.tags[j] not in ("JJ", "NN", "JN"):
            break
    if sentence.low[i] in ("reports", "rumours", "rumors", "report"):
        return (sentence.begins[i], sentence.ends[i]), sentence.low[i]
    return None, ""


def _noun_content_end(sentence: Sentence, start: int) -> int:
    """Content ends at a comma, or at the verb whose subject the cue noun is."""
    end = last_word(sentence)
    seen = apart = False
    for j in range(start, end):
        if j > start + 1 and sentence.low[j] in (",", ";", "—", "–"):
            return j
        finite = sentence.tags[j] in ("AX", "MD", "VF")
        if finite and seen and apart:
            return j
        seen = seen or finite
        apart = seen and not finite and sentence.tags[j] not in ("AV", "NG", "VN", "VI", "VG")
    return end


def is_headline(sentence: Sentence) -> bool:
    """Whether a sentence is a heading, or a short line without a stop at its end."""
    bare = sentence.words[-1] not in FINAL and len(sentence) <= LINE_WORDS
    return sentence.heading or (bare and sentence.tags[-1] not in ("PU", "QT"))


def headline(parsed: Parsed, number: int, quotes: Quotes) -> list[Report]:
    """Reads "Ministry: bridge rebuilt" and "Bridge rebuilt – ministry" in headings.

    Anywhere it reads a speaker before a colon and a quotation: "Dr Sarn: “We had eleven.”".
    """
    sentence = parsed.sentence
    if not is_headline(sentence):
        return _introduced(parsed, number, quotes)
    for i, word in enumerate(sentence.words):
        if word not in (":", "–", "—", "-"):
            continue
        front = (0, i)
        back = (i + 1, last_word(sentence))
        quoted = back[0] < len(sentence) and sentence.tags[back[0]] == "QT"
        if word == ":" and _speaker(parsed, *front, quoted=quoted):
            return _colon(parsed, number, (front, back, (i, i + 1)))
        if _speaker(parsed, *back, quoted=False):
            return _colon(parsed, number, (back, front, (i, i + 1)))
    return []


def closing(parsed: Parsed, number: int) -> list[Report]:
    """Reads "Nurses safe, says mission" in headings, whose own verb is often left out."""
    sentence, last = parsed.sentence, last_word(parsed.sentence)
    for clause in parsed.clauses if is_headline(sentence) else ():
        verb = clause.verb
        phrase = next((p for p in parsed.phrases if p.start == verb.end), None)
        if phrase is None or verb.start < 2 or sentence.low[verb.start - 1] not in (",", "–", "—"):
            continue
        cue = cues("en", "verb").get(sentence.lemmas[verb.head])
        ends = phrase.end == last or sentence.low[phrase.end] == ";"
        if cue is None or cue.type not in ("say", "report") or not ends:
            continue
        source = offsets(sentence, phrase.start, phrase.end)
        content = offsets(sentence, 0, verb.start - 1)
        if source is not None and content is not None:
            span = (sentence.begins[verb.start], sentence.ends[verb.head])
            return [Report([source], [span], [content], cue.type, "", "trailing", number, span[0],
                           source_head=sentence.low[phrase.head])]  # fmt: skip
    return []


def bracketed(parsed: Parsed, number: int) -> list[Report]:
    """Reads whose figure it is in brackets: "Seven dead (St Ann's Hospital); three dead (police)"."""
    sentence, found, begin = parsed.sentence, [], 0
    for i, word in enumerate(sentence.low):
        if word == ";":
            begin = i + 1
        close = next((k for k in range(i + 1, len(sentence)) if sentence.low[k] == ")"), -1)
        if word != "(" or close < 0 or "CD" not in sentence.tags[begin:i]:
            continue
        ends = sentence.low[close + 1 : close + 2] in ([], [";"], ["."], [","])
        short = sentence.words[i + 1].isupper() or not ends
        if short or not _speaker(parsed, i + 1, close, quoted=False):
            continue
        source, content = offsets(sentence, i + 1, close), offsets(sentence, begin, i)
        if source is not None and content is not None:
            span = (sentence.begins[i], sentence.ends[i])
            head = sentence.low[head_of(sentence, i + 1, close)]
            found.append(Report([source], [span], [content], "report", "", "bracket", number,
                                span[0], source_head=head))  # fmt: skip
        begin = close + 1
    return found


def _introduced(parsed: Parsed, number: int, quotes: Quotes) -> list[Report]:
    """A speaker who opens a sentence, with a colon and all that he is quoted with."""
    sentence = parsed.sentence
    i = next((k for k, word in enumerate(sentence.words) if word == ":"), 0)
    if not i or sentence.tags[i + 1 : i + 2] != ["QT"] or not _speaker(parsed, 0, i, quoted=True):
        return []
    found = _colon(parsed, number, ((0, i), (i + 1, last_word(sentence)), (i, i + 1)))
    quotation = quotes.at(sentence.begins[i + 1])
    if quotation is not None:
        for report in found:
            report.content = [(quotation.start, quotation.end)]
    return found


def _colon(parsed: Parsed, number: int, parts: tuple[Range, Range, Range]) -> list[Report]:
    sentence = parsed.sentence
    source, content = offsets(sentence, *parts[0]), offsets(sentence, *parts[1])
    if source is None or content is None:
        return []
    mark = (sentence.begins[parts[2][0]], sentence.ends[parts[2][0]])
    head = sentence.low[parts[0][1] - 1]
    return [Report([source], [mark], [content], "say", "", "colon", number, mark[0],
                   source_head=head)]  # fmt: skip


def _speaker(parsed: Parsed, start: int, end: int, *, quoted: bool) -> bool:
    """Whether a few words are someone who can speak; places and topics are not."""
    sentence = parsed.sentence
    if not 0 < end - start <= HEADLINE_WORDS:
        return False
    words = sentence.low[start:end]
    if any(tag in ("VF", "VI", "AX", "MD", "CD") for tag in sentence.tags[start:end]):
        return False
    if " ".join(words) in word_set("headline_labels") or _acts(words):
        return False
    head = head_of(sentence, start, end)
    heads = (sentence.low[head], " ".join(sentence.low[max(start, head - 1) : head + 1]))
    titled = any(word in titles() for word in words[:-1]) and sentence.tags[end - 1] == "NP"
    if titled or any(word in source_nouns() or word in titles() for word in heads):
        return True
    noun = name_nouns().get(words[-1])
    if noun is not None and noun.label == "ORG":
        return True
    return quoted and all(tag in ("NP", "NN", "PS") for tag in sentence.tags[start:end])


def _acts(words: Sequence[str]) -> bool:
    """Whether a word inside is the verb of a headline: "army breaks siege"."""
    forms = [verb_forms().get(word) for word in words[1:-1]]
    return any(form is not None and form.kinds[0] == "Z" for form in forms)
