// Comfort for the running order: times and spare minutes follow while minutes are typed. The server reckons the same.
const form = document.querySelector("form[data-agenda]");

function clock(minutes) {
  const day = ((minutes % 1440) + 1440) % 1440;
  return `${String(Math.floor(day / 60)).padStart(2, "0")}:${String(day % 60).padStart(2, "0")}`;
}

function reckon() {
  const [hour, minute] = (form.dataset.start || "0:0").split(":").map(Number);
  const taken = new Map();
  for (const row of form.querySelectorAll("tr[data-day]")) {
    const before = taken.get(row.dataset.day) ?? 0;
    const typed = Number.parseInt(row.querySelector("input.minutes").value, 10);
    row.querySelector("[data-starts]").textContent = clock(hour * 60 + minute + before);
    taken.set(row.dataset.day, before + (Number.isNaN(typed) ? 0 : typed));
  }
  for (const [day, minutes] of taken) show(day, Number(form.dataset.minutes) - minutes);
}

function show(day, spare) {
  const place = form.querySelector(`[data-spare="${day}"] .spare`);
  const kind = spare < 0 ? "over" : spare === 0 ? "exact" : "spare";
  const mark = document.createElement("span");
  mark.setAttribute("aria-hidden", "true");
  mark.textContent = { over: "▲", exact: "✓", spare: "○" }[kind];
  place.className = kind === "spare" ? "spare" : `spare ${kind}`;
  place.replaceChildren(mark, ` ${form.dataset[kind].replace("{minutes}", Math.abs(spare))}`);
}

form?.addEventListener("input", reckon);
