// Sends forms without loading the page anew, and shows what arrives while it is open. Without it, the page works too.
(function () {
  "use strict";
  var list = document.getElementById("messages");
  var problem = document.getElementById("problem");
  var field = document.getElementById("text");
  var source = null;
  var pressed = null;
  var isSending = false;

  function number(element, name) {
    return Number(element.getAttribute(name)) || 0;
  }

  function tell(text) {
    problem.textContent = text;
    problem.hidden = !text;
  }

  function isNearEnd() {
    return window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 200;
  }

  // Puts each message in its place, unless a newer state of it is there. Gives the first of them that was not there
  // when number `last` was the last one, or else the first of them all.
  function show(html, last) {
    var template = document.createElement("template");
    var first = null;
    template.innerHTML = html;
    Array.prototype.slice.call(template.content.querySelectorAll("li")).forEach(function (message) {
      var place = number(message, "data-number");
      var known = list.querySelector('[data-number="' + place + '"]');
      if (known && number(known, "data-revision") >= number(message, "data-revision")) {
        message = known;
      } else if (known) {
        var hadFocus = known.contains(document.activeElement);
        list.replaceChild(message, known);
        if (hadFocus) focus(message);
      } else {
        list.insertBefore(message, after(place));
      }
      if (!first || (number(first, "data-number") <= last && place > last)) first = message;
      list.setAttribute("data-revision", Math.max(number(list, "data-revision"), number(message, "data-revision")));
    });
    return first;
  }

  function lastNumber() {
    return list.lastElementChild ? number(list.lastElementChild, "data-number") : 0;
  }

  function after(place) {
    return Array.prototype.slice.call(list.children).find(function (message) {
      return number(message, "data-number") > place;
    }) || null;
  }

  function focus(message) {
    message.tabIndex = -1;
    message.focus({ preventScroll: true });
  }

  function listen() {
    if (source || !window.EventSource) return;
    source = new EventSource("/chat/events?after=" + number(list, "data-revision"));
    source.addEventListener("messages", function (event) {
      var follows = isNearEnd();
      var first = show(event.data, lastNumber());
      if (first && follows && !isSending) first.scrollIntoView({ block: "nearest" });
    });
    source.onerror = function () {
      if (source.readyState === EventSource.CLOSED) source = null;
    };
  }

  function renew(form) {
    form.elements.form.value = Date.now().toString(36) + Math.random().toString(36).slice(2);
    if (form.elements.entry) form.elements.entry.disabled = true;
  }

  function send(form, button) {
    var data = new URLSearchParams();
    new FormData(form).forEach(function (value, name) { data.append(name, value); });
    if (button && button.name) data.append(button.name, button.value);
    data.append("after", list.getAttribute("data-revision"));
    var last = lastNumber();
    isSending = true;
    form.setAttribute("aria-busy", "true");
    return fetch(form.action, {
      method: "POST",
      body: data,
      headers: { "X-Requested-With": "script", Accept: "text/html" },
      credentials: "same-origin"
    }).then(function (response) {
      if (response.redirected) {
        location.assign(response.url);
        return null;
      }
      return response.text().then(function (text) {
        if (!response.ok) {
          tell(response.headers.get("Content-Type").indexOf("text/plain") === 0 ? text : problem.getAttribute("data-offline"));
          return;
        }
        tell("");
        renew(form);
        if (form.elements.text) form.elements.text.value = "";
        resize();
        var first = show(text, last);
        if (first) first.scrollIntoView({ block: "start" });
        listen();
      });
    }).catch(function () {
      tell(problem.getAttribute("data-offline"));
    }).then(function () {
      isSending = false;
      form.removeAttribute("aria-busy");
    });
  }

  function resize() {
    field.style.height = "auto";
    field.style.height = Math.min(field.scrollHeight + 2, 160) + "px";
  }

  document.addEventListener("click", function (event) {
    pressed = event.target.closest ? event.target.closest("button") : null;
  });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-chat")) return;
    event.preventDefault();
    if (!isSending) send(form, event.submitter || (pressed && pressed.form === form ? pressed : null));
    pressed = null;
  });

  field.addEventListener("input", resize);
  field.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (field.value.trim() && !isSending) send(document.getElementById("ask"), null);
  });

  if (number(list, "data-revision")) {
    listen();
    window.scrollTo(0, document.documentElement.scrollHeight);
  }
})();
