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
    var into = d.getElementById(form.getAttribute("data-fill"));
    if (into) {  /* a name that was proposed goes into its field */
      event.preventDefault();
      into.value = event.submitter.value;
      var list = event.submitter.closest("div"), status = list.firstElementChild;
      while (status.nextElementSibling) status.nextElementSibling.remove();
      status.textContent = "Choisi\u202f: " + into.value;
      return into.focus();
    }
    if (form.hasAttribute("aria-busy")) return event.preventDefault();
    form.querySelectorAll("[data-show]").forEach(function (button) {
      mask(d.getElementById(button.getAttribute("data-show")), true);
    });
    form.setAttribute("aria-busy", "true");
    setTimeout(free, 8000);
  });
  /* a form sent by htmx: it says so, and an answer that is not its own never lands inside the page */
  function sent(event) {
    var one = event.detail.ctx.sourceElement;
    return one && one.tagName === "FORM" && one;
  }
  d.addEventListener("htmx:before:request", function (event) {
    var form = sent(event), said = d.getElementById("reseau");
    if (form) form.setAttribute("aria-busy", "true");
    if (form && said) said.remove();
  });
  d.addEventListener("htmx:finally:request", function (event) {
    var form = sent(event);
    if (form) form.removeAttribute("aria-busy");
  });
  d.addEventListener("htmx:before:response", function (event) {
    var form = sent(event), context = event.detail.ctx, status = context.response.status;
    if (status < 400 || status === 422) return;
    event.preventDefault();
    if (!form) return;
    var by = (context.sourceEvent || {}).submitter, pressed = by && by.name && d.createElement("input");
    if (pressed) {
      pressed.type = "hidden";
      pressed.name = by.name;
      pressed.value = by.value;
      form.appendChild(pressed);
    }
    form.submit();  /* again, as a page: its key lets it act once */
  });
  d.addEventListener("htmx:error", function (event) {
    var form = sent(event), said = d.createElement("p");
    if (!form) return;
    said.id = "reseau";
    said.className = "alert";
    said.setAttribute("role", "alert");
    form.appendChild(said).textContent = "Pas de réponse du réseau. Je réessaie\u202f: rien ne sera enregistré deux fois.";
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
  /* two minutes before the visit ends: a warning, and a way to stay when there is one; nothing is asked meanwhile */
  var ending = d.getElementById("fin"), end, timer;
  function say(words) {
    ending.textContent = words;
    ending.setAttribute("role", "alert");
  }
  function typed() {
    return [].some.call(d.querySelectorAll("main input, main textarea"), function (input) {
      return input.type !== "hidden" && (input.value !== input.defaultValue || input.checked !== input.defaultChecked);
    });
  }
  function stay() {
    /* a small page that everyone may open: asking for this one again might ask for the password */
    fetch("/deconnexion", {credentials: "same-origin"}).then(function (answer) { return answer.text(); }).then(function (page) {
      var next = new DOMParser().parseFromString(page, "text/html").getElementById("fin");
      if (!next) return over();
      ["data-seconds", "data-last"].forEach(function (name) {
        if (next.hasAttribute(name)) ending.setAttribute(name, next.getAttribute(name));
      });
      ending.removeAttribute("role");
      ending.textContent = "La session continue. " + next.textContent;
      ending.tabIndex = -1;
      ending.focus();
      count();
    }, function () { say("Pas de réseau : la session n’est pas prolongée. "); offer(); });
  }
  function over() {
    if (!typed() || ending.hasAttribute("data-shared")) return location.reload();
    clearTimeout(timer);
    say("La session est fermée. J’envoie ce que j’ai écrit : je le retrouverai après la connexion.");
  }
  function offer() {
    var button = d.createElement("button");
    button.textContent = "Rester";
    button.className = "quiet";
    button.type = "button";
    button.onclick = stay;
    ending.appendChild(button);
  }
  function watch() {
    var left = end - Date.now(), last = ending.hasAttribute("data-last"), minutes = left > 60000 ? "2\u00a0minutes" : "1\u00a0minute";
    clearTimeout(timer);
    if (left <= 0) return say("Sauf activité dans un autre onglet, la session est fermée.");
    if (left > 120000) return timer = setTimeout(watch, left - 120000);
    timer = setTimeout(watch, left);
    if (ending.getAttribute("role")) return;
    say("La session se ferme dans " + minutes + ". " + (last ? "Elle a duré 12 heures : j’envoie maintenant ce que j’ai écrit." : ""));
    if (!last) offer();
  }
  function count() {
    end = Date.now() + ending.getAttribute("data-seconds") * 1000;
    watch();
  }
  /* a new message, looked for every minute while the page is looked at and the session lasts; htmx changes the link */
  function ask() {
    var link = d.getElementById("courrier");
    if (!link || d.hidden || end && end < Date.now() || (navigator.connection || {}).saveData) return;
    link.dispatchEvent(new Event("courrier"));
  }
  if (d.querySelector("#courrier[hx-get]")) {
    var said = d.createElement("p");
    said.className = "hush";
    said.setAttribute("role", "status");
    d.body.appendChild(said);
    d.addEventListener("htmx:after:swap", function () {
      var link = d.getElementById("courrier"), words = link && link.getAttribute("aria-label");
      if (words && words !== said.textContent) said.textContent = words;
      if (link && link.getAttribute("aria-current") === "page")
        d.title = d.title.replace(/ \([^)]*\)(?= – )|(?= – )/, words ? " (" + words.replace("Messagerie, ", "") + ")" : "");
    });
    setInterval(ask, 60000);
  }
  if (ending) {
    count();
    /* timers sleep with the device */
    d.addEventListener("visibilitychange", function () { if (!d.hidden) watch(); });
    d.addEventListener("htmx:after:swap", function () {  /* what was sent has prolonged the session */
      var fresh = d.getElementById("fin");
      if (fresh && fresh !== ending) { ending = fresh; count(); }
    });
  }
})(document);
