// Blocking and tiny: applies the remembered theme before the first paint.
(function (root) {
  root.classList.add("has-script");
  try {
    var theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch (error) {
    /* Storage may be refused: the system's preference then stands. */
  }
})(document.documentElement);
