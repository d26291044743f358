// The router. It serves the files of one edition from its cache and hands every
// request of the frame to the worker that holds Go. A browser stops it whenever
// it is idle, so it holds nothing.
const edition = "EDITION";
const files = "FILES";
const cacheName = "evenkeel " + edition;
const assetsName = "evenkeel assets " + edition;

const tell = async (message) => {
	for (const client of await clients.matchAll({ type: "window", includeUncontrolled: true })) client.postMessage(message);
};

const hex = async (bytes) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((b) => b.toString(16).padStart(2, "0")).join("");

// One file, whole and as it was released, or an error.
const load = async (file, seen, signal) => {
	const answer = await fetch(file.from ?? file.path, { cache: "no-store", credentials: "omit", redirect: "error", signal });
	if (!answer.ok) throw new Error("not there");
	const counted = new TransformStream({ transform(part, to) { seen(part.byteLength); to.enqueue(part); } });
	const body = answer.body.pipeThrough(counted);
	const bytes = file.packed ? await unpacked(body) : await new Response(body).arrayBuffer();
	if ((await hex(bytes)) !== file.sum) throw new Error("not what was released");
	const headers = { "Content-Type": file.kind, "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin" };
	if (file.policy) headers["Content-Security-Policy"] = file.policy;
	return new Response(bytes, { headers });
};

const install = async () => {
	const cache = await caches.open(cacheName);
	const whole = files.reduce((n, f) => n + f.size, 0);
	let got = 0, told = -1;
	const seen = (n) => {
		got += n;
		const percent = Math.min(100, Math.floor(100 * got / whole));
		if (percent !== told && !registration.active) tell({ much: told = percent });
	};
	const others = new AbortController();
	await Promise.all(files.map(async (file) => cache.put(file.path, await load(file, seen, others.signal)))).catch((error) => {
		others.abort(); // what is still on its way is of no use, and would say that it loads
		throw error;
	});
	if (!registration.active) await skipWaiting(); // nothing is in use yet
};

addEventListener("install", (e) => e.waitUntil(install().catch(async (error) => {
	await caches.delete(cacheName);
	if (!registration.active) await tell({ broken: error.name === "QuotaExceededError" ? "full" : "unreachable" });
	throw error;
})));

addEventListener("activate", (e) => e.waitUntil((async () => {
	for (const name of await caches.keys()) if (name !== cacheName && name !== assetsName) await caches.delete(name);
	await clients.claim();
})()));

// The way to the worker that holds Go: one tab gave it. What waits for an answer
// is asked again when another tab takes over; a form that was saved before is
// known by its number and not saved twice.
let way = null;
let ways = [];
const waiting = new Map();
let count = 0;

const use = (port) => {
	way?.close();
	way = port;
	port.onmessage = ({ data }) => {
		waiting.get(data.id)?.done(data);
		waiting.delete(data.id);
	};
	for (const [id, one] of waiting) port.postMessage({ ...one.message, id });
	for (const done of ways) done();
	ways = [];
};

const ask = async (message, patience) => {
	const id = ++count;
	const answer = new Promise((done, fail) => {
		waiting.set(id, { message, done });
		setTimeout(() => { if (waiting.delete(id)) fail(new Error("no answer")); }, patience);
	});
	if (way) way.postMessage({ ...message, id });
	else await tell({ need: true });
	return answer;
};

addEventListener("message", (e) => e.waitUntil((async () => {
	const { data, source } = e;
	if (data.take) return skipWaiting();
	if (data.claim) return clients.claim();
	if (data.port) use(data.port);
	const reply = { done: data.id, edition };
	if (data.ping) Object.assign(reply, await ask({ ping: true }, 8000).then(({ memory }) => ({ alive: true, memory }), () => ({})));
	if (data.id) source.postMessage(reply);
})()));

const own = new Set(files.map((f) => f.path));
const stored = async (path) => (await caches.match(path, { cacheName })) ?? Response.error();

// Text that another app shares comes as a form to a whole tab. It waits here, in
// memory, until the frame asks for the page of it; no address holds it. A page of
// another site that sends such a form is turned away.
let shared = null;
const share = async (e) => {
	const from = e.request.headers.get("Origin") ?? "null";
	if (from !== "null" && from !== location.origin) return Response.redirect("/", 303);
	const form = await e.request.formData();
	const words = ["title", "text", "url"].map((name) => [name, form.get(name)]).filter(([, value]) => typeof value === "string");
	// A browser stops a router that nothing waits for.
	e.waitUntil(new Promise((taken) => {
		shared = { body: new TextEncoder().encode(new URLSearchParams(words)), taken };
		setTimeout(taken, 120000);
	}));
	return Response.redirect("/share", 303);
};
const sharedPage = async (request) => {
	const { body, taken } = shared;
	shared = null;
	taken();
	const headers = { "Content-Type": "application/x-www-form-urlencoded", "Accept-Language": request.headers.get("Accept-Language") ?? "" };
	return answered({ method: "POST", url: request.url, destination: "iframe", headers: Object.entries(headers).flat(), body });
};

// A page of the app, from the worker that holds it.
const page = async (request) => {
	const body = request.method === "GET" || request.method === "HEAD" ? null : new Uint8Array(await request.arrayBuffer());
	const headers = [...request.headers].flat();
	return answered({ method: request.method, url: request.url, destination: request.destination, headers, body });
};
const answered = async (message) => {
	const answer = await ask(message, 120000);
	const list = [];
	for (let i = 0; i < answer.headers.length; i += 2) list.push([answer.headers[i], answer.headers[i + 1]]);
	const empty = [204, 303, 304].includes(answer.status);
	return new Response(empty ? null : answer.body, { status: answer.status, headers: list });
};

// Styles, scripts and the font of the pages have names that change with what is
// in them, and hold nothing of a person.
const asset = async (request) => {
	const cache = await caches.open(assetsName);
	const kept = await cache.match(request);
	if (kept) return kept;
	const answer = await page(request);
	if (answer.ok) await cache.put(request, answer.clone());
	return answer;
};

addEventListener("fetch", (e) => {
	const { request } = e;
	const url = new URL(request.url);
	if (url.origin !== location.origin) return;
	// What a host shows beside the app: the page of a link that somebody shared, and
	// what lies behind it.
	if (/^\/(view(\.js|\.css)?|s\/[0-9a-f]{64})$/.test(url.pathname)) return;
	// A host that gave this site keeps journals at the same address.
	if (url.pathname.startsWith("/v1/") && !request.destination) return;
	if (request.destination === "document") {
		// A form of another site that is sent to a whole tab changes nothing.
		if (request.method === "GET") e.respondWith(stored("/"));
		else e.respondWith(url.pathname === "/share" ? share(e) : Response.redirect("/", 303));
	} else if (shared && url.pathname === "/share" && request.destination === "iframe" && request.method === "GET") {
		e.respondWith(sharedPage(request));
	} else if (own.has(url.pathname) && request.destination !== "iframe") {
		e.respondWith(stored(url.pathname));
	} else if (url.pathname.startsWith("/assets/")) {
		e.respondWith(asset(request));
	} else {
		e.respondWith(page(request));
	}
});
