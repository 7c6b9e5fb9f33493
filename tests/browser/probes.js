/* What no checker finds, asked of a page that is shown. Each returns a list of sentences: what is wrong. */
window.probes = {
  name(one) {
    return one.tagName.toLowerCase() + (one.id ? "#" + one.id : "") + " « " + (one.innerText || one.value || "").trim().slice(0, 40) + " »";
  },
  seen(one) {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    return box.width > 0 && box.height > 0 && style.visibility !== "hidden" && box.right > 0;
  },
  focusable() {
    return [...document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex='0']")]
      .filter((one) => !one.disabled && getComputedStyle(one).display !== "none" && one.getClientRects().length);
  },
  start() {  /* the next Tab goes to the first stop; one stop a group of radio inputs */
    document.body.tabIndex = -1;
    document.body.focus({ preventScroll: true });
    document.body.removeAttribute("tabindex");
    const resting = new Map(this.focusable().map((one) => [one, this.look(one)])), groups = new Set();
    this.walk = [];  /* what had the focus, in order; null: nothing in the page */
    addEventListener("focusin", ({ target }) => {
      const box = target.getBoundingClientRect();
      const expected = resting.has(target);  /* what takes the focus unexpectedly is looked at again, without it */
      this.walk.push({ one: target, expected, on: this.look(target), off: resting.get(target), reached: box.width > 0 && box.height > 0 });
    });
    addEventListener("focusout", ({ target, relatedTarget }) => {
      if (!relatedTarget && target !== document.body) this.walk.push(null);
    });
    return [...resting.keys()].filter((one) => {
      if (one.type !== "radio") return true;
      if (groups.has(one.name)) return false;
      groups.add(one.name);
      return true;
    }).length;
  },
  walked(stops) {  /* once round: until nothing has the focus, or the first stop has it again */
    const again = this.walk.findIndex((stop, at) => !stop || (at && stop.one === this.walk[0].one));
    const once = this.walk.slice(0, again < 0 ? undefined : again), wrong = [];
    if (again < 0) wrong.push("the keyboard does not come out of the page");
    document.activeElement.blur();
    for (const { one, expected, on, off, reached } of once) {
      if (on === (expected ? off : this.look(one)) || !reached) wrong.push("focus is not seen on " + this.name(one));
    }
    if (once.length < stops) wrong.push(`${once.length} stops of ${stops} are reached`);
    return wrong;
  },
  async leading() {  /* each link of the error summary puts the focus on its field */
    const wrong = [];
    for (const link of document.querySelectorAll("#erreurs a")) {
      const field = link.hash.slice(1);
      link.click();
      for (let wait = 0; wait < 40 && document.activeElement.id !== field; wait++) await new Promise((then) => setTimeout(then, 25));
      if (document.activeElement.id !== field) wrong.push(`the summary's link to ${field} puts the focus on « ${document.activeElement.id} »`);
    }
    return wrong;
  },
  sideways() {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return wide > 0 ? [`${wide} px wider than the window`] : [];
  },
  cut() {
    const wrong = [];
    for (const one of document.querySelectorAll("body *")) {
      if (!this.seen(one) || one.closest("svg,.hush,.skip")) continue;
      const style = getComputedStyle(one), hides = /hidden|clip/.test(style.overflowX + style.overflowY);
      if (hides && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)) wrong.push("cut: " + this.name(one));
      const box = one.getBoundingClientRect();
      if (box.right > innerWidth + 1 || box.left < -1) wrong.push("out of the window: " + this.name(one));
    }
    return wrong;
  },
  targets(least) {
    const wrong = [];
    for (const one of this.focusable()) {
      if (one.closest(".skip") || one.matches(".skip")) continue;
      const zone = one.closest("label") || one, box = zone.getBoundingClientRect();
      const inline = one.tagName === "A" && getComputedStyle(one).display === "inline" && one.parentElement.innerText.trim() !== one.innerText.trim();
      if (!inline && Math.min(box.width, box.height) < least) wrong.push(`${Math.round(box.width)}×${Math.round(box.height)}: ${this.name(one)}`);
    }
    return wrong;
  },
  look(one) {
    const styles = [one, one.closest("label")].filter(Boolean).map((part) => getComputedStyle(part));
    const outline = (s) => s.outlineStyle === "none" || s.outlineWidth === "0px" ? "none" : s.outline;
    return styles.map((s) => [outline(s), s.boxShadow].join()).join();
  },
  pasting() {
    const wrong = [];
    for (const one of document.querySelectorAll("input:not([type=hidden]):not([type=radio]):not([type=checkbox]),textarea")) {
      const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
      if (!one.dispatchEvent(event) || one.readOnly || one.maxLength > 0) wrong.push("paste: " + this.name(one));
    }
    return wrong;
  },
  spaced() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}");
    document.adoptedStyleSheets = [sheet];
    const wrong = [...this.cut(), ...this.sideways()];
    document.adoptedStyleSheets = [];
    return wrong.map((one) => "spaced text: " + one);
  },
};
