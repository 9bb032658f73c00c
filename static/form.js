// What scripts add to a form. Without them everything works: the limit stands below the text, the findings follow on save.
(function () {
  "use strict";
  var form = document.getElementById("answers");
  if (!form) { return; }
  var status = document.getElementById("said");

  function say(text) {
    if (status && status.textContent !== text) { status.textContent = text; }
  }

  // Remaining characters: shown at every key, spoken from nine tenths of the limit on and where it is passed.
  form.querySelectorAll("[data-limit]").forEach(function (line) {
    var area = document.getElementById(line.getAttribute("data-of"));
    var limit = Number(line.getAttribute("data-limit"));
    function count() {
      var left = limit - Array.from(area.value).length;
      var words = line.getAttribute(left < 0 ? "data-over" : "data-left").replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
      line.textContent = words;
      line.classList.toggle("over", left < 0);
      if (left < 0 || left < limit / 10) { say(left < 0 ? line.getAttribute("data-passed") : line.getAttribute("data-near")); }
    }
    if (area && limit) { area.addEventListener("input", count); }
  });

  // Saving while one writes, and the findings that follow from it.
  var address = form.getAttribute("data-autosave");
  var line = navigator.connection;
  if (!address || !window.fetch || !window.AbortController || (line && line.saveData)) { return; }
  var QUIET = 1500, APART = 5000;
  var timer = 0, asked = 0, running = null, finished = null, kept = typed();

  function typed() {
    return new URLSearchParams(new FormData(form)).toString();
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(send, Math.max(QUIET, asked + APART - Date.now()));
  }

  function send() {
    var now = typed();
    if (now === kept) { return; }
    if (running) { running.abort(); }
    running = new AbortController();
    asked = Date.now();
    var mine = running;
    var headers = { "Content-Type": "application/x-www-form-urlencoded" };
    finished = fetch(address, { method: "POST", body: now, headers: headers, credentials: "same-origin", redirect: "error", signal: mine.signal })
      .then(function (answer) {
        var version = answer.headers.get("X-Version");
        if (version) { form.elements.version.value = version; kept = typed_then(now, version); }
        return answer.ok ? answer.text() : "";
      })
      .then(show)
      .catch(function () { /* The line is down: the next save tries again, and the button saves in any case. */ })
      .then(function () { if (running === mine) { running = null; } });
  }

  // What was sent, as the form would say it with its new version.
  function typed_then(sent, version) {
    var fields = new URLSearchParams(sent);
    fields.set("version", version);
    return fields.toString();
  }

  function show(text) {
    var came = new DOMParser().parseFromString(text, "text/html");
    ["findings", "saved"].forEach(function (id) {
      var here = document.getElementById(id), there = came.getElementById(id);
      if (here && there) { here.replaceChildren.apply(here, Array.from(there.childNodes)); }
    });
    var count = came.getElementById("count");
    if (!count) { return; }
    document.querySelectorAll("[data-count]").forEach(function (place) { place.textContent = count.textContent; });
    say(count.textContent);
  }

  form.addEventListener("focusout", wait);
  form.addEventListener("input", function () { clearTimeout(timer); });
  form.addEventListener("submit", function (event) {
    clearTimeout(timer);
    if (!running || !form.requestSubmit) { return; }
    // What is under way has to arrive first, or the page would be told that somebody else saved.
    event.preventDefault();
    finished.then(function () { form.requestSubmit(event.submitter); });
  });
}());
