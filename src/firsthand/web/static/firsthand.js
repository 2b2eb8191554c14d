// Makes screens quicker to use; everything works without it.
// Keys: the list that ? opens stands in base.html.

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
export function* pageText(holder) {
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
    const told = [row.dataset.claim, ...(row.dataset.also ?? "").split(" ")];
    const chosen = told.includes(section.dataset.claim);
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

/** Opens what a field stands in and goes to the field. */
function goTo(field) {
  field.closest("details")?.setAttribute("open", "");
  field.focus();
  field.select?.();
  field.scrollIntoView({ block: "nearest" });
}

/** What a letter does on any screen that has the thing it acts on. */
const KEYS = {
  "/": () => document.querySelector(".search input"),
  "?": () => document.querySelector("dialog#keys")?.showModal(),
  n: () => document.querySelector("#reason"),
  d: () => document.querySelector("#ddate, #rdate"),
  e: () => document.querySelector("#field") ?? follow(sections[current()]?.querySelector("a.judge")),
  r: () => follow(document.querySelector('.top nav a[href="/review"]')),
  z: () => document.querySelector("[data-undo]")?.click(),
  j: () => (sections.length ? open(Math.min(sections.length - 1, current() + 1)) : step(1)),
  k: () => (sections.length ? open(Math.max(0, current() - 1)) : step(-1)),
  Escape: () => panel?.classList.remove("open"),
};

function follow(link) {
  link?.click();
}

/** The next or previous question of the review list. */
function step(by) {
  const links = [...document.querySelectorAll(".rq ol a")];
  const at = links.findIndex((link) => link.getAttribute("aria-current"));
  follow(links[at + by]);
}

/** Answers with the button of that letter; a date that is still missing is asked for first. */
function answer(key) {
  const button = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.toLowerCase() === key.toLowerCase());
  if (!button) return false;
  const field = document.querySelector(`[data-focus="${button.dataset.key}"]`);
  if (field && !field.value) goTo(field);
  else button.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (document.querySelector("dialog[open]")) return;
  if (answer(event.key)) {
    event.preventDefault();
  } else if (Object.hasOwn(KEYS, event.key)) {
    const found = KEYS[event.key]();
    if (found instanceof HTMLElement) goTo(found);
    event.preventDefault();
  } else if (event.key === "Enter" && sections.length && !event.target.closest?.("a, button, summary, label")) {
    sections[current()].querySelector("a.page")?.click();
  }
});

/** Shows how far a run is, until it ends; then the screen is loaded anew. */
const run = document.querySelector('.runbox[data-going="1"]');
if (run) {
  const source = new EventSource("/import/events");
  source.addEventListener("message", (event) => {
    const state = JSON.parse(event.data);
    if (!state.going) {
      source.close();
      location.reload();
      return;
    }
    const body = run.querySelector("tbody");
    for (const stage of state.stages) {
      const row = [...body.rows].find((one) => one.dataset.stage === stage.stage) ?? stageRow(body, stage.stage);
      const bar = row.querySelector("progress");
      bar.max = stage.todo || stage.done || 1;
      bar.value = stage.done;
      row.cells[2].textContent = stage.todo ? `${stage.done} / ${stage.todo}` : `${stage.done}`;
    }
  });
}

function stageRow(body, name) {
  const row = body.insertRow();
  row.dataset.stage = name;
  row.insertCell().textContent = name;
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", name);
  row.insertCell().append(bar);
  row.insertCell().className = "n num";
  return row;
}

// A map wider than a phone's screen begins in its middle.
const map = document.querySelector(".mapscroll");
if (map) map.scrollLeft = (map.scrollWidth - map.clientWidth) / 2;

showCited();
window.addEventListener("hashchange", showCited);

/** A menu closes where the reader goes elsewhere. */
const menu = document.querySelector(".top .menu");
document.addEventListener("click", (event) => {
  if (menu && !menu.contains(event.target)) menu.open = false;
});
menu?.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
