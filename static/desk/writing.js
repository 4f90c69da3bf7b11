// Comfort while writing: where the cursor stands, marks by key, a way from "Line 12" to line 12,
// and a warning before unsaved words are left behind. The form works without any of this.

const form = document.querySelector("#article_form");
const area = form?.querySelector("#id_body");
const WORDS_PER_MINUTE = 220;

const PIECES = [
  ["Heading", "\n## ", ""],
  ["Bold", "**", "**"],
  ["Italic", "*", "*"],
  ["Code", "`", "`"],
  ["Link", "[", "](https://)"],
  ["List", "\n- ", ""],
  ["Table", "\nTable: ", "Caption.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"],
  ["Code block", "\n```python\n", "\n```\n"],
  ["Call-out", "\n::: note Title\n", "\n:::\n"],
  ["Guide", "[[guide:", "]]"],
  ["Drawing", "\n[[diagram:", "|Caption.]]\n"],
];
const KEYS = { b: "Bold", i: "Italic", k: "Link" };

if (area) {
  offerPieces();
  tellPlace();
  linkLines();
}
if (form?.querySelector(".submit-row [type=submit]")) {
  saveByKey();
  warnBeforeLeaving();
}

// execCommand keeps the browser's own undo working; setRangeText is the way without it.
function put(text) {
  area.focus();
  if (document.execCommand("insertText", false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function wrap(before, after) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  const atLineStart = start === 0 || value[start - 1] === "\n";
  const opening = before.startsWith("\n") && atLineStart ? before.slice(1) : before;
  put(opening + chosen + after);
  const place = start + opening.length;
  area.setSelectionRange(place, place + chosen.length);
}

function offerPieces() {
  const bar = document.createElement("div");
  bar.className = "desk-pieces";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Insert into the body");
  for (const [name, before, after] of PIECES) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    const key = Object.keys(KEYS).find((letter) => KEYS[letter] === name);
    if (key) button.title = `Ctrl+${key.toUpperCase()}`;
    button.addEventListener("click", () => wrap(before, after));
    bar.append(button);
  }
  area.before(bar);
  area.addEventListener("keydown", (event) => {
    const name = KEYS[event.key.toLowerCase()];
    if (!name || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const [, before, after] = PIECES.find((piece) => piece[0] === name);
    wrap(before, after);
  });
}

function tellPlace() {
  const line = document.createElement("p");
  line.className = "help desk-place";
  area.after(line);
  const tell = () => {
    const number = area.value.slice(0, area.selectionStart).split("\n").length;
    const words = countWords(area.value);
    const minutes = Math.max(1, Math.ceil(words / WORDS_PER_MINUTE));
    line.textContent = `Line ${number} · about ${words.toLocaleString("en-GB")} words, ${minutes} min`;
  };
  for (const name of ["input", "keyup", "click", "focus"]) area.addEventListener(name, tell);
  tell();
}

// Like the site counts: no code, a figure is one word, the address of a link is none.
function countWords(text) {
  const plain = text
    .replace(/^```[^]*?^```/gm, "")
    .replace(/\[\[(?:diagram|cite):[^\]]*\]\]/g, "")
    .replace(/\[\[[^\]|]*\|([^\]]*)\]\]/g, "$1")
    .replace(/\[\[[^\]]*\]\]/g, "x")
    .replace(/\]\([^)]*\)/g, "]");
  return plain.match(/[\p{L}\p{N}]+(?:['’.,:/@_-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}

function goTo(number) {
  const lines = area.value.split("\n");
  const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
  area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, number - 6);
  area.dispatchEvent(new Event("click"));
}

// "Line 12: …" beside the body, and in the list of what is missing, leads there.
function linkLines() {
  const places = ".field-body .errorlist li, .desk-checklist li:has(a[href='#id_body'])";
  for (const item of form.querySelectorAll(places)) {
    const number = Number(/Line (\d+):/.exec(item.textContent)?.[1]);
    if (!number) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "desk-goto";
    button.textContent = `Go to line ${number}`;
    button.addEventListener("click", () => goTo(number));
    item.append(" ", button);
  }
}

function saveByKey() {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.querySelector("[name=_continue]")?.click();
  });
}

function warnBeforeLeaving() {
  // A form that comes back with errors holds words that are stored nowhere.
  let isChanged = Boolean(form.querySelector(".errornote"));
  form.addEventListener("input", (event) => {
    if (!event.target.closest(".desk-claims")) isChanged = true;
  });
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) isChanged = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
}
