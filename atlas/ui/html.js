// Shows data.html; a click on a link inside the atlas becomes a step of history, a click on a
// sorting head sorts its table, typing into a filter hides rows that do not match. Words of the
// glossary become links to it; a line of help that was dismissed stays away.
function follow(event) {
  const link = event.target.closest("a[href]");
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey);
  // A drawing's link has an object for a target, so the attribute is asked.
  if (!link || link.getAttribute("target") || !plain) return;
  event.preventDefault();
  go(link.getAttribute("href"));
}

// "?+word=value" is the address the page has now with that word changed (without a value: taken
// out), so that what shows it need not be sent anew when another word changes.
function whole(address) {
  if (!address.startsWith("?+")) return address;
  const words = new URLSearchParams(location.search);
  for (const [word, value] of new URLSearchParams(address.slice(2)))
    value ? words.set(word, value) : words.delete(word);
  return `?${words}`.replaceAll("%2C", ",");
}

function complete(box) {
  for (const link of box.querySelectorAll('a[href^="?+"]')) {
    link.dataset.with = link.getAttribute("href");
    link.href = whole(link.dataset.with);
  }
}

function renew(event) {
  const link = event.target.closest("a[data-with]");
  if (link) link.href = whole(link.dataset.with);
}

function go(address) {
  // Past the rule for what the server says (below): a link may lead to a place in this page.
  History.prototype.pushState.call(history, {}, "", whole(address));
  window.dispatchEvent(new PopStateEvent("popstate"));
}

// Streamlit's menu and logo leave out what the address says; these words go along (url.KEPT).
const KEPT = ["lang", "edition", "release", "compare"];
const MENU = '[data-testid^="stTopNav"] a[href], [data-testid="stSidebarNavLink"]';

function kept() {
  const words = new URLSearchParams(location.search);
  for (const word of [...words.keys()]) if (!KEPT.includes(word)) words.delete(word);
  return words.size ? `?${words}`.replaceAll("%2C", ",") : "";
}

function turn(event) {
  const link = event.target.closest(MENU);
  const logo = event.target.closest('[data-testid="stLogoLink"]');
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey);
  if (!(link || logo) || !plain) return;
  event.preventDefault();
  event.stopPropagation();
  go((link ? new URL(link.href).pathname : "/") + kept());
  // What the click would have closed: the list under a section, or what lies over a phone's page.
  event.target.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  const over = link?.closest('[data-testid="stSidebar"]');
  over?.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}

// Milliseconds that a step of a play stands before the next one is asked for.
const STEP = 1200;

// The first step is one of history, so that Back leads to before the play; the others replace it.
// A step follows when the one before it has been answered: a slow server is never asked too much.
function press(event) {
  const button = event.target.closest("button[data-play]");
  if (!button) return;
  const box = button.closest(".atlas");
  if (window.atlasPlaying) return stop(box);
  const first = box.play.next || box.play.first;
  if (!still()) {
    window.atlasPlaying = true;
    label(box);
  }
  go(first);
}

// Whoever asks for no motion goes one step with each press.
function still() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function stop(box) {
  clearTimeout(window.atlasTimer);
  window.atlasPlaying = false;
  label(box);
}

function label(box) {
  const button = box.querySelector("button[data-play]");
  if (!button) return;
  const words = window.atlasPlaying ? "stop" : still() ? "step" : "play";
  button.setAttribute("aria-label", button.dataset[words]);
  button.title = button.dataset[words];
  button.classList.toggle("on", Boolean(window.atlasPlaying));
}

function step(box) {
  clearTimeout(window.atlasTimer);
  if (window.atlasPlaying && box.play.next) {
    window.atlasTimer = setTimeout(() => {
      if (!box.isConnected) return stop(box);
      history.replaceState({}, "", whole(box.play.next));
      window.dispatchEvent(new PopStateEvent("popstate"));
    }, STEP);
  } else window.atlasPlaying = false;
  label(box);
}

function copy(event) {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const address = new URL(whole(button.dataset.copy), location.href).href;
  const done = () => {
    button.querySelector("[data-said]").textContent = button.dataset.done;
  };
  const byHand = () => {
    const field = document.createElement("textarea");
    field.value = address;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    done();
  };
  // The clipboard is closed to pages served without TLS; selecting and copying still works there.
  if (navigator.clipboard) navigator.clipboard.writeText(address).then(done, byHand);
  else byHand();
}

function print(event) {
  if (event.target.closest("button[data-print]")) window.print();
}

function sort(event) {
  const button = event.target.closest("button[data-sort]");
  if (!button) return;
  const head = button.closest("th");
  const table = head.closest("table");
  const column = [...head.parentElement.children].indexOf(head);
  const falling = head.getAttribute("aria-sort") !== "descending";
  for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", falling ? "descending" : "ascending");
  const body = table.tBodies[0];
  const value = (row) => row.children[column]?.dataset.value ?? "";
  const rows = [...body.rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === "" || y === "") return (x === "") - (y === "");
    const order = isNaN(x) || isNaN(y) ? x.localeCompare(y) : x - y;
    return falling ? -order : order;
  });
  body.append(...rows);
}

function filter(event) {
  const field = event.target.closest("input[data-filter]");
  if (!field) return;
  const wanted = field.value.trim().toLocaleLowerCase();
  const rows = field.closest("[data-table]").querySelectorAll("tbody tr");
  for (const row of rows) row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
}

// The objects of the map do not know their figures: the tooltip brings those of all regions, and
// shows that of the region whose number it was filled with.
new MutationObserver(() => {
  for (const place of document.querySelectorAll("[data-told]")) {
    place.textContent = JSON.parse(place.dataset.told)[place.dataset.at] ?? "";
    place.removeAttribute("data-told");
  }
}).observe(document.body, { childList: true, subtree: true });

// Learns the glossary (its address; for each word its anchor, forms and meaning) for all boxes.
function learn({ address, words }) {
  const escaped = (form) => form.replace(/[.+?^${}()[\]\\]/g, "\\$&").replaceAll("*", "\\p{L}*");
  const form = (words) => `(${words.map(escaped).join("|")})`;
  // Longer words first: "cluster organisation" is not a use of "cluster".
  const longest = ([, forms]) => Math.max(...forms.map((form) => form.length));
  const known = words.toSorted((one, other) => longest(other) - longest(one));
  const pattern = `(?<![\\p{L}-])(?:${known.map((word) => form(word[1])).join("|")})(?![\\p{L}-])`;
  window.atlasGlossary = { address, known, pattern: new RegExp(pattern, "giu") };
  document.querySelectorAll(".atlas").forEach(explain);
}

// Links the first use of each word in a box; not inside links, buttons, drawings and headings.
function explain(box) {
  const { address, known, pattern } = window.atlasGlossary ?? {};
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (known && walker.nextNode()) texts.push(walker.currentNode);
  const seen = new Set([...box.querySelectorAll("a.term")].map((link) => link.hash));
  for (let node of texts) {
    if (node.parentElement.closest(UNEXPLAINED)) continue;
    pattern.lastIndex = 0;
    for (let found; (found = pattern.exec(node.data)); ) {
      const [name, , meaning] = known[found.slice(1).findIndex((form) => form !== undefined)];
      if (seen.has(`#${name}`)) continue;
      seen.add(`#${name}`);
      const use = node.splitText(found.index);
      node = use.splitText(found[0].length);
      const link = document.createElement("a");
      Object.assign(link, { className: "term", title: meaning, href: `${address}#${name}` });
      use.replaceWith(link);
      link.append(use);
      pattern.lastIndex = 0;
    }
  }
}
const UNEXPLAINED = "a, button, svg, summary, label, code, dt, h1, h2, h3, .languages";

// Lines of help stay away once they were dismissed; the browser remembers it, nobody else.
function help(box) {
  for (const line of box.querySelectorAll("[data-help]"))
    line.hidden = localStorage.getItem(`atlas-help-${line.dataset.help}`) !== null;
}

function dismiss(event) {
  const line = event.target.closest("button[data-dismiss]")?.closest("[data-help]");
  if (!line) return;
  localStorage.setItem(`atlas-help-${line.dataset.help}`, "seen");
  line.hidden = true;
}

// Brings what the address names after "#" into sight, once it is there.
function arrive(box) {
  const wanted = location.hash && box.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`);
  if (!wanted) return;
  wanted.classList.add("wanted");
  wanted.scrollIntoView({ block: "center" });
}

// A sign-in leaves the atlas for another server. Until then every click notes where it would come
// back to; the cookie is named in way_back.py.
function note() {
  const here = encodeURIComponent(location.pathname + location.search);
  document.cookie = `atlas_back=${here}; path=/; max-age=1800; samesite=lax`;
}

function keepWayBack() {
  document.addEventListener("click", note, true);
  return () => document.removeEventListener("click", note, true);
}

async function unpacked(sent) {
  const stream = new Blob([sent]).stream().pipeThrough(new DecompressionStream("deflate"));
  const [html, more] = (await new Response(stream).text()).split("\0");
  return { html, ...JSON.parse(more) };
}

if (!window.atlasMenu) {
  window.atlasMenu = true;
  document.addEventListener("click", turn, true);
  // The server says an address again when it cannot know whether the browser is there (url.py),
  // and writes it otherwise than our links do: that is no step.
  for (const step of ["pushState", "replaceState"])
    history[step] = (state, title, address) => {
      const there = same(new URL(address, location), location);
      if (!there) History.prototype[step].call(history, state, title, address);
    };
}

// Whether two addresses are of one page with the same words, however those are written.
function same(one, other) {
  const words = ({ search }) => String(new URLSearchParams(search));
  return one.pathname === other.pathname && words(one) === words(other);
}

export default async function ({ data: sent, parentElement, setStateValue }) {
  let box = parentElement.querySelector(":scope > .atlas");
  if (!box) {
    box = document.createElement("div");
    box.className = "atlas";
    for (const seen of ["pointerover", "focusin", "click"]) box.addEventListener(seen, renew);
    box.addEventListener("click", follow);
    box.addEventListener("click", copy);
    box.addEventListener("click", print);
    box.addEventListener("click", press);
    box.addEventListener("click", sort);
    box.addEventListener("click", dismiss);
    box.addEventListener("input", filter);
    parentElement.append(box);
  }
  // What is asked for while this is unpacked comes later and stands.
  const turn = (box.turn = (box.turn ?? 0) + 1);
  const data = await unpacked(sent);
  if (turn !== box.turn) return;
  if (box.shown !== data.html) {
    box.innerHTML = data.html;
    box.shown = data.html;
    complete(box);
    help(box);
    explain(box);
    arrive(box);
  }
  const glossary = data.glossary && JSON.stringify(data.glossary);
  if (glossary && box.glossary !== glossary) {
    box.glossary = glossary;
    learn(data.glossary);
  }
  if (data.play) {
    box.play = data.play;
    step(box);
  }
  if (data.go && window.atlasWent !== data.go[0]) {
    window.atlasWent = data.go[0];
    go(data.go[1]);
  }
  if (data.lang) document.documentElement.lang = data.lang;
  if (data.back) return keepWayBack();
  if (typeof data.narrow !== "boolean") return;
  waitForFaces(setStateValue);
  return watchWidth(data.narrow, setStateValue);
}

// A map is lettered with the faces that are there when it is drawn, and never anew. Where one came
// later the server is told, and names the faces otherwise (figures/deck.py).
const FACES = ['400 12px "Noto Sans"', '700 12px "Noto Sans"', '400 12px "Noto Serif"'];
let waiting = false, late = 0;

async function waitForFaces(setStateValue) {
  // Letters of the reader's language.
  const letters = document.title;
  if (waiting || FACES.every((face) => document.fonts.check(face, letters))) return;
  waiting = true;
  try {
    await Promise.all(FACES.map((face) => document.fonts.load(face, letters)));
    setStateValue("late", ++late);
  } catch {
    // A face that does not come is done without.
  } finally {
    waiting = false;
  }
}

// Tells the server when the page is as narrow as a phone's and it believes otherwise, or no longer.
// It is told once: a page that is on its way believes what the one before did. As wide as in
// style.css.
let told;

function watchWidth(believed, setStateValue) {
  const query = window.matchMedia("(max-width: 640px)");
  const tell = () => {
    if (query.matches === believed) told = undefined;
    else if (query.matches !== told) setStateValue("narrow", (told = query.matches));
  };
  tell();
  query.addEventListener("change", tell);
  return () => query.removeEventListener("change", tell);
}
