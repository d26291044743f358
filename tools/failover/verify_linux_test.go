package main

import (
	"testing"

	"github.com/evenkeel/evenkeel/internal/port"
)

// The tool would find what it looks for.
func TestCompare(t *testing.T) {
	ids := func(s string) (list []port.RecordID) {
		for _, b := range []byte(s) {
			list = append(list, port.RecordID{b})
		}
		return list
	}
	for _, c := range []struct {
		acknowledged, there string
		lost, outOfPlace    int
	}{
		{"", "", 0, 0},
		{"abc", "abc", 0, 0},
		{"abc", "", 3, 0},
		{"abc", "ac", 1, 0},
		{"abc", "ab", 1, 0},
		{"abc", "abcx", 0, 1}, // never acknowledged
		{"abc", "axbc", 0, 1},
		{"abc", "aabc", 0, 1}, // twice
		{"abc", "bac", 0, 1},
		{"abcd", "axd", 2, 1},
	} {
		lost, out := compare(ids(c.acknowledged), ids(c.there))
		if lost != c.lost || out != c.outOfPlace {
			t.Errorf("%q of which %q is there: %d lost, %d out of place", c.acknowledged, c.there, lost, out)
		}
	}
}
