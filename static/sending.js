/* A form with files makes photos small before they leave, says what cannot be sent, and how far it is. Without this file
   the same form is sent by the browser, and the service does the same. */
(function (d) {
  var form = d.querySelector("form[data-sends]");
  var busy = false; /* the page's own guard is let go after a few seconds: files take longer */
  if (!form || !window.FormData || !window.Promise || !("upload" in new XMLHttpRequest())) return;
  var limits = form.getAttribute("data-sends").split(" "), LONGEST = 2000, SMALL = 600000;
  var NOTHING = "Rien n’est encore envoyé\u202f: ";
  function line() {
    var found = d.getElementById("envoi");
    if (found) return found;
    found = d.createElement("div");
    found.id = "envoi";
    found.innerHTML = '<progress max="100" aria-label="Envoi des fichiers"></progress><p id="envoi-dit" role="status"></p>';
    form.appendChild(found);
    return found;
  }
  function say(what, wrong, at) {
    var place = line(), words = d.getElementById("envoi-dit"), field = form.querySelector(".wrong");
    place.firstChild.hidden = wrong;
    words.className = wrong ? "wrong-text" : "hint";
    words.textContent = what;
    if (field) field.classList.remove("wrong");
    if (!at) return place.appendChild(words);
    at.parentNode.insertBefore(words, at); /* at the field that it is about */
    at.parentNode.classList.add("wrong");
    at.setAttribute("aria-describedby", at.id + "-aide envoi-dit");
    at.focus();
  }
  function stop(why, at) {
    busy = false;
    form.removeAttribute("aria-busy");
    say(why, true, at);
  }
  /* what the service would say once all of it had come, which takes minutes on a slow network */
  function wrong(files) {
    var all = 0, heavy = files.filter(function (file) { all += file.size; return file.size > limits[1]; });
    var why;
    if (files.length > limits[0]) why = "choisissez " + limits[0] + " fichiers au plus à la fois.";
    else if (heavy.length) why = heavy[0].name + " pèse plus de 10\u00a0Mo. Si c’est une photo, j’en fais une capture d’écran. Si c’est un PDF, je l’envoie en plusieurs parties.";
    else if (all > limits[2]) why = "ces fichiers pèsent plus de 50\u00a0Mo en tout. J’en envoie moins à la fois.";
    if (why) stop(NOTHING + why, d.getElementById("files"));
    return why;
  }
  /* some browsers let nobody read what was drawn, or change it: a prescription is not sent through those */
  function faithful() {
    var canvas = d.createElement("canvas"), pen = canvas.getContext("2d"), dots;
    canvas.width = canvas.height = 16;
    pen.fillStyle = "#3c7a15";
    pen.fillRect(0, 0, 16, 16);
    dots = pen.getImageData(0, 0, 16, 16).data;
    for (var at = 0; at < dots.length; at += 4)
      if (dots[at] !== 60 || dots[at + 1] !== 122 || dots[at + 2] !== 21 || dots[at + 3] !== 255) return false;
    return true;
  }
  function small(file) {
    var apple = /hei[cf]/i.test(file.type + file.name.slice(-5));
    if (!apple && (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < SMALL)) return file;
    /* how it lies: a browser that takes any word does not look at it, and one that does not know "from-image" refuses
       that; with both, the photo leaves as it is, and is turned there */
    return createImageBitmap(file, {imageOrientation: "sideways"}).then(function () { return file; }, function () {
      return createImageBitmap(file, {imageOrientation: "from-image"}).then(drawn);
    }).catch(function () { return file; });
    function drawn(picture) {
      var part = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      var canvas = d.createElement("canvas"), pen = canvas.getContext("2d");
      canvas.width = Math.round(picture.width * part) || 1;
      canvas.height = Math.round(picture.height * part) || 1;
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.imageSmoothingQuality = "high";
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      return new Promise(function (done) {
        canvas.toBlob(function (blob) {
          if (!blob || !apple && blob.size >= file.size) return done(file);
          blob.name = file.name;
          done(blob);
        }, "image/jpeg", .9);
      });
    }
  }
  function prepared(files) {
    var ready = [];
    if (!window.createImageBitmap || !FormData.prototype.delete || !faithful()) return Promise.resolve(files);
    return files.reduce(function (before, file) { /* one after the other: a telephone has little memory */
      return before.then(function () { return small(file); }).then(function (one) { ready.push(one); });
    }, Promise.resolve()).then(function () { return ready; });
  }
  function send(files) {
    var bar = line().firstChild, words = d.getElementById("envoi-dit"), ask = new XMLHttpRequest(), said = 0, body = new FormData(form);
    if (body.delete) {
      body.delete("files");
      files.forEach(function (file) { body.append("files", file, file.name); });
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
    ask.send(body);
  }
  d.addEventListener("submit", function (event) {
    var files = [].slice.call(d.getElementById("files").files);
    if (event.target !== form || event.defaultPrevented || !files.length) return;
    event.preventDefault();
    if (busy) return;
    var category = d.getElementById("category"), index = files.some(function (file) { return /^index\.csv$/i.test(file.name); });
    if (!category.value && !index) return stop(NOTHING + "choisissez une catégorie.", category);
    busy = true;
    say("Préparation des photos…", false);
    Promise.resolve(files).then(prepared).catch(function () { return files; }).then(function (ready) { if (!wrong(ready)) send(ready); });
  });
})(document);
