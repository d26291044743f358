package help

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

// fact is something known of the first days after stopping, with where it is
// from. Its words are the catalogue's, under "days." and its key.
type fact struct {
	Key    string `json:"key"`
	Source string `json:"source"`
	// Grade says how good the ground is, as in the evidence: survey, guideline,
	// reference text, animal, case report.
	Grade string `json:"grade"`
	DOI   string `json:"doi,omitempty"`
}

//go:embed days.json
var daysJSON []byte

// days are the facts in the order of the page.
var days = func() (list []fact) {
	if err := json.Unmarshal(daysJSON, &list); err != nil {
		panic(fmt.Sprintf("help: the embedded days.json is broken: %v", err))
	}
	return list
}()
