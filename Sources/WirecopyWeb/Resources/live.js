// Keeps a page up to date: puts the texts of events into the places that are named for them.
(() => {
  "use strict";
  const events = document.body.dataset.events;
  if (!events || !("EventSource" in window)) return;

  const show = (look) => {
    for (const place of document.querySelectorAll("[data-live]")) {
      const text = look.text[place.dataset.live];
      if (text !== undefined && place.textContent !== text) place.textContent = text;
    }
    for (const line of document.querySelectorAll("[data-live-line]")) {
      const points = look.line[line.dataset.liveLine];
      if (points !== undefined) line.setAttribute("points", points);
    }
    for (const light of document.querySelectorAll("[data-live-state]")) {
      light.dataset.state = look.text[light.dataset.liveState];
    }
  };

  let source;
  const button = document.createElement("button");
  const follow = () => {
    source = new EventSource(events);
    source.addEventListener("look", (event) => show(JSON.parse(event.data)));
    button.textContent = "Pause updates";
    button.setAttribute("aria-pressed", "false");
  };
  const rest = () => {
    source.close();
    source = undefined;
    button.textContent = "Follow again";
    button.setAttribute("aria-pressed", "true");
  };
  button.type = "button";
  button.className = "pause";
  button.addEventListener("click", () => (source ? rest() : follow()));
  document.querySelector(".health")?.append(button);
  window.addEventListener("pagehide", () => source?.close());
  follow();
})();
