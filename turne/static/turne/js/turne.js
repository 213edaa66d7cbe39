/* Small conveniences. Every page works without this file: nothing here is the only way to do a thing. */
(function () {
  "use strict";

  document.documentElement.classList.add("js");

  /* A line of links that scrolls sideways on a phone begins with the page that one is on in sight. */
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".one-line [aria-current]").forEach(function (link) {
      var line = link.closest(".one-line");
      line.scrollLeft = link.offsetLeft - line.offsetLeft - 40;
    });
  });

  /* A second click on a slow line must not send the form twice. The button stays enabled (a disabled
     one would drop its own name and value from the form): the second submit is stopped instead.
     A button that only tries (data-try) may be pressed again. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || form.hasAttribute("data-repeat")) return;
    if (event.submitter && event.submitter.hasAttribute("data-try")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "1";
    markButtons(form, true);
  }, true);

  function markButtons(form, busy) {
    form.querySelectorAll("button:not([type=button])").forEach(function (button) {
      if (busy) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    });
  }

  function release(form) {
    delete form.dataset.sent;
    markButtons(form, false);
  }

  /* "Back" may restore the page as it was left, with its form still marked as sent. */
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });

  /* <button data-copy="id of the field" data-copied="word to say">; the word is said in the
     live region beside it. */
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    if (!button) return;
    var field = document.getElementById(button.dataset.copy);
    var said = document.getElementById(button.dataset.copy + "-copied");
    function say() { if (said) said.textContent = button.dataset.copied; }
    field.select();
    if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(say);
    else if (document.execCommand("copy")) say();
  });

  /* The menu closes on Escape and on a click elsewhere. */
  var menu = document.querySelector(".bar-menu");
  if (menu) {
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    document.addEventListener("click", function (event) {
      if (menu.open && !menu.contains(event.target)) menu.open = false;
    });
  }

  /* What is wrong is read first: on load, and after htmx has put a new part in place. */
  function focusFirst(root) {
    var target = root.querySelector(".error-summary, [data-focus]");
    if (target) target.focus();
  }

  focusFirst(document);

  /* On a narrow screen the cells of a table stand one under another: each is told by its column.
     One that has a name already, be it an empty one, keeps it. */
  function nameCells(root) {
    root.querySelectorAll(".table--stack").forEach(function (table) {
      var heads = table.tHead.rows[0].cells;
      Array.prototype.slice.call(table.rows, 1).forEach(function (row) {
        var column = 0;
        Array.prototype.forEach.call(row.cells, function (cell) {
          var head = heads[column];
          if (cell.tagName === "TD" && !("label" in cell.dataset) && !head.querySelector(".vh")) {
            cell.dataset.label = (head.querySelector("a") || head).textContent;
          }
          column += cell.colSpan;
        });
      });
    });
  }

  nameCells(document);

  /* ---- htmx ---- */
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target.closest && event.target.closest("form[data-sent]");
    if (form) release(form);
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    nameCells(event.target);
    focusFirst(event.target);
  });

  /* No answer, or a broken one: say so where messages are said, in the page's own words. */
  function sayFailed() {
    var words = document.getElementById("request-failed");
    var place = document.getElementById("messages");
    if (words && place) place.replaceChildren(words.content.cloneNode(true));
  }

  document.addEventListener("htmx:responseError", sayFailed);
  document.addEventListener("htmx:sendError", sayFailed);
  document.addEventListener("htmx:timeout", sayFailed);
})();
