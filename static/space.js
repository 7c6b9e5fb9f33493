/* Only what a page can do without: every journey works when this file never comes. */
(function (d) {
  d.documentElement.classList.add("js");
  function mask(input, hidden) {
    var button = d.querySelector('[data-show="' + input.id + '"]');
    var word = hidden ? "Afficher" : "Masquer";
    input.type = hidden ? "password" : "text";
    button.textContent = word;
    button.setAttribute("aria-label", word + " le mot de passe");
  }
  function free() {
    d.querySelectorAll("form[aria-busy]").forEach(function (form) { form.removeAttribute("aria-busy"); });
  }
  d.addEventListener("click", function (event) {
    var id = event.target.getAttribute("data-show");
    var input = id && d.getElementById(id);
    if (input) mask(input, input.type === "text");
  });
  d.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented) return;
    if (form.hasAttribute("aria-busy")) return event.preventDefault();
    form.querySelectorAll("[data-show]").forEach(function (button) {
      mask(d.getElementById(button.getAttribute("data-show")), true);
    });
    form.setAttribute("aria-busy", "true");
    setTimeout(free, 8000);
  });
  addEventListener("pageshow", function (event) {
    /* kept in memory by the browser: after a sign-out, going back must show nothing */
    if (event.persisted && d.body.hasAttribute("data-private")) location.reload();
    free();
    setTimeout(function () {  /* for browsers whose autofocus is for inputs only */
      var summary = d.getElementById("erreurs");
      if (summary && d.activeElement === d.body) summary.focus();
    }, 200);
  });
  /* two minutes before the visit ends: a warning, and a way to stay */
  var ending = d.getElementById("fin"), timer;
  function warn() {
    var button = d.createElement("button");
    button.textContent = "Rester";
    button.className = "quiet";
    button.onclick = function () {
      fetch(location.href, {credentials: "same-origin"}).then(function (answer) {
        if (!answer.ok || answer.redirected) return location.reload();
        ending.textContent = "La session continue.";
        ending.tabIndex = -1;
        ending.focus();
        count();
      });
    };
    ending.textContent = "La session se ferme dans 2 minutes. ";
    ending.setAttribute("role", "alert");
    ending.appendChild(button);
  }
  function count() {
    clearTimeout(timer);
    timer = setTimeout(warn, Math.max(0, ending.getAttribute("data-seconds") - 120) * 1000);
  }
  if (ending) count();
})(document);
