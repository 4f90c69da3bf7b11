// The preview follows the typing. The page in the frame is changed in place, so that it neither
// flickers nor scrolls, and the Back button does not walk through old previews.

const DELAY = 700;

const form = document.querySelector("#article_form");
const button = form?.querySelector("[data-preview-button]");
if (button) followTyping();

function followTyping() {
  const status = form.querySelector("[data-preview-status]");
  const frame = form.querySelector("iframe[name='guide-preview']");
  let timer = 0;
  let running = null;
  // What the frame loads by itself must not come in after what was typed, and hide it.
  const loaded = new Promise((resolve) => {
    const page = frame.contentDocument;
    if (page?.URL !== "about:blank" && page?.readyState === "complete") resolve();
    else frame.addEventListener("load", resolve, { once: true });
  });

  async function refresh() {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    status.textContent = "Refreshing…";
    let html = "";
    try {
      const answer = await fetch(button.formAction, { method: "POST", body: words(), signal });
      if (answer.redirected) {
        status.textContent = "You are signed out. Sign in in another tab; your text stays here.";
        return;
      }
      if (!answer.ok) {
        status.textContent = `The preview failed (${answer.status}). Your text stays here.`;
        return;
      }
      html = await answer.text();
    } catch (error) {
      if (error.name === "AbortError") return;
      status.textContent = "No connection to the site. Your text stays here.";
      return;
    }
    await loaded;
    if (signal.aborted) return;
    show(frame, html);
    status.textContent = "Up to date with what you typed; nothing is saved by this.";
  }

  button.addEventListener("click", (event) => {
    event.preventDefault();
    refresh();
  });
  form.addEventListener("input", (event) => {
    if (event.target.closest(".desk-claims")) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, DELAY);
  });
  frame.addEventListener("load", () => openLinksElsewhere(frame.contentDocument));
  openLinksElsewhere(frame.contentDocument);
  // After a refused save the form holds more than what is stored.
  if (form.querySelector(".errornote, .errorlist")) refresh();
}

// What the form says, without the files: a picture is not sent with every word typed.
function words() {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

function show(frame, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const shown = frame.contentDocument;
  if (styles(shown) !== styles(page)) shown.head.replaceWith(page.head);
  const scroll = frame.contentWindow.scrollY;
  shown.body.replaceWith(page.body);
  frame.contentWindow.scrollTo(0, scroll);
}

function styles(page) {
  return [...page.querySelectorAll("link[rel=stylesheet]")].map((link) => link.href).join();
}

// Pages of the site refuse to be framed: a link of the preview opens beside the desk.
function openLinksElsewhere(page) {
  page?.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    window.open(link.href, "_blank", "noopener");
  });
}
