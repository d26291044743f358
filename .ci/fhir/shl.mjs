// Reads a SMART Health Link and its file as another implementation does, and makes a
// file of its own: {link, jwe, content} on standard input; what was read, and theirs,
// on standard output.
//
//   node shl.mjs < link.json
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { Duplex } from "node:stream";
import { createDeflateRaw, createInflateRaw } from "node:zlib";
import { SHL, decryptSHLFile, encryptSHLFile } from "kill-the-clipboard";

// Node 18 has these by import only.
globalThis.crypto ??= webcrypto;
try {
  new DecompressionStream("deflate-raw");
} catch {
  globalThis.CompressionStream = class { constructor() { return Duplex.toWeb(createDeflateRaw()); } };
  globalThis.DecompressionStream = class { constructor() { return Duplex.toWeb(createInflateRaw()); } };
}
const { link, jwe, content } = JSON.parse(readFileSync(0, "utf8"));
const shl = SHL.parse(link);
const file = await decryptSHLFile({ jwe, key: shl.key });
const make = (enableCompression) =>
  encryptSHLFile({ content, key: shl.key, contentType: "application/fhir+json", enableCompression });
console.log(
  JSON.stringify({
    payload: shl.payload,
    direct: shl.isDirectFile,
    content: file.content,
    contentType: file.contentType,
    again: shl.toURI(),
    theirs: [await make(false), await make(true)],
  }),
);
