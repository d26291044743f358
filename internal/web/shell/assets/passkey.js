// Fingerprint or face, where a form asks for it: the device's answer goes into
// the form's hidden fields, and the form is sent as any other. The page says what
// went wrong in words that stand in the form.
const forms = document.querySelectorAll("form[data-passkey]");
const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const random = (n) => crypto.getRandomValues(new Uint8Array(n));

const possible = async () => {
	try {
		return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
	} catch {
		return false;
	}
};

const answer = (credential) => credential.getClientExtensionResults().prf?.results?.first;

const ask = async (id, extensions) => answer(await navigator.credentials.get({ publicKey: {
	challenge: random(32), userVerification: "required", extensions,
	allowCredentials: [{ type: "public-key", id, transports: ["internal"] }],
} }));

const add = async (extensions) => {
	const made = await navigator.credentials.create({ publicKey: {
		rp: { name: "Evenkeel" }, user: { id: random(16), name: "Evenkeel", displayName: "Evenkeel" },
		challenge: random(32), pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
		authenticatorSelection: { authenticatorAttachment: "platform", residentKey: "required", userVerification: "required" },
		extensions,
	} });
	// Some devices answer only once they are asked for what they just made.
	return { id: made.rawId, secret: answer(made) ?? await ask(made.rawId, extensions) };
};

for (const form of forms) {
	const { said, credential, secret } = Object.fromEntries([...form.querySelectorAll("[data-of]")].map((e) => [e.dataset.of, e]));
	possible().then((yes) => {
		form.hidden = !yes;
		const none = document.getElementById(form.dataset.none);
		if (none) none.hidden = yes;
	});
	form.addEventListener("submit", async (e) => {
		e.preventDefault();
		e.stopPropagation(); // it is not on its way yet
		said.textContent = "";
		const extensions = { prf: { eval: { first: new TextEncoder().encode(form.dataset.input) } } };
		try {
			if (form.dataset.passkey === "add") {
				const made = await add(extensions);
				if (made.secret) credential.value = text(made.id);
				secret.value = made.secret ? text(made.secret) : "";
			} else {
				const got = await ask(bytes(credential.value), extensions);
				secret.value = got ? text(got) : "";
			}
		} catch {
			said.textContent = form.dataset.refused;
			return;
		}
		if (!secret.value) said.textContent = form.dataset.without;
		else form.submit();
	});
}
