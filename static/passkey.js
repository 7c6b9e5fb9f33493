/* Passkeys, the one act that needs a script: its forms wait in templates for a browser that can. */
(function (d) {
  if (!window.PublicKeyCredential) return;
  function bytes(text) {
    return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), function (c) { return c.charCodeAt(0); });
  }
  function text(buffer) {
    return btoa(String.fromCharCode.apply(null, new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_");
  }
  function ask(options) {
    options.challenge = bytes(options.challenge);
    (options.allowCredentials || options.excludeCredentials).forEach(function (key) { key.id = bytes(key.id); });
    if (options.user) options.user.id = bytes(options.user.id);
    return navigator.credentials[options.user ? "create" : "get"]({publicKey: options});
  }
  function written(key) {
    var given = key.response, response = {};
    for (var name in given) if (given[name] instanceof ArrayBuffer) response[name] = text(given[name]);
    if (given.getTransports) response.transports = given.getTransports();
    return JSON.stringify({id: key.id, rawId: text(key.rawId), type: key.type, response: response});
  }
  function why(error) {
    return {
      InvalidStateError: "Cet appareil a déjà une clé de mon compte.",
      NotAllowedError: "Rien n’est fait : j’ai annulé, ou le temps est passé. Je peux réessayer."
    }[error.name] || "Cela n’a pas marché. Je recharge la page, puis je réessaie.";
  }
  d.querySelectorAll("[data-without]").forEach(function (words) { words.remove(); });
  d.querySelectorAll("template").forEach(function (t) { t.replaceWith(t.content); });
  d.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var busy, said = form.querySelector("[role=status]");
    addEventListener("pageshow", function () { form.credential.value = ""; busy = false; });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (busy) return;
      busy = true;
      said.textContent = "";
      fetch(form.dataset.passkey, {method: "POST", headers: {"X-CSRF-Token": form.csrf_token.value}}).then(function (answer) {
        if (answer.redirected) location.reload();
        if (!answer.ok) throw answer;
        return answer.json();
      }).then(ask).then(function (key) {
        form.credential.value = written(key);
        form.submit();
      }).catch(function (error) {
        busy = false;
        said.textContent = why(error);
      });
    });
  });
})(document);
