// Makes the form of a guide quicker: the preview follows the typing, and claims of the ledger are
// found and inserted without leaving the text. Everything here also works without this file.

const PREVIEW_DELAY = 900;

function followTyping(form) {
  const button = form.querySelector("[data-preview-button]");
  const status = form.querySelector("[data-preview-status]");
  const frame = form.querySelector("iframe[name='guide-preview']");
  if (!button || !frame) return;
  let timer = 0;
  let scroll = 0;
  const refresh = () => {
    scroll = frame.contentWindow.scrollY;
    status.textContent = "Refreshing…";
    form.requestSubmit(button);
  };
  frame.addEventListener("load", () => {
    frame.contentWindow.scrollTo(0, scroll);
    status.textContent = "Up to date; nothing is saved yet.";
  });
  form.addEventListener("input", (event) => {
    if (event.target.closest(".desk-claims")) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, PREVIEW_DELAY);
  });
  if (form.querySelector("#id_body").value) refresh();
}

function insert(area, text) {
  area.focus();
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function row(claim, area) {
  const item = document.createElement("li");
  const words = document.createElement("p");
  words.textContent = `${claim.key}: ${claim.statement} (${claim.figure}; ${claim.confidence})`;
  item.append(words);
  for (const token of claim.tokens) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = token;
    button.addEventListener("click", () => insert(area, token));
    item.append(button);
  }
  return item;
}

function offerClaims(form) {
  const panel = form.querySelector("[data-claims-url]");
  const area = form.querySelector("#id_body");
  if (!panel || !area) return;
  const label = document.createElement("label");
  label.textContent = "Find a figure: ";
  const input = document.createElement("input");
  input.type = "search";
  label.append(input);
  const list = document.createElement("ul");
  list.setAttribute("aria-live", "polite");
  panel.append(label, list);
  let timer = 0;
  const search = async () => {
    const url = `${panel.dataset.claimsUrl}?q=${encodeURIComponent(input.value)}`;
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { claims } = await answer.json();
    list.replaceChildren(...claims.map((claim) => row(claim, area)));
    if (!claims.length) list.textContent = "No claim holds these words.";
  };
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    clearTimeout(timer);
    timer = setTimeout(search, 250);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("#article_form");
  if (!form) return;
  followTyping(form);
  offerClaims(form);
});
