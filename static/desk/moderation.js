// Decisions in place, and by single keys. Every button works without this: it only saves the way
// to the server and back. A card that is decided gives way to a line; if the server refuses, the
// card comes back as it was, with the reason.

const desk = document.querySelector("[data-desk]");
const TYPING = "input:not([type=checkbox]), select, textarea, [contenteditable]";
const SWITCH = "desk-keys";
const BAR = 80;
const SIGNED_OUT = "The desk does not know you any more. Sign in in another tab and decide again.";
const OFFLINE = "The site does not answer as it should, so nothing was decided. Try again.";

const status = desk?.querySelector("[data-status]");
const decided = []; // cards in the order of their decisions, for taking back
let queue = Promise.resolve(); // one request after the other: a decision and its undo keep order
let running = 0;
let isSending = false; // the form is under way as a whole; its answer brings the words back

if (desk?.querySelector("[data-card]")) {
  desk.addEventListener("submit", onSubmit);
  document.addEventListener("keydown", onKey);
  desk.addEventListener("change", (event) => event.target.name === "chosen" && tellChosen());
  window.addEventListener("beforeunload", (event) => {
    if (!isSending && (running || hasWords())) event.preventDefault();
  });
  offerKeys();
  tellChosen();
}

// Cards

function cards() {
  return [...desk.querySelectorAll("[data-card]:not([hidden])")];
}

function current() {
  return document.activeElement?.closest("[data-card]:not([hidden])");
}

function field(card, name) {
  return card.querySelector(`[name="${name}-${card.dataset.card}"]`);
}

function nameOf(card) {
  return card.querySelector("h2").textContent.trim();
}

function goTo(card) {
  card.focus({ preventScroll: true });
  const { top, bottom } = card.getBoundingClientRect();
  // The bar at the top must not stand before the head of the card.
  if (top < BAR || bottom > innerHeight) card.scrollIntoView({ block: "start" });
}

function step(by) {
  const all = cards();
  const place = all.indexOf(current());
  const next = place < 0 ? all[0] : all[place + by];
  if (next) goTo(next);
}

function goOnFrom(card) {
  const all = [...desk.querySelectorAll("[data-card]")];
  const place = all.indexOf(card);
  const next = [...all.slice(place + 1), ...all.slice(0, place)].find((other) => !other.hidden);
  if (next) return goTo(next);
  const end = desk.querySelector("[data-end]");
  end.firstChild.textContent = "Everything on this page is decided. ";
  return goTo(end);
}

function say(text) {
  status.textContent = text;
}

function count(by) {
  const place = document.querySelector("[data-count]");
  if (place) place.textContent = Math.max(0, Number(place.textContent) + by);
}

// Deciding

function decide(card, verb) {
  const line = document.createElement("p");
  line.className = "mod-line";
  line.textContent = `${nameOf(card)}: …`;
  const box = card.querySelector("[name=chosen]");
  box.checked = false;
  box.disabled = true; // so that it is not among those that are decided together
  tellChosen();
  const words = ask(card, verb);
  const hadFocus = card.contains(document.activeElement);
  card.before(line);
  card.hidden = true;
  decided.push(card);
  if (hadFocus) goOnFrom(card);
  enqueue(async () => {
    const answer = await send(words);
    if (answer.problem) return giveBack(card, line, answer);
    settle(card, line, answer, verb);
    count(-1);
    say(`${answer.did}: ${nameOf(card)}. ${cards().length} left on this page.`);
    return null;
  });
}

function settle(card, line, answer, verb) {
  field(card, "seen").value = answer.seen;
  line.textContent = `${answer.did} · ${nameOf(card)}`;
  if (verb === "undo" || verb === "keep") {
    forget(card); // neither can be taken back
    return;
  }
  const undo = document.createElement("button");
  undo.type = "button";
  undo.textContent = "Undo";
  undo.setAttribute("aria-label", `Undo: ${nameOf(card)}`);
  undo.addEventListener("click", () => takeBack(card));
  line.append(" · ", undo);
}

function takeBack(card) {
  const line = card.previousElementSibling;
  forget(card);
  enqueue(async () => {
    if (!card.hidden) return; // it was refused, and is back already
    const answer = await send(ask(card, "undo"));
    if (answer.problem) {
      line.append(` ${answer.problem}`);
      say(answer.problem);
      return;
    }
    field(card, "seen").value = answer.seen;
    show(card, line);
    goTo(card);
    count(1);
    say(`${answer.did}: ${nameOf(card)}.`);
  });
}

function forget(card) {
  const place = decided.lastIndexOf(card);
  if (place >= 0) decided.splice(place, 1);
}

function show(card, line) {
  line?.remove();
  card.hidden = false;
  card.querySelector("[name=chosen]").disabled = false;
}

// The card as the server sees it now where somebody was quicker; else the one that was hidden.
function giveBack(card, line, answer) {
  forget(card);
  show(card, line);
  let back = card;
  if (answer.card) {
    back = new DOMParser().parseFromString(answer.card, "text/html").querySelector("[data-card]");
    card.replaceWith(back);
  } else {
    card.querySelector(".mod-problem")?.remove();
    const problem = document.createElement("p");
    problem.className = "mod-problem";
    problem.textContent = answer.problem;
    card.querySelector("header").append(problem);
    card.classList.add("mod-card--problem");
  }
  say(`Not decided: ${nameOf(back)}. ${answer.problem}`);
  if (!current() && !document.activeElement?.matches(TYPING)) goTo(back);
}

function ask(card, verb) {
  const words = new FormData();
  words.set("do", `${verb}:${card.dataset.card}`);
  for (const name of ["seen", "reason", "statement"]) {
    const place = field(card, name);
    if (place) words.set(place.name, place.value);
  }
  return words;
}

function enqueue(work) {
  running += 1;
  queue = queue
    .then(work)
    .catch((error) => say(String(error)))
    .finally(() => (running -= 1));
}

async function send(words, isRepeated = false) {
  const token = desk.querySelector("[name=csrfmiddlewaretoken]");
  words.set(token.name, token.value);
  try {
    const answer = await fetch(desk.action, {
      method: "POST",
      body: words,
      headers: { "X-Part": "answer" },
      keepalive: true,
    });
    if (!answer.headers.get("Content-Type")?.includes("json")) {
      return { problem: answer.status >= 500 ? OFFLINE : SIGNED_OUT };
    }
    const said = await answer.json();
    if (said.token) token.value = said.token;
    return answer.status === 403 && !isRepeated ? await send(words, true) : said;
  } catch {
    return { problem: OFFLINE };
  }
}

// All together

function tellChosen() {
  const number = desk.querySelectorAll("[name=chosen]:checked").length;
  desk.querySelector("[data-chosen]").textContent = `${number} chosen:`;
}

function chooseAll() {
  const boxes = cards().map((card) => card.querySelector("[name=chosen]"));
  const isEach = boxes.every((box) => box.checked);
  for (const box of boxes) box.checked = !isEach;
  tellChosen();
}

function hasWords() {
  return cards().some((card) => field(card, "statement")?.value.trim());
}

function onSubmit(event) {
  const button = event.submitter;
  const [verb] = (button?.value ?? "").split(":");
  const card = button?.closest("[data-card]");
  if (!verb) {
    event.preventDefault(); // Enter in a box: nothing was pressed
  } else if (card) {
    event.preventDefault();
    decide(card, verb);
  } else if (verb === "choose-all") {
    event.preventDefault();
    chooseAll();
  } else if (running) {
    event.preventDefault();
    queue.then(() => desk.requestSubmit(button));
  } else {
    isSending = true;
  }
}

// Keys

function offerKeys() {
  const keys = document.querySelector("[data-keys]");
  const box = keys.querySelector("[data-keys-switch]");
  keys.hidden = false;
  try {
    box.checked = localStorage.getItem(SWITCH) !== "off";
    box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
  } catch {
    // Without storage the switch holds for this page.
  }
}

function onKey(event) {
  const { target, key } = event;
  const card = current();
  if (card && target.closest(".mod-reject")) {
    if (key === "Escape") return closeReject(card);
    if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return decide(card, "reject");
    }
  }
  if (event.ctrlKey || event.metaKey || event.altKey || target.matches?.(TYPING)) return null;
  if (!document.querySelector("[data-keys-switch]").checked) return null;
  const work = KEYS[key];
  if (!work || (event.repeat && !["j", "k"].includes(key))) return null;
  event.preventDefault();
  return work(card);
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  a: (card) => press(card, "keep", "approve"),
  s: (card) => press(card, "spam"),
  r: openReject,
  x: (card) => (card ? card.querySelector("[name=chosen]").click() : step(1)),
  u: takeLastBack,
  "?": () => document.querySelector("[data-keys]").toggleAttribute("open"),
};

// A key decides only about a card that has the focus, so that nobody decides unseen.
function press(card, ...verbs) {
  if (!card) return step(1);
  const verb = verbs.find((name) => card.querySelector(`[value="${name}:${card.dataset.card}"]`));
  return verb ? decide(card, verb) : say("This cannot be done with this comment.");
}

function openReject(card) {
  if (!card) return step(1);
  const details = card.querySelector(".mod-reject");
  if (!details) return say("This cannot be done with this comment.");
  details.open = true;
  return details.querySelector("select").focus();
}

function closeReject(card) {
  card.querySelector(".mod-reject").open = false;
  goTo(card);
}

function takeLastBack() {
  if (decided.length) takeBack(decided.at(-1));
  else document.querySelector("[data-undo-last]")?.click();
}
