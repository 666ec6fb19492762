/* Warns before the session ends, lets it live on at one press, and takes what was typed along. */
(function () {
  "use strict";

  var dialog = document.getElementById("session-end");
  if (!dialog || !dialog.showModal) return;
  var WARN = 5 * 60000;
  var SHARED = "session-ends-at";
  var words = document.getElementById("session-end-words");
  var over = document.getElementById("session-over");
  var question = dialog.querySelector("form");
  var endsAt = 0;
  var typedIn = null;
  var ended = false;

  /* Tabs share one session: what one of them knows, the others read. */
  function livesFor(seconds) {
    endsAt = Date.now() + seconds * 1000;
    try { localStorage.setItem(SHARED, String(endsAt)); } catch (refused) { /* private window */ }
  }

  function end() {
    try { endsAt = Number(localStorage.getItem(SHARED)) || endsAt; } catch (refused) { /* private window */ }
    return endsAt;
  }

  function say(text) {
    if (words.textContent !== text) words.textContent = text;
  }

  function warn(left) {
    var minutes = Math.max(1, Math.round(left / 60000));
    say(minutes === 1 ? words.dataset.one : words.dataset.more.replace("{minutes}", minutes));
    if (!dialog.open) dialog.showModal();
  }

  function finish() {
    ended = true;
    question.hidden = true;
    over.hidden = false;
    dialog.classList.add("portal-session--over");
    dialog.setAttribute("aria-labelledby", "session-over-title");
    dialog.setAttribute("aria-describedby", "session-over-words");
    if (!dialog.open) dialog.showModal();
    over.querySelector("button").focus();
  }

  function look() {
    if (ended) return;
    var left = end() - Date.now();
    if (left <= 0) finish();
    else if (left <= WARN) warn(left);
    else if (dialog.open) dialog.close();
  }

  function extend() {
    fetch(question.action, { method: "POST", body: new FormData(question), redirect: "manual" })
      .then(function (answer) {
        if (answer.type === "opaqueredirect" || answer.status === 403) return finish();
        if (!answer.ok) throw answer.status;
        return answer.json().then(function (said) { livesFor(said.ends_in); dialog.close(); });
      })
      .catch(function () { say(words.dataset.unheard); });
  }

  /* Never to the form's own address: another tab may have signed in, and nothing was pressed here. */
  function signInAgain() {
    if (!typedIn || !typedIn.isConnected) {
      location.href = dialog.dataset.signIn + "?next=" + encodeURIComponent(location.pathname + location.search);
      return;
    }
    typedIn.querySelectorAll("[type='password'], [type='file'], [autocomplete='one-time-code']").forEach(function (field) {
      field.disabled = true;
    });
    typedIn.setAttribute("action", dialog.dataset.keep);
    HTMLFormElement.prototype.submit.call(typedIn);
  }

  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (form && form.method === "post") typedIn = form;
  });
  question.addEventListener("submit", function (event) {
    event.preventDefault();
    extend();
  });
  /* Escape answers the question with yes; once the session is over nothing lies behind it. */
  dialog.addEventListener("cancel", function (event) {
    event.preventDefault();
    if (!ended) extend();
  });
  over.querySelector("button").addEventListener("click", signInAgain);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", look);

  livesFor(Number(dialog.dataset.endsIn));
  setInterval(look, 1000);
  look();
})();
