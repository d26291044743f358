// Package check holds the sentences that a checker of texts is measured by;
// docs/evidence-codebook.md says how they are labelled.
package check
