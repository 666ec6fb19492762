/* The little that script adds; every page works without it. */
(function () {
  "use strict";

  function focusSummary() {
    var summary = document.getElementById("error-summary");
    if (!summary) return;
    summary.focus();
    summary.addEventListener("click", function (event) {
      var link = event.target.closest("a[href^='#']");
      var field = link && document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      var group = field.closest("fieldset") || field.closest(".govuk-form-group") || field;
      group.scrollIntoView();
      field.focus({ preventScroll: true });
    });
  }

  function offerToShow(button) {
    var field = document.getElementById(button.dataset.shows);
    var words = button.firstChild;
    var show = words.textContent;
    if (!field) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      var shown = field.type === "text";
      field.type = shown ? "password" : "text";
      words.textContent = shown ? show : button.dataset.hide;
    });
    field.form.addEventListener("submit", function () { field.type = "password"; });
  }

  /* A second press while the first is on its way is dropped; the server holds anyway. */
  function sendOnce(form) {
    var sentAt = 0;
    form.addEventListener("submit", function (event) {
      var now = Date.now();
      if (now - sentAt < 2000) event.preventDefault();
      sentAt = now;
    });
  }

  focusSummary();
  document.querySelectorAll(".portal-password__show").forEach(offerToShow);
  document.querySelectorAll("form[method='post']").forEach(sendOnce);
})();
