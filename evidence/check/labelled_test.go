package check_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/evidence"
)

// labelled is a sentence with the labels that docs/evidence-codebook.md gives it.
type labelled struct {
	Text   string  `json:"text"`
	Style  string  `json:"style"`
	Labels []label `json:"labels"`
	Health bool    `json:"health"` // a health claim that no entry answers
	Split  string  `json:"split"`
}

// label is a claim that a sentence takes a stance towards.
type label struct {
	ID     string `json:"id"`
	Stance string `json:"stance"`
}

var (
	styles  = []string{"vendor", "clinic", "news", "forum", "paper", "agency"}
	stances = []string{"asserts", "denies", "hedges", "reports"}
)

// heldBelow is the first byte of a text's hash under which it is held: a third of 256.
const heldBelow = 85

func splitOf(text string) string {
	if sha256.Sum256([]byte(text))[0] < heldBelow {
		return "held"
	}
	return "tune"
}

func readLabelled(t *testing.T) []labelled {
	t.Helper()
	data, err := os.ReadFile("testdata/labelled.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var all []labelled
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		var s labelled
		d := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		d.DisallowUnknownFields()
		if err := d.Decode(&s); err != nil {
			t.Fatalf("line %d: %v", len(all)+1, err)
		}
		all = append(all, s)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestLabelledSentencesFollowTheCodebook(t *testing.T) {
	seen := map[string]bool{}
	for i, s := range readLabelled(t) {
		line := i + 1
		if s.Text == "" || strings.TrimSpace(s.Text) != s.Text || strings.ContainsAny(s.Text, "\r\n") {
			t.Errorf("line %d: %q is not one trimmed sentence", line, s.Text)
		}
		if key := strings.ToLower(s.Text); seen[key] {
			t.Errorf("line %d: %q stands twice", line, s.Text)
		} else {
			seen[key] = true
		}
		if !slices.Contains(styles, s.Style) {
			t.Errorf("line %d: style %q", line, s.Style)
		}
		if want := splitOf(s.Text); s.Split != want {
			t.Errorf("line %d: split %q, by its hash %q", line, s.Split, want)
		}
		if s.Labels == nil {
			t.Errorf("line %d: labels are missing; none is []", line)
		}
		if s.Health && len(s.Labels) > 0 {
			t.Errorf("line %d: health is for sentences without a label", line)
		}
		var ids []string
		for _, l := range s.Labels {
			if _, ok := evidence.ByID(l.ID); !ok {
				t.Errorf("line %d: no claim has the id %q", line, l.ID)
			}
			if slices.Contains(ids, l.ID) {
				t.Errorf("line %d: %q is labelled twice", line, l.ID)
			}
			if !slices.Contains(stances, l.Stance) {
				t.Errorf("line %d: stance %q", line, l.Stance)
			}
			ids = append(ids, l.ID)
		}
	}
}

func TestLabelledSentencesAreEnoughAndOfEveryKind(t *testing.T) {
	all := readLabelled(t)
	if len(all) < 800 {
		t.Errorf("%d sentences, want at least 800", len(all))
	}
	ids, byStyle, byStance, held := map[string]bool{}, map[string]int{}, map[string]int{}, 0
	for _, s := range all {
		byStyle[s.Style]++
		if s.Split == "held" {
			held++
		}
		for _, l := range s.Labels {
			ids[l.ID] = true
			byStance[l.Stance]++
		}
	}
	if len(ids) < 150 {
		t.Errorf("%d claims have a sentence, want at least 150", len(ids))
	}
	for _, s := range styles {
		if byStyle[s] < 100 {
			t.Errorf("style %q has %d sentences, want at least 100", s, byStyle[s])
		}
	}
	for _, s := range stances {
		if byStance[s] < 50 {
			t.Errorf("stance %q has %d labels, want at least 50", s, byStance[s])
		}
	}
	if share := float64(held) / float64(len(all)); share < 0.28 || share > 0.39 {
		t.Errorf("%.2f of the sentences are held, want about a third", share)
	}
}
