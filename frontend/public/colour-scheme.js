// Runs before the first paint, so that a dark page never flashes white. A file of its own because the
// content security policy allows no inline script. The key is Mantine's.
(function () {
  var scheme = null;
  try {
    scheme = localStorage.getItem("mantine-color-scheme-value");
  } catch (error) {
    // Storage may be switched off; then the system decides.
  }
  if (scheme !== "light" && scheme !== "dark") {
    scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  document.documentElement.dataset.mantineColorScheme = scheme;
})();
