// Asks our own address how far an order is, and says it; the page reloads by itself without this script.
"use strict";
(() => {
  const box = document.querySelector("[data-progress]");
  if (!box) return;
  const bar = box.querySelector("progress");
  const words = box.querySelector("[aria-live]");
  const address = box.dataset.progress;
  const first = box.dataset.state;
  let pause = 1500;
  const look = async () => {
    try {
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (found.state !== first || !found.moving) { location.reload(); return; }
      if (bar && found.total > 0) { bar.max = found.total; bar.value = found.done; }
      if (words.textContent !== found.text) words.textContent = found.text;
      pause = 1500;
    } catch {
      pause = Math.min(pause * 2, 30000);
    }
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
})();
