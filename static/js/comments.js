// Comments in place. The forms work without this: it keeps drafts, puts the part that the server
// answers with where the form was, and takes no words away: whatever fails, they stay.
const busy = new WeakSet();
const plain = new WeakSet(); // forms that go the usual way, because the other one failed
const DRAFT = "comment-draft:";
const MINE = "comment-mine:"; // guides where this browser wrote something
const SENT = "comment-sent";

const keyOf = (form) => `${DRAFT}${form.getAttribute("action")}#${form.elements.parent?.value ?? ""}`;
const textOf = (root) => root.querySelector("textarea:not([readonly])");

function keep(key, value, storage = "localStorage") {
  try {
    if (value) window[storage].setItem(key, value);
    else window[storage].removeItem(key);
    return true;
  } catch {
    return false;
  }
}

function kept(key, storage = "localStorage") {
  try {
    return window[storage].getItem(key);
  } catch {
    return null;
  }
}

const guard = (event) => event.preventDefault();
const warn = (isNeeded) => (isNeeded ? addEventListener : removeEventListener)("beforeunload", guard);

function say(form, words) {
  const line = form.querySelector("[role='status']") ?? form.appendChild(document.createElement("p"));
  line.setAttribute("role", "status");
  line.textContent = words;
}

function restore(root) {
  for (const form of root.querySelectorAll("form[data-form]")) {
    const text = textOf(form);
    const draft = text && kept(keyOf(form));
    if (!draft || text.value.trim()) continue;
    text.value = draft;
    say(form, "What you had begun to write is here again.");
  }
}

function show(part) {
  restore(part);
  (part.querySelector("[data-told]") ?? textOf(part))?.focus();
}

async function ask(url, options) {
  const answer = await fetch(url, { ...options, headers: { "X-Part": "form" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = page.querySelector("[data-writing], .mine");
  if (!part && answer.status !== 204) throw new Error(answer.status);
  return part && document.adoptNode(part);
}

async function send(form, submitter) {
  const key = keyOf(form);
  const body = new URLSearchParams(new FormData(form, submitter));
  say(form, "One moment.");
  try {
    const part = await ask(form.getAttribute("action"), { method: "POST", body });
    const { mine } = part.dataset;
    if (mine) {
      keep(key);
      keep(MINE + mine, "1");
      warn(false);
    }
    form.closest("[data-writing]").replaceWith(part);
    show(part);
  } catch {
    if (navigator.onLine) plain.add(form);
    say(form, "The site could not be reached. Your words are still here; send them again in a moment.");
  }
  busy.delete(form);
}

async function open(link) {
  const home = link.closest("[id^='comment-']");
  const part = await ask(link.href).catch(() => null);
  if (!part) return location.assign(link.href);
  home?.querySelector(":scope > [data-writing]")?.remove();
  if (home) home.append(part);
  else link.closest("[data-writing]").after(part);
  part.opener = link;
  show(part);
}

async function greet(form) {
  const me = await fetch(form.dataset.me).then((answer) => answer.json()).catch(() => ({}));
  if (!me.is_signed_in) return;
  for (const field of form.querySelectorAll("[data-guest]")) {
    if (!me.name && field.querySelector("[name='name']")) continue;
    if (field.contains(document.activeElement)) textOf(form).focus();
    field.remove();
  }
  if (me.name) say(form, `You write as ${me.name}.`);
}

addEventListener("focusin", ({ target }) => {
  const form = target.closest?.("form[data-me]");
  if (!form || busy.has(target.ownerDocument)) return;
  busy.add(target.ownerDocument);
  greet(form);
});

addEventListener("input", ({ target }) => {
  const form = target.form;
  if (form?.matches("[data-form]") && target === textOf(form)) {
    warn(!keep(keyOf(form), target.value) && target.value.trim());
  }
});

addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-form]")) return;
  if (busy.has(form)) return event.preventDefault();
  busy.add(form);
  if (form.dataset.form === "page" || plain.has(form)) {
    warn(false);
    keep(SENT, keyOf(form), "sessionStorage");
    return;
  }
  event.preventDefault();
  send(form, event.submitter);
});

addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest?.("a[data-reply], a[href^='/comments/write/'], a[data-leave]");
  const part = link?.closest("[data-writing]");
  if (link?.matches("[data-leave]")) {
    if (!part.opener) return;
    part.remove();
    part.opener.focus();
  } else if (link) open(link);
  if (link) event.preventDefault();
});

// Back in the page after it was left: what was sent from it can be sent again.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) document.querySelectorAll("form").forEach((form) => busy.delete(form));
});

const arrived = document.querySelector("[data-writing][data-mine]");
const sent = kept(SENT, "sessionStorage");
keep(SENT, "", "sessionStorage");
if (arrived) keep(MINE + arrived.dataset.mine, "1");
if (arrived && sent) keep(sent);

const first = document.querySelector("form[data-me]");
if (first && kept(MINE + first.dataset.mine)) {
  ask(first.dataset.mine).then(
    (mine) => {
      if (!mine) return keep(MINE + first.dataset.mine);
      (document.getElementById("comments-write") ?? first.closest("[data-writing]")).before(mine);
    },
    () => {},
  );
}
restore(document);
