// Help stays at hand when the app is not running.
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js").catch(() => {});

// A refused form begins where it is to be mended, but for words of danger, whose
// answer stands first and stays in view.
if (!document.querySelector("main > .danger")) document.getElementById("problem")?.focus();

for (const button of document.querySelectorAll("[data-print]")) {
	button.hidden = false;
	button.addEventListener("click", () => print());
}

// One save per tap: a second one while the first is on its way would log twice.
addEventListener("submit", (e) => {
	const form = e.target;
	if (e.defaultPrevented || form.method !== "post" || form.action.endsWith("/backup")) return;
	if (form.dataset.sent) e.preventDefault();
	form.dataset.sent = "1";
});
addEventListener("pageshow", (e) => {
	for (const form of document.forms) delete form.dataset.sent;
	// A page that the browser kept and shows again is a fresh one: what is sent
	// from it now is not what was sent before.
	if (e.persisted) for (const field of document.querySelectorAll("input[name=once]")) field.value = crypto.randomUUID().replaceAll("-", "");
});

// The bar beside an urge fills while somebody waits; without this the link does.
const wait = document.querySelector("[data-wait]");
if (wait) setInterval(() => { wait.value = Math.min(wait.max, wait.value + 1); }, 1000);
