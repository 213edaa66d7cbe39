/* The board's hands: take a stop by pointer or by arrow keys, hear what another time would break, let it go there.
   The forms among a stop's tools do the same without this file. */
(function () {
  "use strict";

  var STEP_MIN = 5, LONG_STEP_MIN = 15, LAST_MIN = 1435;
  var ASK_AFTER_MS = 120, DRAGGED_PX = 5, EDGE_PX = 70, SCROLL_PX = 14;
  var SVG = "http://www.w3.org/2000/svg";

  /* The stop in the hand: {owner, candidate, lead, length, date, start, fromDate, fromStart}. */
  var held = null;
  var pressed = null;
  var clickIsOver = false;

  function board() { return document.querySelector(".board[data-hand]"); }
  function form() { return document.getElementById("hand-form"); }
  function two(number) { return (number < 10 ? "0" : "") + number; }
  function clock(minute) { return two(Math.floor(minute / 60)) + ":" + two(minute % 60); }
  function readable(minute) { return document.documentElement.lang === "sv" ? clock(minute).replace(":", ".") : clock(minute); }
  function within(minute) { return Math.min(LAST_MIN, Math.max(0, Math.round(minute / STEP_MIN) * STEP_MIN)); }

  function dayAfter(date, days) {
    var day = new Date(date + "T12:00:00Z");
    day.setUTCDate(day.getUTCDate() + days);
    return day.toISOString().slice(0, 10);
  }

  function take(owner) {
    var track = owner.closest(".track");
    held = {
      owner: owner,
      candidate: owner.dataset.candidate,
      lead: Number(owner.dataset.lead),
      length: Number(owner.dataset.length),
      date: track ? track.dataset.date : owner.dataset.date,
      start: Number(owner.dataset.start)
    };
    held.fromDate = track ? held.date : "";
    held.fromStart = held.start;
    owner.classList.add("is-held");
    document.documentElement.classList.add("is-holding");
  }

  function giveUp() {
    if (!held) return;
    clearTimeout(held.timer);
    held.owner.classList.remove("is-held");
    document.documentElement.classList.remove("is-holding");
    eraseGhost();
    document.getElementById("trial").hidden = true;
    document.getElementById("trial-said").textContent = "";
    held = null;
  }

  function letGo() {
    if (held.date === held.fromDate && held.start === held.fromStart) { giveUp(); return; }
    clearTimeout(held.timer);
    fill(form());
    form().requestSubmit();
  }

  function fill(target) {
    target.elements.candidate.value = held.candidate;
    target.elements.date.value = held.date;
    target.elements.time.value = clock(held.start);
  }

  function moveTo(date, start) {
    if (date === held.date && start === held.start && held.asked) return;
    held.date = date;
    held.start = start;
    held.asked = true;
    drawGhost();
    clearTimeout(held.timer);
    held.timer = setTimeout(ask, ASK_AFTER_MS);
  }

  /* ---- where it would stand ---- */
  function share(minute) {
    var first = Number(board().dataset.first), last = Number(board().dataset.last);
    return Math.min(100, Math.max(0, (minute - first) / (last - first) * 100));
  }

  function eraseGhost() {
    document.querySelectorAll(".ghost, .ghost-time").forEach(function (mark) { mark.remove(); });
  }

  function drawGhost() {
    eraseGhost();
    var track = board().querySelector('.track[data-date="' + held.date + '"]');
    if (!track) return;
    var arrive = held.start - held.lead, low = share(arrive), high = share(arrive + held.length);
    var bar = mark("rect", { "class": "ghost", x: low + "%", width: Math.max(high - low, .5) + "%", y: "1.7em", height: "1.3em", rx: "5" });
    var time = mark("text", { "class": "ghost-time", x: low + "%", y: "1.2em" });
    time.textContent = readable(held.start);
    track.append(bar, time);
  }

  function mark(name, attributes) {
    var made = document.createElementNS(SVG, name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    return made;
  }

  /* ---- what it would do: one question at a time, always about where the stop is now ---- */
  function ask() {
    if (!held) return;
    if (held.asking) { held.again = true; return; }
    var mine = held;
    mine.asking = true;
    mine.again = false;
    fill(form());
    answerOf(form().dataset.tryUrl, new FormData(form())).then(function (text) {
      mine.asking = false;
      if (held !== mine) return;
      if (mine.again) ask(); else tell(text);
    });
  }

  /* The answer as a part of a page; the page's own words when none came. */
  function answerOf(url, data) {
    return fetch(url, { method: "POST", body: new URLSearchParams(data), headers: { "HX-Request": "true" } })
      .then(function (response) {
        if (response.redirected || response.status >= 500) throw new Error(response.status);
        return response.text();
      })
      .catch(function () { return document.getElementById("request-failed").innerHTML; });
  }

  function tell(text) {
    var panel = document.getElementById("trial");
    panel.innerHTML = text;
    panel.hidden = false;
    var part = panel.querySelector("[data-said]");
    document.getElementById("trial-said").textContent = part ? part.dataset.said : panel.textContent;
    var ghost = document.querySelector(".ghost");
    if (ghost) ghost.classList.toggle("is-broken", !part || part.classList.contains("is-broken"));
  }

  /* ---- pointer ---- */
  document.addEventListener("pointerdown", function (event) {
    var owner = event.button === 0 && board() && event.target.closest(".visit[data-candidate], [data-wish] .grip");
    if (!owner) return;
    giveUp();
    pressed = { owner: owner.closest("[data-candidate]"), x: event.clientX, y: event.clientY, id: event.pointerId };
    clickIsOver = false;
  });

  document.addEventListener("pointermove", function (event) {
    if (!pressed || event.pointerId !== pressed.id) return;
    if (!held) {
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < DRAGGED_PX) return;
      take(pressed.owner);
      pressed.grab = grabbedAt(pressed);
    }
    event.preventDefault();
    scrollAtEdge(event.clientY);
    var track = trackAt(event.clientY);
    if (track) moveTo(track.dataset.date, within(minuteAt(track, event.clientX) - pressed.grab));
  });

  /* Minutes between the pointer and the first show, so that a bar does not jump when it is taken. */
  function grabbedAt(press) {
    var track = press.owner.closest(".track");
    return track ? minuteAt(track, press.x) - held.start : 0;
  }

  function minuteAt(track, x) {
    var box = track.getBoundingClientRect();
    var first = Number(board().dataset.first), last = Number(board().dataset.last);
    return first + (x - box.left) / box.width * (last - first);
  }

  function trackAt(y) {
    return Array.prototype.find.call(board().querySelectorAll(".track[data-date]"), function (track) {
      var box = track.getBoundingClientRect();
      return y >= box.top && y < box.bottom;
    });
  }

  function scrollAtEdge(y) {
    if (y < EDGE_PX) window.scrollBy(0, -SCROLL_PX);
    else if (y > window.innerHeight - EDGE_PX) window.scrollBy(0, SCROLL_PX);
  }

  document.addEventListener("pointerup", function (event) {
    if (!pressed || event.pointerId !== pressed.id) return;
    pressed = null;
    if (!held) return;
    clickIsOver = true;
    if (held.asked) letGo(); else giveUp();
  });

  document.addEventListener("pointercancel", function () { pressed = null; giveUp(); });

  /* A link that was dragged is not followed, and the browser's own dragging of links stays out of it. */
  document.addEventListener("click", function (event) {
    if (clickIsOver) { clickIsOver = false; event.preventDefault(); return; }
    var grip = event.target.closest("[data-wish] .grip");
    if (grip && board() && !held) { take(grip.closest("[data-candidate]")); moveTo(held.date, held.start); }
  }, true);

  document.addEventListener("dragstart", function (event) {
    if (event.target.closest && event.target.closest("[data-candidate]")) event.preventDefault();
  });

  /* ---- keys ---- */
  var WAYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && held) { pressed = null; giveUp(); return; }
    var target = event.target.closest && event.target.closest(".visit[data-candidate] a, [data-wish] .grip");
    if (!target || !board() || event.altKey || event.ctrlKey || event.metaKey) return;
    var way = WAYS[event.key];
    if (way) {
      event.preventDefault();
      if (!held) take(target.closest("[data-candidate]"));
      var step = event.shiftKey ? LONG_STEP_MIN : STEP_MIN;
      moveTo(dayAfter(held.date, way[0]), within(held.start + way[1] * step));
    } else if (event.key === "Enter" && held) {
      event.preventDefault();
      letGo();
    }
  });

  document.addEventListener("focusout", function (event) {
    if (held && !pressed && held.owner.contains(event.target)) giveUp();
  });

  /* ---- "Try" among a stop's tools: the answer beside its form instead of a page of its own ---- */
  document.addEventListener("submit", function (event) {
    var button = event.submitter;
    if (!button || !button.hasAttribute("data-try")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    answerOf(button.formAction, new FormData(event.target)).then(function (text) {
      var place = event.target.nextElementSibling;
      if (!place || !place.classList.contains("trial-here")) {
        place = document.createElement("div");
        place.className = "trial-here";
        place.setAttribute("role", "status");
        event.target.after(place);
      }
      place.innerHTML = text;
    });
  }, true);

  /* After a move the stop that was moved has the focus again. */
  var moved = /^#besok-\w+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
  if (moved) moved.focus();
})();
