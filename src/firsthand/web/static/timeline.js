// Dragging over the overview of all times chooses a part of it, which the address then holds.

const strip = document.querySelector(".strip-t[data-first]");
const LEAST_PX = 6;

/** Where on the overview the pointer is, in its own pixels. */
function along(event) {
  const box = strip.getBoundingClientRect();
  const wide = strip.viewBox.baseVal.width;
  return Math.min(wide, Math.max(0, ((event.clientX - box.left) / box.width) * wide));
}

/** The month, or year, that lies at a place of the overview, as an address has it. */
function named(x) {
  const { first, unit } = strip.dataset;
  const steps = Math.floor(x / Number(unit));
  const [year, month] = first.split("-").map(Number);
  if (!month) return String(year + steps).padStart(4, "0");
  const at = year * 12 + month - 1 + steps;
  return `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}`;
}

function choose(from, to) {
  const url = new URL(location.href);
  url.searchParams.set("from", named(from));
  url.searchParams.set("to", named(to));
  url.searchParams.delete("undated");
  location.assign(url);
}

function begin() {
  let start = null;
  let brush = null;
  const last = [...strip.querySelectorAll(".hit")].at(-1);
  const end = Number(last.getAttribute("x")) + Number(last.getAttribute("width"));
  const draw = (event) => {
    const at = along(event);
    brush ??= strip.querySelector(".brush") ?? strip.appendChild(document.createElementNS(strip.namespaceURI, "rect"));
    brush.setAttribute("class", "brush");
    for (const [name, value] of Object.entries({ x: Math.min(start, at), y: 0.5, width: Math.abs(at - start), height: 37 })) brush.setAttribute(name, String(value));
  };
  strip.addEventListener("pointerdown", (event) => {
    if (event.button === 0) start = along(event);
  });
  strip.addEventListener("dragstart", (event) => event.preventDefault());
  addEventListener("pointermove", (event) => {
    if (start !== null && Math.abs(along(event) - start) >= LEAST_PX) draw(event);
  });
  addEventListener("pointerup", (event) => {
    if (start === null) return;
    const [one, other] = [start, along(event)].sort((a, b) => a - b);
    start = null;
    if (!brush || other - one < LEAST_PX) return;
    // The click that ends a drag is not meant for the month under it.
    strip.addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
    choose(Math.min(one, end - 1), Math.min(other, end - 1));
  });
}

if (strip) begin();
