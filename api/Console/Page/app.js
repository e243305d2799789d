import { get, onRefusal, signIn, signOut, Problem } from "./api.js";
import { audit } from "./audit.js";
import { learn } from "./clock.js";
import { cluster } from "./cluster.js";
import { show } from "./dom.js";
import { follow, stop } from "./live.js";
import { organization, organizations } from "./organizations.js";
import { overview } from "./overview.js";
import { problemText, tellAnew } from "./parts.js";
import { ring, rings } from "./rings.js";
import { settings } from "./settings.js";

const pages = { overview: [overview], rings: [rings, ring], organizations: [organizations, organization], audit: [audit], cluster: [cluster], settings: [settings] };
const liveWords = { opening: "Connecting", live: "Live", away: "Reconnecting" };

const at = id => document.getElementById(id);
let leaving = new AbortController();
let inside = false;

/** Shows the page that the address names. */
function go({ focus = true } = {}) {
  if (!inside) return;
  leaving.abort();
  leaving = new AbortController();
  const [name, ...names] = location.hash.replace(/^#\//, "").split("/").map(part => decodeURIComponent(part));
  const page = pages[name]?.[names.length] ?? overview;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#/${page === overview ? "overview" : name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  show(at("main"));
  page(at("main"), leaving.signal, ...names);
  const title = at("main").querySelector("h1");
  document.title = `${title?.textContent ?? "Console"} · Tumbler console`;
  if (focus) title?.focus();
  window.scrollTo(0, 0);
}

function leave(problem) {
  inside = false;
  stop();
  signOut();
  leaving.abort();
  for (const dialog of document.querySelectorAll("dialog")) dialog.close();
  show(at("main"));
  at("shell").hidden = true;
  at("live").textContent = "";
  at("sign-in").hidden = false;
  document.title = "Tumbler console";
  show(at("sign-in-problem"), problem && problemText(problem));
  at("credential").focus();
}

at("sign-in-form").addEventListener("submit", async event => {
  event.preventDefault();
  const button = event.submitter ?? event.target.querySelector("button");
  show(at("sign-in-problem"));
  button.disabled = true;
  try {
    await signIn(at("credential").value);
    const live = await get("health/live").catch(() => null);
    if (live) learn(live.time);
    at("credential").value = "";
    inside = true;
    at("sign-in").hidden = true;
    at("shell").hidden = false;
    follow(state => {
      at("live").textContent = liveWords[state];
      at("live").className = `live ${state === "live" ? "on" : state}`;
    });
    go();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    show(at("sign-in-problem"), problemText(problem));
    at("credential").select();
  } finally {
    button.disabled = false;
  }
});

at("sign-out").addEventListener("click", () => {
  // Nor does the address name what was looked at.
  history.replaceState(null, "", location.pathname);
  leave(null);
});
at("skip").addEventListener("click", () => at("main").querySelector("h1")?.focus());
addEventListener("hashchange", () => go());
setInterval(tellAnew, 5000);
onRefusal(problem => { if (inside) leave(problem); });
at("credential").focus();
