// Package patterns is what the checker knows of a language, as data: what
// things are called, by which words a claim is known, and by which a sentence
// denies, doubts or passes on. Each *.json here is one part; all parts of a
// language are read together. docs/evidence-patterns.md tells how to write one.
package patterns

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

//go:embed *.json
var files embed.FS

// File is one part of what is known of a language.
type File struct {
	Language      string              `json:"language"`      // BCP 47, such as en
	Abbreviations []string            `json:"abbreviations"` // after which a full stop ends no sentence
	Terms         map[string][]string `json:"terms"`         // a name, and the phrases it stands for
	Cues          map[string][]string `json:"cues"`          // the phrases of each kind of cue
	Claims        map[string]Claim    `json:"claims"`        // by the id of the claim
	Health        []string            `json:"health"`        // patterns of what says something about health at all
	Skip          []string            `json:"skip"`          // patterns of sentences that make no claim whatever they mention
	Groups        map[string][]string `json:"groups"`        // ids of claims that the report treats alike
	Stop          []string            `json:"stop"`          // the commonest words, by which the language is known too
}

// Claim is how a claim is known.
type Claim struct {
	Patterns []string `json:"patterns"`
	Over     []string `json:"over"` // wider claims that are not said where this one is
}

// Read gives all of a language in one file. An error is a mistake in the data.
func Read(language string) (File, error) {
	all := File{Language: language, Terms: map[string][]string{}, Cues: map[string][]string{}, Claims: map[string]Claim{}, Groups: map[string][]string{}}
	entries, err := files.ReadDir(".")
	if err != nil {
		return File{}, err
	}
	for _, e := range entries {
		data, err := files.ReadFile(e.Name())
		if err != nil {
			return File{}, err
		}
		var f File
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		if err := d.Decode(&f); err != nil {
			return File{}, fmt.Errorf("%s: %w", e.Name(), err)
		}
		if f.Language != language {
			continue
		}
		all.Abbreviations = append(all.Abbreviations, f.Abbreviations...)
		for _, n := range slices.Sorted(maps.Keys(f.Terms)) {
			if all.Terms[n] != nil {
				return File{}, fmt.Errorf("%s: the term %s stands in another file, too", e.Name(), n)
			}
			all.Terms[n] = f.Terms[n]
		}
		for _, n := range slices.Sorted(maps.Keys(f.Cues)) {
			all.Cues[n] = append(all.Cues[n], f.Cues[n]...)
		}
		all.Health = append(all.Health, f.Health...)
		all.Skip = append(all.Skip, f.Skip...)
		all.Stop = append(all.Stop, f.Stop...)
		for _, n := range slices.Sorted(maps.Keys(f.Groups)) {
			all.Groups[n] = append(all.Groups[n], f.Groups[n]...)
		}
		for id, c := range f.Claims {
			if _, ok := all.Claims[id]; ok {
				return File{}, fmt.Errorf("%s: the claim %s stands in another file, too", e.Name(), id)
			}
			all.Claims[id] = c
		}
	}
	return all, nil
}

// Languages are those that there is something for, sorted.
func Languages() []string {
	seen := map[string]bool{}
	entries, _ := files.ReadDir(".") // the names are in the binary
	for _, e := range entries {
		data, _ := files.ReadFile(e.Name())
		var f struct {
			Language string `json:"language"`
		}
		if json.Unmarshal(data, &f) == nil {
			seen[f.Language] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
