// Keeps the Help page and what it needs, and nothing else: no page with
// anything of a person on it ever goes into this cache.
const cacheName = "CACHE-NAME";
const files = "FILES";

addEventListener("install", (e) => {
	e.waitUntil((async () => {
		const cache = await caches.open(cacheName);
		await cache.addAll(files);
		// Without the cookie: the page as somebody sees it who was not let in.
		await cache.put("/help", await fetch("/help", { credentials: "omit", cache: "no-store" }));
		await skipWaiting();
	})());
});

addEventListener("activate", (e) => {
	e.waitUntil((async () => {
		for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name);
		await clients.claim();
	})());
});

addEventListener("fetch", (e) => {
	const url = new URL(e.request.url);
	// A link that lets in is the browser's own to open: it takes no strict
	// cookie from here when the link stood elsewhere.
	if (e.request.method !== "GET" || url.origin !== location.origin || url.pathname === "/open") return;
	if (e.request.mode === "navigate") {
		// The app itself first; Help when it does not answer.
		e.respondWith(fetch(e.request).catch(async () => (await caches.match("/help")) || Response.error()));
	} else if (url.pathname.startsWith("/assets/")) {
		e.respondWith((async () => (await caches.match(e.request)) || fetch(e.request))());
	}
});
