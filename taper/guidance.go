package taper

import (
	_ "embed"
	"encoding/json"
	"sync"
)

//go:embed guidance.json
var guidanceJSON []byte

// Guidance is what somebody published about paces, for comparing. All of it is
// about other opioids, or about what people tell each other: no study of coming
// down from kratom or 7-OH exists. What it says is text of the catalogue, by ID.
type Guidance struct {
	ID     string `json:"id"`
	Source string `json:"source"`
	DOI    string `json:"doi"`
	Grade  string `json:"grade"` // guideline, cohort, community
	Read   string `json:"read"`  // how far the source was read: source, secondary
	Note   string `json:"note"`
}

// Cited is the key of the sentence that names the source, and says where it was
// read in another text only.
func (g *Guidance) Cited() string {
	if g.Read == "secondary" {
		return "way.source_secondary"
	}
	return "way.source"
}

// Published lists the guidance, guidelines first. It must not be changed.
var Published = sync.OnceValue(func() []Guidance {
	var list []Guidance
	if err := json.Unmarshal(guidanceJSON, &list); err != nil {
		panic("taper: the embedded guidance.json is broken: " + err.Error()) // a test keeps this from shipping
	}
	return list
})

// FastMonth is the part of an amount that goes within 30 days above which
// overdoses rose (Glanz 2024).
const FastMonth = 0.3
