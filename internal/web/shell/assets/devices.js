// Pairing two devices: a code comes from the camera where the browser can read one,
// or with the address that a camera elsewhere opened; it is copied with one tap; and
// a page that shows a code sees when the other device has joined.
const form = document.querySelector("form[data-join]");

// A code in the address is for this page alone, and not for the history.
if (form) {
	const brought = location.hash.slice(1) || sessionStorage.getItem("evenkeel join");
	sessionStorage.removeItem("evenkeel join");
	if (/^[A-Za-z0-9_-]{64}$/.test(brought ?? "")) {
		form.elements.code.value = location.origin + "#" + brought;
		history.replaceState(history.state, "", location.pathname);
	}
}

const scan = form?.querySelector("[data-scan]");
if (scan && "BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia) {
	const [button, video, said] = ["button", "video", "[data-said]"].map((e) => scan.querySelector(e));
	const off = button.textContent;
	let stream = null;
	const end = () => {
		for (const track of stream?.getTracks() ?? []) track.stop();
		stream = null;
		video.hidden = true;
		button.textContent = off;
	};
	const look = async (detector) => {
		while (stream) {
			const found = await detector.detect(video).catch(() => []);
			if (stream && found.length) {
				form.elements.code.value = found[0].rawValue;
				end();
				form.querySelector("[type=submit]").focus();
			}
			await new Promise((done) => setTimeout(done, 200));
		}
	};
	scan.hidden = false;
	button.addEventListener("click", async () => {
		if (stream) return end();
		said.hidden = true;
		try {
			const detector = new BarcodeDetector({ formats: ["qr_code"] });
			stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
			video.srcObject = stream;
			video.hidden = false;
			button.textContent = button.dataset.on;
			await video.play();
			look(detector);
		} catch {
			end();
			said.textContent = said.dataset.refused;
			said.hidden = false;
		}
	});
	addEventListener("pagehide", end);
}

for (const code of document.querySelectorAll("[data-copy]")) {
	const button = document.createElement("button");
	button.type = "button";
	button.className = "button ghost";
	button.textContent = code.dataset.copy;
	button.addEventListener("click", async () => {
		await navigator.clipboard.writeText(code.textContent);
		button.textContent = code.dataset.copied;
	});
	code.after(button);
}

const poll = async () => {
	const part = document.querySelector("[data-poll]");
	if (!part) return;
	try {
		const answer = await fetch(part.dataset.fresh, { cache: "no-store" });
		if (answer.redirected) return location.reload(); // the journal has locked itself
		if (answer.ok) {
			const html = await answer.text(); // our own page, escaped there
			if (!html.includes("data-poll")) part.outerHTML = html;
		}
	} catch {
		// The app was stopped.
	}
	setTimeout(poll, 2000);
};
if (document.querySelector("[data-poll]")) setTimeout(poll, 2000);
