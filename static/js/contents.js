// The contents list follows the scroll: the section being read is marked as the current one.
const list = document.querySelector(".toc");
const links = new Map(
  [...(list?.querySelectorAll("a[href^='#']") ?? [])].map((link) => [
    decodeURIComponent(link.hash.slice(1)),
    link,
  ]),
);
const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);

function mark(id) {
  for (const [key, link] of links) {
    if (key === id) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
  const scroller = list.querySelector(".toc__inner");
  const link = links.get(id);
  if (!link || scroller.scrollHeight <= scroller.clientHeight) return;
  const box = link.getBoundingClientRect();
  const frame = scroller.getBoundingClientRect();
  if (box.top < frame.top || box.bottom > frame.bottom) {
    scroller.scrollTop += box.top - frame.top - frame.height / 3;
  }
}

// The last heading above the reading line, a quarter down the window, names the section.
function update() {
  const line = window.innerHeight / 4;
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top <= line);
  mark(passed.at(-1)?.id ?? "");
}

if (headings.length > 0) {
  const observer = new IntersectionObserver(update, { rootMargin: "0px 0px -75% 0px" });
  headings.forEach((heading) => observer.observe(heading));
}

// Browsers that cannot show a closed <details> as open: open it where there is room beside the text.
if (list && !CSS.supports("selector(::details-content)") && matchMedia("(min-width: 75rem)").matches) {
  list.querySelector("details").open = true;
}
