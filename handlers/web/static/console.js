// The console's keys, texts that outlive a lost session, and news of what others do. Every page works without it.
"use strict";

const KEPT = "console:";
const inField = (element) => element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
const rows = () => [...document.querySelectorAll("[data-row] > a")];

function step(by) {
  const links = rows();
  if (!links.length) return false;
  const row = document.activeElement.closest("[data-row]");
  const now = row ? links.indexOf(row.querySelector("a")) : by > 0 ? -1 : 0;
  links[Math.min(links.length - 1, Math.max(0, now + by))].focus();
  return true;
}

function use(target) {
  if (target.tagName === "SUMMARY") {
    target.parentElement.open = true;
    (target.parentElement.querySelector("input:checked") || target).focus();
  } else if (inField(target)) {
    target.focus();
    target.scrollIntoView({ block: "center" });
    if (target.type === "search") target.select();
  } else target.click();
}

function pressed(event) {
  const field = inField(event.target);
  if (field && event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector("button[name=act], button"));
  } else if (field && event.key === "Escape") {
    event.target.blur();
  } else if (!field && !event.ctrlKey && !event.metaKey && !event.altKey && !document.querySelector("dialog[open]")) {
    if (act(event.key)) event.preventDefault();
  }
}

function act(key) {
  if (key === "?") return void document.getElementById("keys")?.showModal() ?? true;
  if (key === "j" && step(1)) return true;
  if (key === "k" && step(-1)) return true;
  if (key === "x") {
    const tick = document.activeElement.closest("[data-row]")?.querySelector("input[type=checkbox]");
    if (tick) tick.checked = !tick.checked;
    return Boolean(tick);
  }
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (target) use(target);
  return Boolean(target);
}

function keep(field) {
  const name = KEPT + field.dataset.keep;
  const kept = localStorage.getItem(name);
  if (kept && !field.value) {
    field.value = kept;
    const restored = document.getElementById("restored");
    if (restored && field.id === "words") restored.hidden = false;
  }
  field.addEventListener("input", () => {
    if (field.value) localStorage.setItem(name, field.value);
    else localStorage.removeItem(name);
  });
}

function forget() {
  for (const { dataset } of document.querySelectorAll("[data-forget]")) {
    localStorage.removeItem(KEPT + dataset.forget);
    localStorage.removeItem(`${KEPT}back-${dataset.forget}`);
  }
  if (document.querySelector("[data-forget-all]")) {
    Object.keys(localStorage).filter((name) => name.startsWith(KEPT)).forEach((name) => localStorage.removeItem(name));
  }
}

async function refresh() {
  const list = document.querySelector("[data-live]");
  const answer = await fetch(location.href, { headers: { Accept: "text/html", "X-Console-Refresh": "1" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const ticked = new Set([...list.querySelectorAll("input:checked")].map((tick) => tick.value));
  const at = document.activeElement.closest("[data-row]")?.querySelector("input").value;
  const onTick = document.activeElement.matches("input[type=checkbox]");
  list.replaceChildren(...page.querySelector("[data-live]").children);
  for (const tick of list.querySelectorAll("input[type=checkbox]")) {
    tick.checked = ticked.has(tick.value);
    if (tick.value === at) (onTick ? tick : tick.nextElementSibling).focus();
  }
  for (const part of [".heading h1", ".tabs"]) {
    document.querySelector(part).replaceChildren(...page.querySelector(part).childNodes);
  }
  const nothing = document.getElementById("nothing");
  if (nothing) nothing.hidden = list.children.length > 0;
}

function listen() {
  const list = document.querySelector("[data-live]");
  const shown = document.querySelector("[data-group]");
  if (!list && !shown) return;
  const wanted = shown ? `?group=${shown.dataset.group}&revision=${shown.dataset.revision}` : "";
  const events = new EventSource(`/console/events${wanted}`);
  events.addEventListener("changed", () => {
    if (list) refresh();
    else document.getElementById("changed").hidden = false;
  });
  addEventListener("pagehide", () => events.close());
}

document.addEventListener("keydown", pressed);
for (const opener of document.querySelectorAll("[data-show]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => document.getElementById(opener.dataset.show).showModal());
}
for (const link of document.querySelectorAll("[data-reply]")) {
  link.addEventListener("click", (event) => {
    const field = document.getElementById("words");
    event.preventDefault();
    field.value = link.dataset.reply;
    field.dispatchEvent(new Event("input"));
    field.focus();
  });
}
forget();
document.querySelectorAll("[data-keep]").forEach(keep);
if (document.querySelector("[data-begin]")) step(1);
document.querySelector("[autofocus]")?.focus();
document.getElementById("problem")?.scrollIntoView({ block: "center" });
listen();
