package main

import (
	"bufio"
	"encoding/json"
	"os"
)

// The two parts of the labelled set.
const (
	tune = "tune" // patterns may be written with an eye on it
	held = "held" // nobody who writes patterns looks at it
)

// sentence is one line of the labelled set; docs/evidence-codebook.md tells
// what its labels mean.
type sentence struct {
	Text   string  `json:"text"`
	Style  string  `json:"style"`
	Labels []label `json:"labels"`
	Health bool    `json:"health"`
	Split  string  `json:"split"`
}

type label struct {
	ID     string `json:"id"`
	Stance string `json:"stance"`
}

// read gives one part of the set and passes the other one over.
func read(file, part string) ([]sentence, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var list []sentence
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var s sentence
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			return nil, err
		}
		if s.Split == part {
			list = append(list, s)
		}
	}
	return list, lines.Err()
}
