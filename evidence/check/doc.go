// Package check reads a text and tells, sentence by sentence, which claims of
// the evidence base it makes, how it stands to them, and what it leaves out. It
// works by patterns that are data (evidence/patterns), by likeness to known
// wordings, and by rules of scope; it asks no network and knows nothing that it
// could not show.
//
// testdata holds the sentences that it is measured by;
// docs/evidence-codebook.md says how they are labelled.
package check
