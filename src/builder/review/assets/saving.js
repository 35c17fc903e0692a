const status = document.getElementById("saved");
const kept = [];
let failed = null;

function say(text, kind = "") {
  status.textContent = text;
  status.className = kind;
}

/** The part of a row that every decision on it repeats. */
function anchorFields(item) {
  const names = ["table", "article_id", "article_sha256", "start", "end", "text", "prefix", "suffix", "seen", "source"];
  return Object.fromEntries(names.filter((name) => item[name] !== undefined).map((name) => [name, item[name]]));
}

/** Saves a decision; it counts only when the server says that it is on disk. */
async function save(fields) {
  const decision = { ...fields };
  if (DATA.options.sample) decision.sample = DATA.options.sample;
  if (BLIND) decision.blind = true;
  if (!DATA.post) return keep(decision);
  say("Saving…");
  try {
    const answer = await fetch(DATA.post, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(decision),
    });
    const content = await answer.json();
    if (!answer.ok) throw new Error(content.error);
    failed = null;
    say(`Saved: ${decision.verdict}`, "good");
    return remember(content.saved) ?? true;
  } catch (error) {
    failed = decision;
    say(`NOT saved: ${error.message || "the server does not answer; start builder review again"}`, "bad");
    return null;
  }
}

/** Without a server, decisions stay in the page until they are downloaded. */
function keep(decision) {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  const own = {
    id: `${DATA.coder}.${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`,
    time: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    coder: DATA.coder,
    builder: DATA.builder,
  };
  const whole = { ...own, ...decision };
  kept.push(whole);
  say(`${plural(kept.length, "decision")} in this page, not downloaded yet`);
  return remember(whole) ?? true;
}

function download() {
  const lines = [...DATA.mine, ...kept].map((decision) => `${JSON.stringify(decision)}\n`).join("");
  const address = URL.createObjectURL(new Blob([lines], { type: "application/x-ndjson" }));
  const link = element("a", { href: address, download: `${DATA.coder}.jsonl` });
  document.body.append(link);
  link.click();
  link.remove();
  DATA.mine.push(...kept.splice(0));
  say(`Downloaded as ${DATA.coder}.jsonl; put it into the folder coding/`, "good");
}

addEventListener("beforeunload", (event) => {
  if (kept.length || failed) event.preventDefault();
});
