// The worker that holds Go: it starts the program and hands it the requests that
// the router sends. A second one of the same script does a single job, such as
// stretching a passphrase, and ends: memory that WebAssembly once had is given
// back only so.
importScripts("/wasm_exec.js");

// The host that the program may ask, where it is not the one that serves the site.
globalThis.host = "HOST";

let module;

let memory;

const run = async (args) => {
	const go = new Go();
	go.argv = ["pocket", ...args];
	const instance = await WebAssembly.instantiate(module, go.importObject);
	memory = instance.exports.mem;
	await go.run(instance);
};

let start;
const started = new Promise((done) => { start = done; });
globalThis.ready = () => { start(); postMessage({ ready: true }); };
globalThis.failed = (sentence) => postMessage({ failed: sentence });

const serve = (port) => {
	port.onmessage = async ({ data }) => {
		if (data.ping) return port.postMessage({ id: data.id, memory: memory?.buffer.byteLength ?? 0 });
		await started;
		ask(data, (status, headers, body) => port.postMessage({ id: data.id, status, headers, body }, [body.buffer]));
	};
};

// A job elsewhere; done gets what came out, or nothing where there is no second
// worker to be had.
globalThis.aside = (name, input, done) => {
	const other = new Worker("/go.js", { name: "aside" });
	const end = (answer) => { other.terminate(); done(answer); };
	other.onmessage = ({ data }) => end(data);
	other.onerror = () => end(null);
	other.postMessage({ job: { name, input }, module }, [input.buffer]);
};

const broken = () => { throw new Error("the app could not be started"); };

onmessage = async ({ data }) => {
	if (data.port) serve(data.port);
	if (data.begin) {
		module = await WebAssembly.compileStreaming(fetch("/app.wasm")).catch(() => setTimeout(broken));
		if (module) run([]).catch(() => setTimeout(broken));
	}
	if (data.job) {
		module = data.module;
		globalThis.job = data.job;
		globalThis.answer = (out, code, key) => postMessage({ out, code, key }, out ? [out.buffer] : []);
		run(["aside"]).catch(() => setTimeout(broken));
	}
};
