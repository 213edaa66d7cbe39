/* The board's weeks: on a narrow screen, where a day takes many lines, only the one to read stands open.
   Without this file, and on paper, all of them do. */
(function () {
  "use strict";

  var narrow = window.matchMedia("screen and (max-width: 56.25em)");

  function fold() {
    if (!document.querySelector(".board-week[data-read]")) return;
    document.querySelectorAll(".board-week:not([data-read])").forEach(function (week) { week.open = !narrow.matches; });
    show();
  }

  /* An address that names a stop leads to it, whatever it is folded into; where its bar is not drawn, to its day. */
  function show() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.closest(".board")) return;
    for (var folded = target.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
    if (target.getClientRects().length === 0) target = target.closest(".day");
    target.scrollIntoView();
  }

  if (narrow.matches) fold();
  narrow.addEventListener("change", fold);
  window.addEventListener("hashchange", show);
  document.addEventListener("htmx:afterSwap", function (event) { if (narrow.matches && event.target.querySelector(".board-week")) fold(); });
})();
