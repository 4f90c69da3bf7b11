// Finds claims of the ledger and puts their tokens into the text.

const DELAY = 250;

const panel = document.querySelector("[data-claims-url]");
const area = document.querySelector("#id_body");
if (panel && area) offerSearch();

function offerSearch() {
  const label = document.createElement("label");
  label.textContent = "Words of the statement, the source, or the ID";
  const input = document.createElement("input");
  input.type = "search";
  label.append(input);
  const list = document.createElement("ul");
  list.setAttribute("aria-live", "polite");
  panel.querySelector("p").replaceWith(label, list);
  let timer = 0;
  let running = null;

  async function search() {
    running?.abort();
    running = new AbortController();
    const url = `${panel.dataset.claimsUrl}?q=${encodeURIComponent(input.value)}`;
    try {
      const answer = await fetch(url, { signal: running.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const { claims } = await answer.json();
      list.replaceChildren(...claims.map(row));
      if (!claims.length) list.textContent = "No claim holds all these words.";
    } catch (error) {
      if (error.name !== "AbortError") list.textContent = "The ledger does not answer. Try again.";
    }
  }

  panel.addEventListener("toggle", () => {
    if (!panel.open) return;
    input.focus();
    if (!list.children.length) search();
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, DELAY);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

function row(claim) {
  const item = document.createElement("li");
  const statement = document.createElement("p");
  statement.textContent = claim.statement;
  const origin = document.createElement("p");
  origin.className = "help";
  origin.textContent = `${claim.key} · ${claim.source}, ${claim.year} · ${claim.confidence}`;
  item.append(statement, origin);
  for (const { token, shows } of claim.tokens) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = shows;
    button.title = `Insert ${token}`;
    button.addEventListener("click", () => insert(token));
    item.append(button);
  }
  return item;
}

function insert(token) {
  area.focus();
  if (document.execCommand("insertText", false, token)) return;
  area.setRangeText(token, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
