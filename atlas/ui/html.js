// Shows data.html; a click on a link inside the atlas becomes a step of history, a click on a
// sorting head sorts its table, typing into a filter hides rows that do not match.
function follow(event) {
  const link = event.target.closest("a[href]");
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey);
  if (!link || link.target || !plain) return;
  event.preventDefault();
  go(link.getAttribute("href"));
}

function go(address) {
  history.pushState({}, "", address);
  window.dispatchEvent(new PopStateEvent("popstate"));
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
      history.replaceState({}, "", box.play.next);
      window.dispatchEvent(new PopStateEvent("popstate"));
    }, STEP);
  } else window.atlasPlaying = false;
  label(box);
}

function copy(event) {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const address = new URL(button.dataset.copy, location.href).href;
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

export default function ({ data, parentElement, setStateValue }) {
  let box = parentElement.querySelector(":scope > .atlas");
  if (!box) {
    box = document.createElement("div");
    box.className = "atlas";
    box.addEventListener("click", follow);
    box.addEventListener("click", copy);
    box.addEventListener("click", press);
    box.addEventListener("click", sort);
    box.addEventListener("input", filter);
    parentElement.append(box);
  }
  if (box.shown !== data.html) {
    box.innerHTML = data.html;
    box.shown = data.html;
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
  if (typeof data.narrow === "boolean") return watchWidth(data.narrow, setStateValue);
}

// Tells the server when the page is as narrow as a phone's and it believes otherwise, or no longer.
// As wide as in style.css.
function watchWidth(believed, setStateValue) {
  const query = window.matchMedia("(max-width: 640px)");
  const tell = () => query.matches !== believed && setStateValue("narrow", query.matches);
  tell();
  query.addEventListener("change", tell);
  return () => query.removeEventListener("change", tell);
}
