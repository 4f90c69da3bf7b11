// The theme switch: system, light or dark, remembered in this browser only.
const root = document.documentElement;
const metas = document.querySelectorAll('meta[name="theme-color"]');
const defaults = [...metas].map((meta) => meta.content);

function apply(theme) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  metas.forEach((meta, index) => {
    meta.content = theme === "system" ? defaults[index] : defaults[theme === "light" ? 0 : 1];
  });
}

function remember(theme) {
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Storage refused: the choice holds for this page.
  }
}

function show(theme) {
  const input = document.querySelector(`.theme-switch input[value="${theme}"]`);
  if (input) input.checked = true;
}

const current = root.dataset.theme ?? "system";
show(current);
apply(current);

document.querySelector(".theme-switch")?.addEventListener("change", (event) => {
  apply(event.target.value);
  remember(event.target.value);
});

window.addEventListener("storage", (event) => {
  if (event.key !== "theme") return;
  const theme = event.newValue ?? "system";
  apply(theme);
  show(theme);
});
