// The worker that holds Go: it starts the program and hands it the requests that
// the router sends.
importScripts("/wasm_exec.js");

let start;
const started = new Promise((done) => { start = done; });
globalThis.ready = () => { start(); postMessage({ ready: true }); };
globalThis.failed = (sentence) => postMessage({ failed: sentence });

const serve = (port) => {
	port.onmessage = async ({ data }) => {
		if (data.ping) return port.postMessage({ id: data.id, pong: true });
		await started;
		ask(data, (status, headers, body) => port.postMessage({ id: data.id, status, headers, body }, [body.buffer]));
	};
};

onmessage = ({ data }) => { if (data.port) serve(data.port); };

(async () => {
	const go = new Go();
	const { instance } = await WebAssembly.instantiateStreaming(fetch("/app.wasm"), go.importObject);
	await go.run(instance);
})().catch(() => { throw new Error("the app could not be started"); });
