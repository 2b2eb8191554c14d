// The map in the browser: the same marks as the drawing it replaces, moved and zoomed freely.
// The server groups the marks of each view. Without WebGL, or without this, the drawing stays.

const holder = document.querySelector(".map.big[data-bbox]");
const words = holder?.dataset ?? {};
const SVG = holder?.querySelector("svg")?.namespaceURI;
const SHAPES = {
  denied: "M0-6.5 6.5 0 0 6.5-6.5 0Z",
  differ: "M0-5.8 5.8 0 0 5.8-5.8 0Z",
};

function drawable() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The filters of this screen, without the view. */
function filters() {
  const asked = new URLSearchParams(location.search);
  for (const name of ["bbox", "at", "view", "sel"]) asked.delete(name);
  return asked;
}

async function ask(path, more) {
  const asked = filters();
  for (const [name, value] of Object.entries(more)) asked.set(name, value);
  const answer = await fetch(`${path}?${asked}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** A circle on the ground as a ring of longitudes and latitudes (spherical earth). */
function ring({ lon, lat, km }) {
  const turn = Math.PI / 180;
  const arc = km / 6371;
  const points = [];
  for (let at = 0; at <= 64; at += 1) {
    const way = (at / 64) * 2 * Math.PI;
    const up = Math.asin(Math.sin(lat * turn) * Math.cos(arc) + Math.cos(lat * turn) * Math.sin(arc) * Math.cos(way));
    const east = Math.atan2(Math.sin(way) * Math.sin(arc) * Math.cos(lat * turn), Math.cos(arc) - Math.sin(lat * turn) * Math.sin(up));
    points.push([lon + east / turn, up / turn]);
  }
  return points;
}

function discs(found) {
  const features = found.map((disc) => ({
    type: "Feature",
    geometry: { type: "Polygon", coordinates: [ring(disc)] },
    properties: { wide: disc.wide },
  }));
  return { type: "FeatureCollection", features };
}

/** A plain look of vector tiles, by the layers of the two schemes most files have. */
function streets() {
  const layer = (name, type, paint, more) => ({ id: `tiles-${name}`, type, source: "tiles", "source-layer": name, paint, ...more });
  const area = (name, of, opacity = 1) => layer(name, "fill", { "fill-color": colour(of), "fill-opacity": opacity, "fill-antialias": false }, { filter: ["==", ["geometry-type"], "Polygon"] });
  const line = (name, of, width, more) => layer(name, "line", { "line-color": colour(of), "line-width": width, ...more });
  const wider = ["interpolate", ["exponential", 1.6], ["zoom"], 6, 0.4, 12, 1.2, 16, 5];
  const named = (name) => layer(name, "symbol", { "text-color": colour("ink2"), "text-halo-color": colour("land"), "text-halo-width": 1.2 }, { filter: ["==", ["geometry-type"], "Point"], layout: { "text-field": ["get", "name"], "text-font": ["Inter Variable", "sans-serif"], "text-size": 12, "text-padding": 8 } });
  return [
    { id: "ground", type: "background", paint: { "background-color": colour("land") } },
    area("earth", "land"),
    area("water", "sea"),
    area("buildings", "line"),
    area("building", "line"),
    line("waterway", "sea", 1.2),
    line("roads", "gap", wider, { "line-opacity": 0.7 }),
    line("transportation", "gap", wider, { "line-opacity": 0.7 }),
    line("boundaries", "coast", 1, { "line-dasharray": [4, 3] }),
    line("boundary", "coast", 1, { "line-dasharray": [4, 3] }),
    named("places"),
    named("place"),
  ];
}

function style() {
  const tiles = words.tiles;
  const source = (data) => ({ type: "geojson", data, tolerance: 0.05, maxzoom: 14 });
  const of = (kind) => ["==", ["get", "kind"], kind];
  const none = { type: "FeatureCollection", features: [] };
  const label = (kind, size, more) => ({
    id: kind,
    type: "symbol",
    source: "land",
    filter: of(kind),
    layout: { "text-field": ["get", "name"], "text-font": ["Inter Variable", "sans-serif"], "text-size": size, "symbol-sort-key": ["get", "order"], "text-padding": 6, ...more },
    paint: { "text-color": colour("ink3"), "text-halo-color": colour("land"), "text-halo-width": 1.2 },
  });
  const layers = [
    { id: "sea", type: "background", paint: { "background-color": colour("sea") } },
    { id: "land", type: "fill", source: "land", filter: of("land"), paint: { "fill-color": colour("land"), "fill-antialias": false } },
    { id: "coast", type: "line", source: "land", filter: of("coast"), paint: { "line-color": colour("coast"), "line-width": 0.8 } },
    { id: "border", type: "line", source: "land", filter: of("border"), paint: { "line-color": colour("coast"), "line-width": 1, "line-dasharray": [4, 3] } },
    label("town", 12, {}),
    label("country", 13, { "text-letter-spacing": 0.08 }),
  ];
  const sources = { land: source(none), discs: source(none) };
  if (tiles) {
    // A file of this server's machine comes from an address of this server.
    const from = tiles.startsWith("/") ? location.origin + tiles : tiles;
    const [minzoom, maxzoom] = words.zooms?.split("-").map(Number) ?? [0, 22];
    sources.tiles = { type: words.kind ?? "raster", tiles: [from], minzoom, maxzoom };
    if (words.kind !== "vector") sources.tiles.tileSize = 256;
    layers.splice(0, layers.length, layers[0], ...(words.kind === "vector" ? streets() : [{ id: "tiles", type: "raster", source: "tiles" }]));
  }
  layers.push(
    { id: "disc", type: "fill", source: "discs", filter: ["!", ["get", "wide"]], paint: { "fill-color": colour("one"), "fill-opacity": 0.14 } },
    { id: "rim", type: "line", source: "discs", filter: ["!", ["get", "wide"]], paint: { "line-color": colour("one"), "line-opacity": 0.5 } },
    { id: "widerim", type: "line", source: "discs", filter: ["get", "wide"], paint: { "line-color": colour("one"), "line-opacity": 0.6, "line-dasharray": [3, 3] } },
  );
  return { version: 8, sources, layers };
}

function svg(name, values, ...inside) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

function shape(status) {
  const drawn = SHAPES[status] ? svg("path", { class: `mk ${status}`, d: SHAPES[status] }) : svg("circle", { class: `mk ${status}`, r: 4.8 });
  return svg("svg", { viewBox: "-8 -8 16 16", width: 16, height: 16, "aria-hidden": "true" }, drawn);
}

function element(name, className, ...inside) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

/** One mark: a link that without this script would lead to the same events as a table. */
function pin(found) {
  const link = element("a", found.wide ? "glpin wide" : "glpin");
  const asked = filters();
  asked.set("at", found.at);
  link.href = found.event_id ? `/e/${encodeURIComponent(found.event_id)}` : `/map?${asked}#h-tab`;
  link.setAttribute("aria-label", `${found.place || found.name}: ${found.count}`);
  const pill = element("span", "glpill");
  for (const mark of found.marks) pill.append(shape(mark.status), element("b", "", String(mark.count)));
  const name = element("bdi", "", found.name);
  link.append(pill, element("span", "glname", name));
  return link;
}

function within(at, lon, lat) {
  const [west, south, east, north] = at.split(",").map(Number);
  return lat >= south && lat <= north && (west <= east ? lon >= west && lon <= east : lon >= west || lon <= east);
}

class Screen {
  constructor(map) {
    this.map = map;
    this.pins = [];
    this.asked = 0;
    this.layer = element("div", "glpins");
    this.card = element("section", "glcard card");
    this.card.hidden = true;
    this.card.setAttribute("aria-live", "polite");
    this.card.tabIndex = -1;
    this.card.addEventListener("click", (event) => this.pick(event));
    holder.querySelector(".gl").append(this.layer, this.card);
    this.chosen = new URLSearchParams(location.search).get("at") ?? "";
    map.on("move", () => this.place());
    map.on("moveend", () => this.moved());
    this.layer.addEventListener("click", (event) => this.clicked(event));
    this.link();
    this.moved({ keep: true });
  }

  /** The view as an address has it. */
  box() {
    const bounds = this.map.getBounds();
    const wrap = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;
    const whole = bounds.getEast() - bounds.getWest() >= 360;
    const west = whole ? -180 : wrap(bounds.getWest());
    const east = whole ? 180 : wrap(bounds.getEast());
    return [west, Math.max(-85, bounds.getSouth()), east, Math.min(85, bounds.getNorth())].map((one) => one.toFixed(3)).join(",");
  }

  async moved({ keep = false } = {}) {
    const number = ++this.asked;
    const bbox = this.box();
    const size = this.map.getContainer();
    const zoom = this.map.getZoom();
    const view = { bbox, w: size.clientWidth, h: size.clientHeight };
    if (!keep) this.remember({ bbox });
    const found = await ask("/map/marks.json", view);
    if (number !== this.asked) return;
    this.show(found);
    if (!words.tiles) this.land(bbox, zoom);
  }

  /** The packaged land is fetched anew where the view leaves what is there, or needs it finer. */
  land(bbox, zoom) {
    const step = zoom <= 3.4 ? 0 : zoom <= 5.6 ? 1 : 2;
    const [west, south, east, north] = bbox.split(",").map(Number);
    const had = this.had;
    const whole = had && had.step === step && (step === 0 || (within(had.box, west, south) && within(had.box, east, north))) && Math.abs(had.zoom - zoom) < 1.5;
    if (whole) return;
    const tall = (north - south) / 2;
    const wide = (((east - west) % 360) + 360) % 360 / 2;
    this.had = { step, zoom, box: [west - wide, south - tall, east + wide, north + tall].join(",") };
    this.map.getSource("land").setData(`/map/land.geojson?bbox=${bbox}&zoom=${zoom.toFixed(1)}`);
  }

  show(found) {
    const held = document.activeElement?.closest?.(".glpin")?.getAttribute("href");
    this.map.getSource("discs").setData(discs(found.discs));
    this.pins = found.pins.map((one) => ({ ...one, link: pin(one) }));
    this.layer.replaceChildren(...this.pins.map((one) => one.link));
    this.place();
    this.light();
    for (const one of this.pins) if (held && one.link.getAttribute("href") === held) one.link.focus();
    holder.dataset.shown = String(this.pins.length);
    const sel = new URLSearchParams(location.search).get("sel") ?? "";
    if ((this.chosen || sel) && this.card.hidden) this.open(this.chosen, sel);
  }

  place() {
    for (const one of this.pins) {
      const at = this.map.project([one.lon, one.lat]);
      one.link.style.transform = `translate(${Math.round(at.x)}px, ${Math.round(at.y)}px) translate(-50%, -13px)`;
    }
  }

  remember(parts) {
    const url = new URL(location.href);
    url.searchParams.delete("view");
    for (const [name, value] of Object.entries(parts)) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    history.replaceState(null, "", url);
  }

  clicked(event) {
    const link = event.target.closest(".glpin");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const found = this.pins.find((one) => one.link === link);
    this.open(found.at);
  }

  /** The card of a mark, or of one of its events: written by the server, each event lit along time and in the table. */
  async open(at, sel = "") {
    this.chosen = at;
    this.remember({ at, sel });
    const asked = filters();
    for (const [name, value] of Object.entries(sel ? { sel } : { at })) asked.set(name, value);
    const answer = await fetch(`/map/card?${asked}`);
    if (!answer.ok || this.chosen !== at) return;
    const held = element("template", "");
    held.innerHTML = await answer.text();
    const tools = element("div", "cardtools");
    if (sel && at) tools.append(this.button("←", words.back, () => this.open(at)));
    tools.append(this.button("×", words.close, () => this.close()));
    this.card.replaceChildren(tools, held.content);
    this.card.scrollTop = 0;
    this.card.hidden = false;
    this.light();
  }

  button(sign, name, does) {
    const made = element("button", "btn", sign);
    made.type = "button";
    made.setAttribute("aria-label", name);
    made.addEventListener("click", does);
    return made;
  }

  /** An event named in the card is shown in its place; with a key held its dossier opens, as any link does. */
  pick(event) {
    const link = event.target.closest("[data-card]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.open(this.chosen, link.dataset.card);
    this.card.focus();
  }

  close() {
    this.chosen = "";
    this.card.hidden = true;
    this.remember({ at: "", sel: "" });
    this.light();
    this.layer.querySelector("a")?.focus();
  }

  /** Marks what is chosen, here and along time. */
  light() {
    for (const one of this.pins) one.link.classList.toggle("lit", Boolean(this.chosen) && within(this.chosen, one.lon, one.lat));
    for (const bar of document.querySelectorAll("[data-lon]")) {
      bar.classList.toggle("lit", Boolean(this.chosen) && within(this.chosen, Number(bar.dataset.lon), Number(bar.dataset.lat)));
    }
  }

  /** What is pointed at along time or in the table is lit on the map; a view that was moved is kept. */
  link() {
    const point = (event, on) => {
      const bar = event.target.closest?.("[data-lon]");
      if (!bar) return;
      for (const one of this.pins) {
        if (within(one.at, Number(bar.dataset.lon), Number(bar.dataset.lat))) one.link.classList.toggle("pointed", on);
      }
    };
    for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
      document.addEventListener(name, (event) => point(event, on));
    }
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a");
      const path = link && new URL(link.getAttribute("href"), location.href);
      if (!path || path.pathname !== "/map" || link.closest(".glpin, .keepview")) return;
      const bbox = new URLSearchParams(location.search).get("bbox");
      if (bbox && path.search) {
        path.searchParams.set("bbox", bbox);
        link.href = `${path.pathname}${path.search}${path.hash}`;
      }
    });
  }
}

async function begin() {
  const { Map, ScaleControl, setWorkerUrl } = await import("./vendor/maplibre-gl.js");
  setWorkerUrl(new URL("./vendor/maplibre-gl-worker.js", import.meta.url).href);
  const canvas = element("div", "gl");
  const inner = element("div", "glmap");
  canvas.append(inner);
  holder.prepend(canvas);
  holder.classList.add("on");
  const [west, south, east, north] = words.bbox.split(",").map(Number);
  const map = new Map({
    container: inner,
    style: style(),
    bounds: [[west, south], [east < west ? east + 360 : east, north]],
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: words.tiles ? 18 : 11,
    fadeDuration: 0,
    locale: { "Map.Title": words.title },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new ScaleControl({ maxWidth: 110 }), "bottom-left");
  const width = () => inner.clientWidth * 0.4;
  const does = { in: () => map.zoomIn(), out: () => map.zoomOut(), up: () => map.panBy([0, -180]), down: () => map.panBy([0, 180]), left: () => map.panBy([-width(), 0]), right: () => map.panBy([width(), 0]) };
  for (const link of holder.querySelectorAll(".mapbtns [data-move]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      does[link.dataset.move]();
    });
  }
  map.once("load", () => new Screen(map));
}

if (holder && drawable()) {
  begin().catch((error) => {
    holder.querySelector(".gl")?.remove();
    holder.classList.remove("on");
    console.info(`firsthand: the drawn map stays (${error.message})`);
  });
}
