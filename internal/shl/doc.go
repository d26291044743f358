// Package shl writes and reads SMART Health Links: a link with a key in it, and the
// encrypted file that it leads to.
//
// The rules are those of HL7's SMART Health Cards and Links, 1.0.0,
// https://hl7.org/fhir/uv/smart-health-cards-and-links/links-specification.html.
// Evenkeel makes links with the flag U, which lead to one file without a manifest;
// of links of others it reads every kind, and it decrypts the files of all.
//
// The key stands in the link behind a "#" or in a QR code: who keeps the file never
// gets it.
package shl
