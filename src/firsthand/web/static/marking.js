// Selected words of a page: a bar of what can be done with them, and the form filled in for it.
// Everything is in the form already; this only saves copying the words.

import { pageText, pointsOf } from "./firsthand.js";

const form = document.querySelector("#mark form");
const sheet = document.querySelector(".sheet");
const BY_KEY = { c: "add", f: "span", p: "speaker", t: "time", x: "furniture" };
let bar = null;

/** The stretch of code points that is selected, or null. */
export function selected() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  if (!sheet.contains(range.commonAncestorContainer)) return null;
  let found = null;
  for (const holder of sheet.querySelectorAll("[data-s]")) {
    let at = Number(holder.dataset.s);
    for (const node of pageText(holder)) {
      if (range.intersectsNode(node)) {
        const low = node === range.startContainer ? range.startOffset : 0;
        const high = node === range.endContainer ? range.endOffset : node.data.length;
        if (low < high) {
          const start = at + pointsOf(node.data.slice(0, low));
          const end = at + pointsOf(node.data.slice(0, high));
          found = { start: found ? found.start : start, end };
        }
      }
      at += pointsOf(node.data);
    }
  }
  return found && { ...found, words: chosen.toString(), box: range.getBoundingClientRect() };
}

/** The claim that shares most of a stretch with it. */
function claimAt({ start, end }) {
  let best = "";
  let most = 0;
  for (const option of form.elements.claim.options) {
    const shared = Math.min(end, Number(option.dataset.to)) - Math.max(start, Number(option.dataset.from));
    if (option.value && shared > most) [best, most] = [option.value, shared];
  }
  return best;
}

/** Fills the form in for the selected words and goes to its first open field. */
function fill(does) {
  const chosen = selected();
  if (!chosen) return;
  const fields = form.elements;
  fields.start.value = chosen.start;
  fields.end.value = chosen.end;
  fields.words.value = chosen.words;
  fields.claim.value = claimAt(chosen);
  form.querySelector(`[name=does][value="${does}"]`).checked = true;
  form.parentElement.open = true;
  form.parentElement.classList.add("float");
  hide();
  showFields();
  const first = [...form.querySelectorAll(`.f-${does} :is(select, input)`)].find((field) => field.name !== "claim" || !field.value);
  (first ?? form.querySelector(".pri")).focus();
}

/** A field that a choice does not need is not asked for; one that it needs is. */
function showFields() {
  const does = form.querySelector("[name=does]:checked")?.value;
  for (const part of form.querySelectorAll(".f")) {
    const needed = part.classList.contains(`f-${does}`);
    for (const field of part.querySelectorAll("select, input")) {
      field.required = needed && !(does === "add" && field.name === "speaker");
    }
  }
}

function hide() {
  bar?.remove();
  bar = null;
}

function show() {
  const chosen = form.parentElement.classList.contains("float") ? null : selected();
  if (!chosen) return hide();
  bar ??= document.querySelector("#picker").content.firstElementChild.cloneNode(true);
  document.body.append(bar);
  const width = bar.offsetWidth;
  const left = Math.min(chosen.box.left, document.documentElement.clientWidth - width - 8);
  const above = chosen.box.top - bar.offsetHeight - 8;
  bar.style.left = `${Math.max(8, left) + scrollX}px`;
  bar.style.top = `${(above > 60 ? above : chosen.box.bottom + 8) + scrollY}px`;
}

if (form && sheet) {
  showFields();
  form.addEventListener("change", showFields);
  // Words that are typed over are looked for by themselves.
  form.elements.words.addEventListener("input", () => {
    form.elements.start.value = form.elements.end.value = "";
  });
  document.addEventListener("selectionchange", () => {
    clearTimeout(show.soon);
    show.soon = setTimeout(show, 150);
  });
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.(".picker")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-does]");
    if (button) fill(button.dataset.does);
    if (event.target.closest?.("[data-close]")) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && form.parentElement.classList.contains("float")) close();
    const does = BY_KEY[event.key.toLowerCase()];
    if (does && bar && !event.target.closest?.("input, textarea, select")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      fill(does);
    }
  }, true);
}

function close() {
  form.parentElement.open = false;
  form.parentElement.classList.remove("float");
}
