// Makes screens quicker to use; everything works without it.
// Keys: / search, J and K next and previous claim, Enter the page, Escape closes the panel.

const root = document.documentElement;
root.classList.add("js");

/** UTF-16 index in `text` of the code point number `count`, which offsets are given in. */
export function unitsOf(text, count) {
  let units = 0;
  for (const char of text) {
    if (count-- <= 0) break;
    units += char.length;
  }
  return units;
}

/** Code points in `text`. */
export function pointsOf(text) {
  let count = 0;
  for (const _char of text) count += 1;
  return count;
}

/** Text nodes that hold page text under `holder`, without the labels put between them. */
function* pageText(holder) {
  const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest("[data-x]")) yield walker.currentNode;
  }
}

/** Ranges of the page that show the code points [start, end). */
export function rangesOf(start, end) {
  const found = [];
  for (const holder of document.querySelectorAll("[data-s]")) {
    let at = Number(holder.dataset.s);
    if (at >= end || Number(holder.dataset.e) <= start) continue;
    for (const node of pageText(holder)) {
      const length = pointsOf(node.data);
      const low = Math.max(start, at) - at;
      const high = Math.min(end, at + length) - at;
      if (low < high) {
        const range = document.createRange();
        range.setStart(node, unitsOf(node.data, low));
        range.setEnd(node, unitsOf(node.data, high));
        found.push(range);
      }
      at += length;
    }
  }
  return found;
}

/** Shows the words that an address like #c=1873-1960 names. */
function showCited() {
  const asked = /^#c=(\d{1,9})-(\d{1,9})$/.exec(location.hash);
  if (!asked) return;
  const ranges = rangesOf(Number(asked[1]), Number(asked[2]));
  if (!ranges.length) return;
  const holder = ranges[0].startContainer.parentElement;
  holder.closest("details")?.setAttribute("open", "");
  if (window.CSS?.highlights) CSS.highlights.set("cited", new Highlight(...ranges));
  for (const old of document.querySelectorAll(".cited")) old.classList.remove("cited");
  if (!window.CSS?.highlights) holder.classList.add("cited");
  root.dataset.cited = ranges.map((range) => range.toString()).join("");
  const box = ranges[0].getBoundingClientRect();
  window.scrollTo({ top: window.scrollY + box.top - window.innerHeight / 3 });
}

const panel = document.querySelector(".evidence");
const sections = panel ? [...panel.querySelectorAll(".ev")] : [];

function current() {
  return Math.max(0, sections.findIndex((section) => section.classList.contains("on")));
}

/** Shows one claim in the panel and marks its row. */
function open(index, { push = true, sheet = true } = {}) {
  const section = sections[index];
  if (!section) return;
  for (const other of sections) other.classList.toggle("on", other === section);
  for (const row of document.querySelectorAll("tr[data-claim]")) {
    const chosen = row.dataset.claim === section.dataset.claim;
    row.classList.toggle("sel", chosen);
    if (chosen && push) row.scrollIntoView({ block: "nearest" });
  }
  if (push) history.replaceState(null, "", `#${section.id}`);
  panel.classList.toggle("open", sheet);
  panel.scrollTop = 0;
}

function indexOf(hash) {
  return sections.findIndex((section) => `#${section.id}` === hash);
}

if (sections.length) {
  const asked = indexOf(location.hash);
  open(Math.max(0, asked), { push: false, sheet: asked >= 0 });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#c-"]');
    if (event.target.closest?.(".evclose")) {
      panel.classList.remove("open");
    } else if (link && indexOf(link.hash) >= 0 && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      open(indexOf(link.hash));
    }
  });
  window.addEventListener("hashchange", () => {
    if (indexOf(location.hash) >= 0) open(indexOf(location.hash), { push: false });
  });
}

function typing(target) {
  return target.closest?.("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector(".search input")?.focus();
  } else if (event.key === "j" && sections.length) {
    open(Math.min(sections.length - 1, current() + 1));
  } else if (event.key === "k" && sections.length) {
    open(Math.max(0, current() - 1));
  } else if (event.key === "Escape") {
    panel?.classList.remove("open");
  } else if (event.key === "Enter" && sections.length && !event.target.closest?.("a, button, summary, label")) {
    sections[current()].querySelector("a.page")?.click();
  }
});

showCited();
window.addEventListener("hashchange", showCited);
