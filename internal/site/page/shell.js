// The page that never unloads. It starts the router (worker.js), lets one tab of
// all own the worker that holds Go and the key (go.js), and shows the pages in a
// frame. It keeps nothing and knows nothing of what is on them.
const edition = "EDITION";
const texts = "TEXTS";
const language = (navigator.languages ?? []).map((l) => l.slice(0, 2)).find((l) => l in texts) ?? "en";
const t = texts[language];
document.documentElement.lang = language;
document.querySelector("link[rel=manifest]").href = "/" + language + ".webmanifest";

const wait = document.getElementById("wait");
const said = document.getElementById("said");
const much = document.getElementById("much");
const again = document.getElementById("again");
let frame = null;

const say = (text) => { said.textContent = text; };
const stop = (text, retry = true) => {
	say(text);
	much.hidden = true;
	again.hidden = !retry;
	wait.hidden = false;
	if (frame) frame.hidden = true;
};
again.textContent = t.again;
again.addEventListener("click", () => location.reload());

// What this page needs of a browser; without it there is one sentence.
const missing = () => {
	if (!isSecureContext) return t.insecure;
	const there = "serviceWorker" in navigator && typeof WebAssembly === "object" && navigator.locks && navigator.storage?.getDirectory;
	return there ? "" : t.missing;
};

// The router answers each of these with an event of the same number.
let count = 0;
const asked = new Map();
const ask = (message, transfer = []) => new Promise((done) => {
	const id = ++count;
	asked.set(id, done);
	navigator.serviceWorker.controller?.postMessage({ ...message, id }, transfer);
});

// The worker that holds Go. Only the tab that holds the lock has one, so that
// two tabs look at one journal as two windows do; when that tab goes, the next
// one takes over.
let engine = null;
let giveUp = null;
const startEngine = () => new Promise((done) => {
	engine = new Worker("/go.js", { name: "evenkeel" });
	engine.onmessage = ({ data }) => {
		if (data.ready) done(true);
		if (data.failed) { stop(data.failed); done(false); }
	};
	engine.onerror = () => { stop(t.broken); done(false); };
	engine.postMessage({ begin: true });
});
const connect = async () => {
	const { port1, port2 } = new MessageChannel();
	engine.postMessage({ port: port1 }, [port1]);
	await ask({ port: port2 }, [port2]); // the frame must not be quicker than this
};
const lead = (options) => navigator.locks.request("evenkeel engine", options, async () => {
	if (!(await startEngine())) return;
	await connect();
	show();
	await new Promise((done) => { giveUp = done; });
}).catch(() => {
	// Another tab took over while this one was suspended.
	engine?.terminate();
	engine = null;
	lead({});
});

// A code by which this device joins another one's journal comes as the part of an
// address that no host sees. It waits for the page of it, past a lock, and leaves
// the history.
const invited = () => {
	const code = location.pathname === "/" && /^#[A-Za-z0-9_-]{64}$/.test(location.hash) ? location.hash.slice(1) : null;
	if (!code) return null;
	sessionStorage.setItem("evenkeel join", code);
	history.replaceState(history.state, "", "/settings/devices/join");
	return "/settings/devices/join";
};

// The frame, and what it would tell a browser by itself.
const show = () => {
	if (frame) return;
	frame = document.createElement("iframe");
	frame.title = "Evenkeel";
	frame.name = "evenkeel";
	frame.allow = "clipboard-write; camera";
	frame.src = invited() ?? location.pathname + location.search + location.hash;
	frame.addEventListener("load", shown);
	document.body.append(frame);
};
const shown = () => {
	const inside = frame.contentWindow;
	let place;
	try { place = inside.location; } catch { return; }
	if (place.origin !== location.origin || place.href === "about:blank") return;
	wait.hidden = true;
	frame.hidden = false;
	document.title = inside.document.title;
	document.documentElement.lang = inside.document.documentElement.lang || language;
	history.replaceState(history.state, "", place.pathname + place.search + place.hash);
	if (document.activeElement !== frame) frame.focus();
	inside.addEventListener("hashchange", shown);
	inside.document.addEventListener("click", outward, true);
};
// A link to another site has no place in the frame, where no site lets itself
// be shown.
const outward = (e) => {
	const link = e.target.closest?.("a[href]");
	if (link && /^https?:$/.test(link.protocol) && link.origin !== location.origin) {
		link.target = "_blank";
		link.rel = "noopener noreferrer";
	}
};

// An update waits until the person takes it, and comes whole or not at all.
const update = document.getElementById("update");
const offer = (registration) => {
	if (!registration.waiting || !registration.active) return;
	update.setAttribute("aria-label", t.update);
	update.querySelector("p").textContent = t.update;
	const [take, later] = update.querySelectorAll("button");
	take.textContent = t.take;
	later.textContent = t.later;
	take.onclick = () => {
		navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
		registration.waiting?.postMessage({ take: true });
	};
	later.onclick = () => { update.hidden = true; };
	update.hidden = false;
};

const begin = async () => {
	const lacks = missing();
	if (lacks) return stop(lacks, false);
	say(t.starting);
	navigator.serviceWorker.onmessage = ({ data }) => {
		if (data.need && engine && giveUp) connect();
		if (data.much !== undefined) {
			much.hidden = false;
			much.value = data.much;
			say(t.loading);
		}
		if (data.broken) stop(t[data.broken] ?? t.broken);
		if (data.done) {
			asked.get(data.done)?.(data);
			asked.delete(data.done);
		}
	};
	navigator.serviceWorker.startMessages();
	let registration;
	try {
		registration = await navigator.serviceWorker.register("/worker.js", { updateViaCache: "none" });
	} catch {
		// Offline, or the host is gone: what is here goes on by itself.
		registration = await navigator.serviceWorker.getRegistration();
		if (!registration?.active) return stop(t.unreachable);
	}
	registration.addEventListener("updatefound", () => {
		const fresh = registration.installing;
		fresh.addEventListener("statechange", () => {
			if (fresh.state === "installed") offer(registration);
			if (fresh.state === "redundant" && !registration.active && again.hidden) stop(t.unreachable); // the router said why where it could
		});
	});
	offer(registration);
	if (!navigator.serviceWorker.controller) {
		if (registration.active) registration.active.postMessage({ claim: true });
		await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
	}
	much.hidden = true;
	say(t.starting);
	const router = await ask({ hello: true });
	// The page came from the host and the router from before, or the other way
	// round: the router has a page of its own that fits it.
	if (router.edition !== edition && sessionStorage.getItem("reloaded") !== router.edition) {
		sessionStorage.setItem("reloaded", router.edition);
		return location.reload();
	}
	document.addEventListener("visibilitychange", () => { if (!document.hidden) registration.update().catch(() => {}); });
	lead({});
	follow();
};

// A tab without the worker shows its frame once another one's answers; if that
// one was suspended by its system and this one is looked at, this one takes over.
const follow = async () => {
	while (!engine) {
		const { alive } = await Promise.race([ask({ ping: true }), new Promise((done) => setTimeout(done, 10000, {}))]);
		if (engine) return;
		if (alive) show();
		else if (!document.hidden && alive === undefined) lead({ steal: true });
		await new Promise((done) => setTimeout(done, 5000));
	}
};

begin().catch(() => stop(t.broken));
