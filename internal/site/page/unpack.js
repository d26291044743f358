// What the program travels in is LZMA (Igor Pavlov's LZMA specification, 2015),
// as package lzma of site packs it: lc 3, lp 0, pb 0. It is unpacked as it
// arrives.
const unpacker = () => {
	const head = 13, codeSize = 5; // bytes before the first step
	let out, size = 0;
	const literal = 0x300 << 3;
	const match = literal, rep = match + 12, rep0 = rep + 12, rep1 = rep0 + 12, rep2 = rep1 + 12, rep0Long = rep2 + 12;
	const lengths = rep0Long + 12, repLengths = lengths + 514, slots = repLengths + 514, distances = slots + 256, align = distances + 128;
	const probs = new Uint16Array(align + 16).fill(1024);
	const r = new Uint32Array(2); // range, code
	let input = new Uint8Array(0), next = 0, at = 0, state = 0;
	let d0 = 0, d1 = 0, d2 = 0, d3 = 0; // the last four distances
	const bit = (i) => {
		const p = probs[i], range = r[0], bound = Math.imul(range >>> 11, p) >>> 0;
		let b = 0, rest;
		if (r[1] < bound) {
			rest = bound;
			probs[i] = p + ((2048 - p) >>> 5);
		} else {
			rest = range - bound;
			r[1] -= bound;
			probs[i] = p - (p >>> 5);
			b = 1;
		}
		if (rest < 0x1000000) {
			rest = rest << 8 >>> 0;
			r[1] = r[1] << 8 | input[next++];
		}
		r[0] = rest;
		return b;
	};
	const tree = (base, bits) => {
		let m = 1;
		for (let i = 0; i < bits; i++) m = m << 1 | bit(base + m);
		return m - (1 << bits);
	};
	const back = (base, bits) => {
		let m = 1, v = 0;
		for (let i = 0; i < bits; i++) {
			const b = bit(base + m);
			m = m << 1 | b;
			v |= b << i;
		}
		return v;
	};
	const plain = (bits) => {
		let v = 0;
		for (let i = 0; i < bits; i++) {
			let range = r[0] >>> 1;
			const b = r[1] >= range ? 1 : 0;
			if (b) r[1] -= range;
			v = v << 1 | b;
			if (range < 0x1000000) {
				range = range << 8 >>> 0;
				r[1] = r[1] << 8 | input[next++];
			}
			r[0] = range;
		}
		return v;
	};
	const length = (base) => {
		if (!bit(base)) return tree(base + 2, 3) + 2;
		if (!bit(base + 1)) return tree(base + 10, 3) + 10;
		return tree(base + 258, 8) + 18;
	};
	const distance = (len) => {
		const slot = tree(slots + (Math.min(len, 5) - 2) * 64, 6);
		if (slot < 4) return slot;
		const bits = (slot >> 1) - 1, high = (2 | slot & 1) << bits;
		if (slot < 14) return high + back(distances + high - slot, bits);
		return high + (plain(bits - 4) << 4) + back(align, 4);
	};
	const one = () => {
		if (!bit(match + state)) {
			const base = 0x300 * (at > 0 ? out[at - 1] >> 5 : 0);
			let m = 1;
			if (state >= 7) {
				let like = out[at - d0 - 1];
				while (m < 0x100) {
					const want = like >> 7 & 1;
					like <<= 1;
					const b = bit(base + (1 + want << 8) + m);
					m = m << 1 | b;
					if (b !== want) break;
				}
			}
			while (m < 0x100) m = m << 1 | bit(base + m);
			out[at++] = m;
			state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
			return;
		}
		let len;
		if (!bit(rep + state)) {
			d3 = d2; d2 = d1; d1 = d0;
			len = length(lengths);
			state = state < 7 ? 7 : 10;
			d0 = distance(len);
		} else {
			if (!bit(rep0 + state)) {
				if (!bit(rep0Long + state)) {
					state = state < 7 ? 9 : 11;
					out[at] = out[at - d0 - 1];
					at++;
					return;
				}
			} else {
				let d;
				if (!bit(rep1 + state)) d = d1;
				else {
					if (!bit(rep2 + state)) d = d2;
					else { d = d3; d3 = d2; }
					d2 = d1;
				}
				d1 = d0;
				d0 = d;
			}
			len = length(repLengths);
			state = state < 7 ? 8 : 11;
		}
		if (d0 >= at || at + len > size) throw wrong();
		for (const to = at + len; at < to; at++) out[at] = out[at - d0 - 1];
	};
	const wrong = () => new Error("not what was released");
	const begin = () => {
		const v = new DataView(input.buffer, input.byteOffset);
		if (v.getUint8(0) !== 3 || v.getUint32(9) !== 0) throw wrong();
		size = v.getUint32(5, true);
		out = new Uint8Array(size);
		r[0] = 0xffffffff;
		r[1] = v.getUint32(head + 1);
		next = head + codeSize;
	};
	const run = (upTo) => {
		if (!out && input.length >= head + codeSize) begin();
		if (out) while (at < size && next <= upTo) one();
	};
	const most = 24; // bytes that one step takes at most
	return {
		feed(part) {
			const joined = new Uint8Array(input.length - next + part.length);
			joined.set(input.subarray(next));
			joined.set(part, input.length - next);
			input = joined;
			next = 0;
			run(input.length - most);
		},
		end() {
			run(input.length);
			if (!out || at !== size || next > input.length) throw wrong();
			return out;
		},
	};
};

const unpacked = async (stream) => {
	const one = unpacker(), reader = stream.getReader();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return one.end();
		for (let i = 0; i < value.length; i += 65536) {
			one.feed(value.subarray(i, i + 65536));
			await new Promise((go) => setTimeout(go)); // what the router is asked meanwhile goes first
		}
	}
};
