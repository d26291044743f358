package instrument

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// example is a public FHIR resource beside the repository; the test is skipped
// where it is not there.
func example(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "shared", "data", "fhir_examples", name))
	if err != nil {
		t.Skip("the public FHIR examples are not beside this repository")
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
}

// Our PHQ-9 asks the items of HL7's own example, by its LOINC codes and in its
// order.
func TestPHQ9HasTheCodesOfThePublicExample(t *testing.T) {
	var public struct{ Item []struct{ LinkID string } }
	example(t, "Questionnaire-phq-9-example.json", &public)
	var want []string
	for _, i := range public.Item {
		want = append(want, i.LinkID)
	}
	var got []string
	in, _ := Find("phq9")
	for _, i := range in.Items {
		if i.ID == "difficulty" {
			got = append(got, "/"+in.Scores[0].LOINC) // the example has the total before it
		}
		got = append(got, "/"+i.LOINC)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// Three more public questionnaires have our LOINC codes in our order, where
// they have any, and our words where they have the instrument's.
func TestTheCodesOfOtherPublicExamples(t *testing.T) {
	for file, c := range map[string]struct {
		id   string
		skip []string // items of the example that are no question of ours
		// words says that the example has the wording of the instrument, not the
		// names of LOINC's codes.
		words bool
	}{
		"CIRG-PC-PTSD-5.json":     {"pcptsd5", []string{"introduction", "PC-PTSD-5-SCORE-SYMPTOMS"}, true},
		"CIRG-PEG.json":           {"peg", []string{"CIRG-PEG-SUM"}, true},
		"Questionnaire-TAPS.json": {"taps1", nil, false},
	} {
		var public struct {
			Item []struct{ LinkID, Text string }
		}
		example(t, file, &public)
		var want, got []string
		in, _ := Find(c.id)
		for _, i := range public.Item {
			if slices.Contains(c.skip, i.LinkID) {
				continue
			}
			code := strings.TrimPrefix(i.LinkID, "/")
			want = append(want, code)
			at := slices.IndexFunc(in.Items, func(o Item) bool { return o.LOINC == code })
			if at < 0 || !c.words {
				continue
			}
			// Commas and capitals differ between printings; words must not.
			ours := in.Words("en").Items[in.Items[at].ID]
			if bare := strings.NewReplacer(",", "").Replace; !strings.HasSuffix(bare(ours), bare(i.Text)) {
				t.Errorf("%s %s: %q, the example asks %q", c.id, in.Items[at].ID, ours, i.Text)
			}
		}
		for _, i := range in.Items {
			if i.LOINC != "" {
				got = append(got, i.LOINC)
			}
		}
		if l := in.Scores[0].LOINC; l != "" {
			got = append(got, l)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", c.id, got, want)
		}
	}
}

// The public response to PHQ-9 gives the public total.
func TestPHQ9ScoresThePublicResponse(t *testing.T) {
	type item struct {
		LinkID string
		Answer []struct {
			ValueCoding  struct{ Code string }
			ValueDecimal *float64
		}
	}
	var response struct{ Item []item }
	example(t, "QuestionnaireResponse-phq-9-example.json", &response)
	points := map[string]int{"LA6568-5": 0, "LA6569-3": 1, "LA6570-1": 2, "LA6571-9": 3}
	in, _ := Find("phq9")
	a := Answers{}
	var want *float64
	for _, i := range response.Item {
		if len(i.Answer) == 0 {
			continue
		}
		if i.LinkID == "/"+in.Scores[0].LOINC {
			want = i.Answer[0].ValueDecimal
		}
		for _, ours := range in.Items {
			if v, ok := points[i.Answer[0].ValueCoding.Code]; ok && "/"+ours.LOINC == i.LinkID {
				a[ours.ID] = v
			}
		}
	}
	if want == nil {
		t.Fatal("the example has no total")
	}
	if got := in.Score(a)[0]; !got.Known || got.Value != *want {
		t.Errorf("%+v, the example says %g", got, *want)
	}
}

// What we hand on has every question with its points, and a gate where it is
// asked only after another answer.
func TestFHIR(t *testing.T) {
	in, _ := Find("bam")
	q := in.FHIR("en")
	if q.ResourceType != "Questionnaire" || len(q.Item) != len(in.Items)+1 {
		t.Fatalf("%s with %d items", q.ResourceType, len(q.Item))
	}
	at := slices.IndexFunc(q.Item, func(i QuestionnaireItem) bool { return i.LinkID == "5" })
	gate := q.Item[at]
	if len(gate.EnableWhen) != 4 || gate.EnableAll != "any" || gate.EnableWhen[0].Question != "4" || gate.EnableWhen[0].Answer.Code != "1" {
		t.Errorf("the gate of item 5: %+v", gate.EnableWhen)
	}
	if got := gate.AnswerOption[4].Extension[0].Value; got != 4 {
		t.Errorf("the last answer has %g points", got)
	}
}
