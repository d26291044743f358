// Package safety looks for words of danger in what a person wrote, before
// anything else is read out of it, so that no text is saved without an answer.
//
// Scan reads any text: a quick line, a note, a cell of an imported table. It
// looks for the phrases of every language at once, because people do not write
// in the language of the page. What it finds are words, not a state of health:
// nobody is told what they have. The phrases stand in en.json and es.json, each
// sign with its source, and how well they do stands in docs/safety.md.
package safety
