// The charts, the sources of figures, light and dark, and the width on paper. No address is ever asked.
"use strict";
(() => {
  const root = document.documentElement;
  const paper = root.dataset.print === "1";
  const figures = JSON.parse(document.getElementById("figures").textContent);
  const options = { displayModeBar: false, responsive: !paper, staticPlot: paper };
  const narrow = root.clientWidth < 640;
  if (narrow && !paper) Object.values(figures).forEach((figure) => { figure.layout.xaxis.nticks = 4; });
  const drawn = Object.entries(figures).map(([id, figure]) =>
    Plotly.newPlot(id, figure.data, figure.layout, options));
  window.ready = Promise.all(drawn);

  const charts = () => document.querySelectorAll(".chart.js-plotly-plot");
  window.addEventListener("beforeprint", () => {
    if (!paper) charts().forEach((chart) => Plotly.relayout(chart, { autosize: false, width: 640 }));
  });
  window.addEventListener("afterprint", () => {
    if (!paper) charts().forEach((chart) => Plotly.relayout(chart, { autosize: true, width: null }));
  });

  const button = document.getElementById("theme");
  const dark = () => root.dataset.theme
    ? root.dataset.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  if (button) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(dark()));
    button.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      button.setAttribute("aria-pressed", String(dark()));
    });
  }

  const tip = document.getElementById("tip");
  if (!tip) return;
  const hide = () => { tip.hidden = true; };
  const show = (fact) => {
    tip.textContent = document.getElementById(fact.getAttribute("aria-describedby")).textContent;
    tip.hidden = false;
    const at = fact.getBoundingClientRect();
    const left = Math.min(Math.max(at.left, 8), root.clientWidth - tip.offsetWidth - 8);
    const above = at.bottom + tip.offsetHeight + 12 > root.clientHeight;
    tip.style.left = `${left}px`;
    tip.style.top = `${above ? at.top - tip.offsetHeight - 6 : at.bottom + 6}px`;
  };
  const factAt = (event) => event.target.closest ? event.target.closest("a.fact") : null;
  let touched = null;
  document.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch" ? factAt(event) : null; });
  document.addEventListener("pointerover", (event) => { const fact = factAt(event); if (fact) show(fact); else hide(); });
  document.addEventListener("focusin", (event) => { const fact = factAt(event); if (fact) show(fact); else hide(); });
  document.addEventListener("click", (event) => {
    const fact = factAt(event);
    if (fact && fact === touched) { event.preventDefault(); show(fact); } else hide();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  window.addEventListener("scroll", hide, { passive: true });
})();
