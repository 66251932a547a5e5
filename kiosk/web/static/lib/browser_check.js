// A classic script that every browser reads: one that is too old, or that denies the page its store, is told so in a
// sentence. Written in the language of 2010, since newer words would already be too new.

(function () {
  "use strict";

  /** @param {string} id */
  function say(id) {
    var sentence = document.getElementById(id);
    if (sentence) sentence.hidden = false;
  }

  function isNewEnough() {
    return "noModule" in document.createElement("script") && typeof AbortSignal === "function"
      && typeof AbortSignal.timeout === "function" && typeof TextDecoderStream === "function"
      && typeof Array.prototype.at === "function" && typeof Element.prototype.replaceChildren === "function";
  }

  function hasStore() {
    try {
      window.localStorage.setItem("motcua.check", "1");
      window.localStorage.removeItem("motcua.check");
      return true;
    } catch (denied) {
      return !denied;
    }
  }

  if (!isNewEnough()) say("too-old");
  else if (document.body.dataset.page !== "ticket" && !hasStore()) say("no-storage"); // a phone needs to remember nothing
}());
