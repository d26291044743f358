// Package fhir writes what a share shows as a FHIR R4 document, for programs that
// keep records in that form (HL7 FHIR 4.0.1, https://hl7.org/fhir/R4/).
//
// The document holds what the projection holds and nothing else. What is not known
// has a reason for being absent and is never zero. Questionnaires and their totals
// carry the LOINC codes that package instrument knows, with their sources; what has
// none gets a code of our own system, and none is invented.
//
// The document has the shape of a patient summary, but claims no profile: none could
// be checked against its own definitions.
package fhir
