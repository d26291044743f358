// Shows what a SMART Health Link leads to. The key stands behind the '#' of this
// page's address, which no browser sends; what is fetched is opened here, and shown
// as text: nothing of a foreign file becomes part of this page as it is.
const texts = "TEXTS";
let words = texts[navigator.language.slice(0, 2)] ?? texts.en;
const main = document.getElementById("main");

// el makes an element of our own; strings become text.
const el = (name, props = {}, ...children) => {
	const e = Object.assign(document.createElement(name), props);
	e.append(...children.filter((c) => c != null));
	return e;
};
const said = (text) => el("p", { className: "said", role: "alert" }, text);

// Trouble is what can be said of what went wrong: a key of the texts.
class Trouble extends Error {}
const trouble = (key) => { throw new Trouble(key); };

const bytesOf = (text) => {
	if (!/^[A-Za-z0-9_-]*$/.test(text)) trouble("damaged");
	return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
};
const utf8 = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

// link reads a link, with or without an address in front, or the bare key of a file
// that was handed over; null where there is neither.
const link = (text) => {
	const at = text.indexOf("shlink:/");
	if (at < 0) return /^[A-Za-z0-9_-]{43}$/.test(text.trim()) ? { url: "", key: bytesOf(text.trim()), exp: 0, flag: "U", label: "" } : null;
	let l;
	try {
		l = JSON.parse(utf8(bytesOf(text.slice(at + 8).trim())));
	} catch {
		trouble("not_a_link");
	}
	if (typeof l.url !== "string" || typeof l.key !== "string" || (l.v ?? 1) !== 1) trouble("not_a_link");
	const flag = typeof l.flag === "string" ? l.flag : "";
	return { url: l.url, key: bytesOf(l.key), exp: Number(l.exp) || 0, flag, label: typeof l.label === "string" ? l.label.slice(0, 80) : "" };
};

// Without TLS only this computer is asked.
const reachable = (address) => {
	let url;
	try {
		url = new URL(address);
	} catch {
		trouble("not_a_link");
	}
	const here = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
	if (url.protocol !== "https:" && !(url.protocol === "http:" && here) || url.username || url.password) trouble("not_a_link");
	return url;
};

const most = 8 << 20; // bytes of a file, packed or not
const read = async (stream) => {
	const parts = [];
	let size = 0;
	for (const reader = stream.getReader(); ;) {
		const { done, value } = await reader.read();
		if (done) break;
		if ((size += value.length) > most) {
			await reader.cancel();
			trouble("too_big");
		}
		parts.push(value);
	}
	return new Uint8Array(await new Blob(parts).arrayBuffer());
};

const ask = async (url, options) => {
	let answer;
	try {
		answer = await fetch(url, { ...options, cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(60000) });
	} catch {
		trouble("unreachable");
	}
	if (answer.status === 404 || answer.status === 410) trouble("ended");
	if (answer.status === 429) trouble("too_fast");
	if (answer.status === 401) trouble("passcode");
	if (!answer.ok) trouble("unreachable");
	try {
		return utf8(await read(answer.body));
	} catch (error) {
		throw error instanceof Trouble ? error : new Trouble("unreachable");
	}
};

// open decrypts one compact JWE: {type, bytes}.
const open = async (jwe, key) => {
	const [head, , iv, sealed, tag, rest] = jwe.trim().split(".");
	let h;
	try {
		h = JSON.parse(utf8(bytesOf(head)));
	} catch {
		trouble("damaged");
	}
	if (!tag || rest !== undefined || h.alg !== "dir" || h.enc !== "A256GCM" || key.length !== 32) trouble("damaged");
	let plain;
	try {
		const k = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
		const both = await new Blob([bytesOf(sealed), bytesOf(tag)]).arrayBuffer();
		plain = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytesOf(iv), additionalData: new TextEncoder().encode(head) }, k, both));
	} catch {
		trouble("wrong_key");
	}
	if (h.zip === "DEF") {
		try {
			plain = await read(new Blob([plain]).stream().pipeThrough(new DecompressionStream("deflate-raw")));
		} catch (error) {
			throw error instanceof Trouble ? error : new Trouble("damaged");
		}
	} else if (h.zip !== undefined) trouble("damaged");
	return { type: typeof h.cty === "string" ? h.cty : "", bytes: plain };
};

// files fetches what a link leads to.
const files = async (l, recipient) => {
	const url = reachable(l.url);
	if (l.flag.includes("U")) {
		url.searchParams.set("recipient", recipient);
		return [await open(await ask(url), l.key)];
	}
	let list;
	try {
		list = JSON.parse(await ask(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ recipient }) })).files;
	} catch (error) {
		throw error instanceof Trouble ? error : new Trouble("damaged");
	}
	if (!Array.isArray(list)) trouble("damaged");
	const opened = [];
	for (const f of list.slice(0, 20)) opened.push(await open(f.embedded ?? await ask(reachable(f.location)), l.key));
	return opened;
};

// narrative copies a narrative's text and structure, and nothing else of it. Parsed
// this way it is never part of a page: no script of it runs and nothing is loaded.
const kept = new Set(["p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "b", "strong", "i", "em", "br", "h3", "h4", "dl", "dt", "dd"]);
const dropped = new Set(["script", "style", "head", "title", "iframe", "object", "template", "noscript"]);
const copy = (from, to, depth = 0) => {
	if (depth > 40) return;
	for (const n of from.childNodes) {
		if (n.nodeType === Node.TEXT_NODE) to.append(n.data);
		if (n.nodeType !== Node.ELEMENT_NODE) continue;
		const name = n.localName;
		if (dropped.has(name)) continue;
		if (!kept.has(name)) { copy(n, to, depth + 1); if (name === "div") to.append(" "); continue; }
		const e = document.createElement(name);
		copy(n, e, depth + 1);
		to.append(name === "table" ? el("div", { className: "wide", tabIndex: 0, role: "region", ariaLabel: words.table }, e) : e);
	}
};
const narrative = (div) => {
	const to = el("div");
	copy(new DOMParser().parseFromString(String(div), "text/html").body, to);
	return to;
};

const sections = (list, to, level = 2) => {
	for (const s of Array.isArray(list) ? list : []) {
		if (typeof s?.title === "string") to.append(el("h" + level, {}, s.title));
		if (s?.text?.div) to.append(narrative(s.text.div));
		else if (s?.emptyReason) to.append(el("p", { className: "soft" }, words.empty));
		if (s?.section && level < 3) sections(s.section, to, level + 1);
	}
};

// show draws what was opened.
const show = (opened) => {
	const parts = [];
	for (const { type, bytes } of opened) {
		const text = utf8(bytes);
		let bundle = null;
		if (type.startsWith("application/fhir+json") || type === "") try { bundle = JSON.parse(text); } catch { trouble("damaged"); }
		const doc = bundle?.entry?.map((e) => e?.resource).find((r) => r?.resourceType === "Composition") ?? null;
		const part = el("section");
		if (doc) {
			if (typeof doc.title === "string") part.append(el("h1", {}, doc.title));
			if (typeof doc.date === "string") part.append(el("p", { className: "soft" }, words.made + " " + doc.date.slice(0, 16).replace("T", " ")));
			if (doc.text?.div) part.append(narrative(doc.text.div));
			sections(doc.section, part);
		} else {
			part.append(el("h1", {}, words.other_file), el("p", {}, words.other_file_said));
		}
		const raw = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
		part.append(el("p", { className: "keep" }, el("a", { className: "button", href: raw, download: "shared.json" }, words.keep)));
		part.append(el("details", {}, el("summary", {}, words.raw), el("pre", {}, bundle ? JSON.stringify(bundle, null, "\t") : text)));
		parts.push(part);
	}
	draw(...parts);
	main.querySelector("h1")?.setAttribute("tabindex", "-1");
	main.querySelector("h1")?.focus();
};

let again = () => {};
const draw = (...parts) => {
	const other = el("button", { type: "button", className: "quiet", lang: words.other_tag }, words.other_language);
	other.onclick = () => { words = texts[words.other_tag]; again(); };
	document.documentElement.lang = words.tag;
	document.title = words.title;
	main.replaceChildren(el("header", {}, el("strong", {}, "Evenkeel"), other), ...parts.filter((p) => p != null));
};

const attempt = async (what, redo) => {
	draw(el("h1", {}, words.title), el("p", { role: "status" }, words.opening));
	try {
		const opened = await what();
		again = () => show(opened);
		again();
	} catch (error) {
		if (!(error instanceof Trouble)) console.error(error.name);
		const key = error instanceof Trouble ? error.message : "damaged";
		again = () => redo(key);
		again();
	}
};

// asking shows the form of a link: who opens it is told to whoever shared it.
const asking = (l, problem, name = "") => {
	const who = el("input", { id: "who", required: true, maxLength: 80, autocomplete: "name", value: name });
	const form = el("form", {}, el("label", { htmlFor: "who" }, words.who), who, el("p", { className: "soft" }, words.who_said), el("button", {}, words.open));
	form.onsubmit = (e) => {
		e.preventDefault();
		attempt(() => files(l, who.value.trim()), (key) => asking(l, key, who.value));
	};
	const over = l.exp > 0 && l.exp * 1000 < Date.now();
	draw(el("h1", {}, l.label || words.title), problem ? said(words[problem]) : null, over && !problem ? said(words.expired) : null,
		el("p", {}, words.about), l.flag.includes("P") ? said(words.passcode) : form);
};

// choosing is for a file, or a link that is pasted.
const choosing = (problem) => {
	const file = el("input", { id: "file", type: "file" });
	const key = el("input", { id: "link", autocomplete: "off", spellcheck: false, required: true });
	const form = el("form", {}, el("label", { htmlFor: "link" }, words.link), key, el("label", { htmlFor: "file" }, words.file), file, el("p", { className: "soft" }, words.file_said), el("button", {}, words.open));
	form.onsubmit = async (e) => {
		e.preventDefault();
		let l;
		try {
			l = link(key.value) ?? trouble("not_a_link");
		} catch (error) {
			return choosing(error.message);
		}
		if (!file.files.length) return l.url ? begin(l) : choosing("choose_file");
		const chosen = file.files[0];
		attempt(async () => [await open(chosen.size > 2 * most ? trouble("too_big") : await chosen.text(), l.key)], choosing);
	};
	draw(el("h1", {}, words.title), problem ? said(words[problem]) : null, el("p", {}, words.about), form);
};

const begin = (l) => { again = () => asking(l); again(); };
const start = () => {
	let l = null, problem;
	try {
		l = link(decodeURI(location.hash));
	} catch (error) {
		problem = error instanceof Trouble ? error.message : "not_a_link";
	}
	if (l) return begin(l);
	again = () => choosing(problem);
	again();
};
addEventListener("hashchange", start);
start();
