// Save or mark a guide without leaving it: the buttons of its account page open in place.
const link = document.querySelector("[data-keep]");
const box = document.createElement("div");
box.className = "form";
box.tabIndex = -1;

async function show(address, options) {
  try {
    const answer = await fetch(address, options);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = page.querySelectorAll("[data-kept]");
    if (!parts.length) throw 0; // a stranger signs in first
    for (const part of parts) part.className = "field";
    box.replaceChildren(...parts);
    link.parentNode.replaceWith(box);
    box.focus();
  } catch {
    location = link.href;
  }
}

link.onclick = (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.href);
};
box.onsubmit = (event) => {
  event.preventDefault();
  show(event.target.action, { method: "POST", body: new FormData(event.target, event.submitter) });
};
