"""Pages as HTML of real size: six kinds of site, each outlet with its own navigation, styles, scripts and furniture."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from random import Random
from typing import Final

from generate_outlets import Outlet, outlets
from generate_story import Block, Story
from generate_text import date_words, teasers
from generate_words import Pick, pick

_PROPERTIES: Final = (
    "margin:0 auto {n}px", "padding:{n}px {m}px", "color:#{n:03x}{m:03x}", "font-size:{n}px", "display:flex",
    "background:url(/static/i/{n}.svg) no-repeat {m}px 0", "border-bottom:1px solid #{n:03x}",
    "max-width:{n}0px", "line-height:1.{n}", "transition:opacity .{m}s ease-in-out", "float:left",
)  # fmt: skip
_SCRIPT: Final = (
    "function {f}{n}(e,t){{var r=document.querySelectorAll('.{c}-{m}');for(var i=0;i<r.length;i++)"
    "{{r[i].addEventListener('click',function(){{window.dataLayer=window.dataLayer||[];"
    "dataLayer.push({{event:'{c}',slot:{n},depth:t||{m}}})}},false)}}return e&&e.{c}{m}}}"
)
_NAMES: Final = (
    "nav", "hero", "teaser", "widget", "sidebar", "promo", "card", "grid", "col", "row", "banner", "modal",
    "tab", "menu", "share", "rail", "slot", "consent", "player", "gallery",
)  # fmt: skip
_ICON: Final = '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M{n} {m}h7v7h-{n}zM{m} 3l9 {n}-4 {m}z"/></svg>'


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of site wraps an article; `{}` in a wrapper is what it wraps."""

    before: str
    headline: str
    meta: str
    body: str
    paragraph: str
    after: str


_LAYOUTS: Final = (
    Layout('<article class="post">', "<h1>{}</h1>", '<div class="post-meta">{}</div>',
           '<div class="entry-content">', "<p>{}</p>", "</div></article>"),
    Layout('<div id="main"><div class="story">', '<h1 class="headline">{}</h1>', '<p class="dateline">{}</p>',
           '<div class="story-body">', "<p>{}</p>", "</div></div></div>"),
    Layout('<table width="980" align="center"><tr><td class="content" valign="top">',
           '<font size="5"><b>{}</b></font><br><br>', "<i>{}</i><br><br>", "", "{}<br><br>", "</td></tr></table>"),
    Layout('<main><article itemscope itemtype="https://schema.org/NewsArticle">',
           '<h1 itemprop="headline">{}</h1>', '<div class="byline">{}</div>',
           '<section itemprop="articleBody">', "<p>{}</p>", "</section></article></main>"),
    Layout('<div id="content" role="main"><div class="post hentry">', '<h2 class="entry-title">{}</h2>',
           '<div class="entry-meta">{}</div>', '<div class="entry">', "<p>{}</p>", "</div></div></div>"),
    Layout('<div class="row"><div class="col-8"><div class="node node-article">', '<h1 class="title">{}</h1>',
           '<div class="submitted">{}</div>',
           '<div class="field field-name-body"><div class="field-items"><div class="field-item">',
           "<p>{}</p>", "</div></div></div></div></div></div>"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chrome:
    """The part of a site's pages that never changes."""

    head: str
    header: str
    footer: str


def _filled(form: str, rnd: Pick) -> str:
    return form.format(
        n=1 + int(rnd() * 60),
        m=1 + int(rnd() * 40),
        c=pick(_NAMES, rnd),
        f=pick(("a", "q", "zx", "tr"), rnd),
    )


def _up_to(size: int, forms: Sequence[str], rnd: Pick) -> str:
    """Fill forms until `size` characters are there."""
    parts: list[str] = []
    while size > 0:
        parts.append(_filled(pick(forms, rnd), rnd))
        size -= len(parts[-1])
    return "\n".join(parts)


def _css(size: int, rnd: Pick) -> str:
    rules = [f".{{c}}-{{n}} .{{c}}{{{{{a};{b}}}}}" for a in _PROPERTIES for b in _PROPERTIES[::3]]
    return _up_to(size, rules, rnd)


def _menu(outlet: Outlet, rnd: Pick) -> str:
    rows = []
    for item in outlet.menu:
        slug = item.lower().replace(" ", "-")
        subs = "".join(
            f'<li class="menu-item menu-item-{int(rnd() * 9000)}"><a href="/{slug}/{t}">{t.title()}</a></li>'
            for t in _NAMES[: int(rnd() * 6)]
        )
        rows.append(
            f'<li class="menu-item"><a href="/{slug}/">{item}</a><ul class="sub-menu">{subs}</ul></li>'
        )
    return "<ul>" + "".join(rows) + "</ul>"


@cache
def chrome(number: int) -> Chrome:
    """Build one outlet's unchanging markup, about `weight_kb` in all."""
    outlet = outlets()[number]
    rnd = Random(f"chrome/{outlet.name}").random
    size = outlet.weight_kb * 1024
    head = (
        f'<meta name="viewport" content="width=device-width"><link rel="icon" href="/favicon-{number}.ico">'
        f"<style>{_css(int(size * 0.36), rnd)}</style>\n<script>{_up_to(int(size * 0.34), (_SCRIPT,), rnd)}"
        "</script>"
    )
    icons = _up_to(int(size * 0.12), (_ICON,), rnd)
    consent = f'<div class="consent" role="dialog"><p>{escape(outlet.cookie)}</p><button>Accept</button></div>'
    header = (
        f'<header><div class="logo"><a href="/">{escape(outlet.name)}</a></div><nav>{_menu(outlet, rnd)}</nav>'
        f'<form action="/search"><input name="q" placeholder="Search"></form></header>\n'
        f'<div style="display:none" class="sprite">{icons}</div>'
    )
    late = _up_to(int(size * 0.14), (_SCRIPT,), rnd)
    footer = (
        f'<footer><nav class="foot">{_menu(outlet, rnd)}</nav><p>{escape(outlet.footer)}</p></footer>\n'
        f"<script>{late}</script><!-- cached page {number} --></body></html>"
    )
    if outlet.layout % 2:
        return Chrome(head, consent + header, footer)
    return Chrome(head, header, consent + footer)


def _head(outlet: Outlet, title: str, url: str, shown: date | None, where: str | None) -> str:
    parts = [f"<title>{escape(title)} | {escape(outlet.name)}</title>"]
    if outlet.number % 3:
        parts.append(f'<link rel="canonical" href="{url}">')
    if outlet.number % 4:
        parts.append(f'<meta property="og:site_name" content="{escape(outlet.name)}">')
        parts.append(f'<meta property="og:title" content="{escape(title)}">')
    if where == "meta" and shown:
        parts.append(
            f'<meta property="article:published_time" content="{shown.isoformat()}T08:00:00+00:00">'
        )
    linked = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "url": url,
    }
    if where == "jsonld" and shown:
        linked["datePublished"] = shown.isoformat()
    if where == "jsonld" or outlet.number % 5 == 0:
        data = json.dumps(linked).replace("<", "\\u003c")
        parts.append(f'<script type="application/ld+json">{data}</script>')
    return "\n".join(parts)


def _paragraph(layout: Layout, block: Block, story: Story) -> str:
    text = escape(" ".join("".join(p.text for p in s) for s in block.sentences), quote=False)
    if block.kind == "credit":
        note = story.notes[block.sentences[0][0].note]
        host = note.cited.lower().replace(" ", "-")
        marked = (
            f'<a href="https://{host}.example/">{text}</a>' if len(text) % 2 else f"<em>{text}</em>"
        )
        return layout.paragraph.format(marked)
    if block.kind == "blockquote":
        return f"<blockquote>{layout.paragraph.format(text)}</blockquote>"
    return layout.paragraph.format(text)


def _article(story: Story, date_line: str, rnd: Pick) -> str:
    outlet = story.outlet
    layout = _LAYOUTS[outlet.layout]
    byline = f'<span class="author">{escape(story.byline.text)}</span> ' if story.byline else ""
    parts = [
        layout.before,
        layout.headline.format(escape(story.title, quote=False)),
        layout.meta.format(byline + date_line),
        f'<div class="share">{escape(outlet.share)}</div>',
        layout.body,
    ]
    paragraphs = [_paragraph(layout, block, story) for block in story.blocks]
    if outlet.ads and len(paragraphs) > 2:
        slot = int(rnd() * 9000)
        ad = f'<div class="ad" id="div-gpt-{slot}"><span>Advertisement</span><script>qs({slot})</script></div>'
        paragraphs.insert(1 + int(rnd() * (len(paragraphs) - 1)), ad)
    return "\n".join([*parts, *paragraphs, layout.after])


def _teaser_list(outlet: Outlet, rnd: Pick) -> str:
    rows = [
        f'<li class="card"><a href="/{n}/{int(rnd() * 1e6)}"><img src="/i/{int(rnd() * 1e6)}.jpg" alt="" '
        f'width="320" height="180" loading="lazy"><h3>{escape(title, quote=False)}</h3></a></li>'
        for n, title in enumerate(teasers(rnd, 12))
    ]
    return (
        f'<aside class="related"><h2>{escape(outlet.related)}</h2><ul>{"".join(rows)}</ul></aside>'
    )


def render_html(
    stories: Sequence[Story],
    url: str,
    shown: date | None,
    where: str | None,
    rnd: Pick,
    *,
    updated: bool,
) -> str:
    """Return the page as its outlet serves it."""
    outlet = stories[0].outlet
    site = chrome(outlet.number)
    line = ""
    if shown is not None and where == "time":
        label = date_words(outlet, shown, updated=updated)
        line = f'<time datetime="{shown.isoformat()}">{label}</time>'
    elif shown is not None and where == "text":
        line = f'<span class="date">{date_words(outlet, shown, updated=updated)}</span>'
    fields = "".join(f"<p>{escape(text)}</p>" for text in outlet.comments)
    return "\n".join(
        [
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
            _head(outlet, stories[0].title, url, shown, where),
            site.head,
            f'</head><body class="single layout-{outlet.layout}">',
            site.header,
            *(_article(story, line, rnd) for story in stories),
            f'<div class="cats">{escape(outlet.category)}</div><div class="pager">{escape(outlet.pager)}</div>',
            f'<div class="plea"><p>{escape(outlet.plea)}</p></div>',
            _teaser_list(outlet, rnd),
            f'<section id="comments"><form method="post" action="/comment">{fields}',
            '<textarea name="c"></textarea><button>Post</button></form></section>',
            site.footer,
        ]
    )
