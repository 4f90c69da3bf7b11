// A button beside each password that shows what was typed. Without this the field is as always.
for (const input of document.querySelectorAll('input[type="password"]')) {
  const button = document.createElement("button");
  const box = document.createElement("div");
  const label = input.labels[0]?.firstChild?.textContent.trim() ?? "password";
  const show = (isShown) => {
    input.type = isShown ? "text" : "password";
    button.textContent = isShown ? "Hide" : "Show";
    button.setAttribute("aria-label", `${button.textContent}: ${label}`);
  };
  button.type = "button";
  box.className = "password";
  input.replaceWith(box);
  box.append(input, button);
  show(false);
  button.addEventListener("click", () => {
    show(input.type === "password");
    input.focus();
  });
  // A password that is sent as plain text would be kept by the browser among what was typed.
  input.form?.addEventListener("submit", () => show(false));
}
