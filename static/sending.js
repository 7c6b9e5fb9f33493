/* A form with files says how far it is; without this file the same form is sent by the browser. */
(function (d) {
  var form = d.querySelector("form[data-sends]");
  var busy = false; /* the page's own guard is let go after a few seconds: files take longer */
  if (!form || !window.FormData || !("upload" in new XMLHttpRequest())) return;
  function line() {
    var found = d.getElementById("envoi");
    if (found) return found;
    found = d.createElement("div");
    found.id = "envoi";
    found.innerHTML = '<progress max="100" aria-label="Envoi des fichiers"></progress><p class="hint" role="status"></p>';
    form.appendChild(found);
    return found;
  }
  d.addEventListener("submit", function (event) {
    if (event.target !== form || event.defaultPrevented || !d.getElementById("files").files.length) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    var place = line(), bar = place.firstChild, words = place.lastChild, ask = new XMLHttpRequest(), said = 0;
    function stop(why) {
      busy = false;
      form.removeAttribute("aria-busy");
      bar.value = 0;
      words.textContent = why;
    }
    words.textContent = "Envoi en cours…";
    ask.open("POST", location.href);
    ask.upload.onprogress = function (step) {
      if (!step.lengthComputable) return;
      var part = Math.floor(step.loaded / step.total * 100);
      bar.value = part;
      if (part >= said + 25 && part < 100) words.textContent = (said = part - part % 25) + " % envoyés";
      if (part === 100) {
        bar.removeAttribute("value");
        words.textContent = "Tout est envoyé. Vérification des fichiers…";
      }
    };
    ask.onload = function () {
      if (ask.status === 200) return location.assign(ask.responseURL);
      var page = new DOMParser().parseFromString(ask.responseText, "text/html"), main = page.querySelector("main");
      if (!main || ask.status >= 500) return stop("Le service est très occupé : rien n’a été ajouté. Je réessaie dans une minute.");
      busy = false;
      d.title = page.title;
      d.querySelector("main").replaceWith(d.adoptNode(main));
      form = d.querySelector("form[data-sends]");
      (d.getElementById("erreurs") || d.querySelector("main")).focus();
    };
    ask.onerror = function () { stop("Pas de réseau : rien n’a été ajouté. Je réessaie."); };
    ask.send(new FormData(form));
  });
})(document);
