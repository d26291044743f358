package fhir

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// at is what stands at a path of a resource: names, and places in lists.
func at(v any, path ...any) any {
	for _, step := range path {
		switch s := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[s]
		case int:
			l, _ := v.([]any)
			if s >= len(l) {
				return nil
			}
			v = l[s]
		}
	}
	return v
}

// A document is one: the composition first, ids of their own, no reference that leads
// out of it, every resource labelled, and all but the people reached from a section.
func TestDocumentHangsTogether(t *testing.T) {
	raw := written(t, sample(), "en")
	p := read(t, raw)
	if p.ResourceType != "Bundle" || p.Type != "document" || p.Timestamp != "2026-11-24T18:30:00-05:00" || !strings.HasPrefix(p.Identifier.Value, "urn:uuid:") {
		t.Errorf("%s, %s, %s, %s", p.ResourceType, p.Type, p.Timestamp, p.Identifier.Value)
	}
	if p.Entry[0].Resource["resourceType"] != "Composition" {
		t.Errorf("first is %v", p.Entry[0].Resource["resourceType"])
	}
	ids := map[string]bool{}
	for _, e := range p.Entry {
		if ids[e.FullURL] || e.FullURL != "urn:uuid:"+at(e.Resource, "id").(string) {
			t.Errorf("%s stands twice or under another name", e.FullURL)
		}
		ids[e.FullURL] = true
		security := at(e.Resource, "meta", "security")
		if at(security, 0, "code") != "R" || at(security, 1, "code") != "SUD" || at(security, 1, "extension", 0, "valueCoding", "code") != "42CFRPart2" {
			t.Errorf("%v is labelled %v", e.Resource["resourceType"], security)
		}
	}
	for _, m := range regexp.MustCompile(`"reference":"([^"]*)"`).FindAllStringSubmatch(string(raw), -1) {
		if !ids[m[1]] {
			t.Errorf("%s leads out of the document", m[1])
		}
	}
	reached := map[string]bool{}
	for _, s := range at(p.Entry[0].Resource, "section").([]any) {
		entries, _ := at(s, "entry").([]any)
		for _, e := range entries {
			reached[at(e, "reference").(string)] = true
		}
	}
	for _, e := range p.Entry[1:] {
		if kind := e.Resource["resourceType"].(string); !reached[e.FullURL] && kind != "Patient" && kind != "Organization" {
			t.Errorf("no section leads to %s", kind)
		}
	}
}

// What is not known is absent for a reason; a zero that somebody wrote is a zero.
func TestUnknownIsNeverZero(t *testing.T) {
	p := read(t, written(t, sample(), "en"))
	absent := func(component any, reason string) bool {
		m := component.(map[string]any)
		return at(m, "dataAbsentReason", "coding", 0, "code") == reason && m["valueInteger"] == nil && m["valueQuantity"] == nil && m["valueDateTime"] == nil
	}
	days := map[string]any{}
	scores := map[any]map[string]any{}
	var contact any
	for _, o := range p.of("Observation") {
		code := at(o, "code", "coding", 0, "code")
		switch code {
		case "day":
			days[at(o, "effectiveDateTime").(string)] = o["component"]
		case "last-contact":
			contact = o["component"]
		default:
			scores[code] = o
		}
	}
	// components: doses, mitragynine, 7-OH, rough, craving, sleep
	for i, reason := range []string{"unknown", "unknown", "unknown", "not-asked", "not-asked", "not-asked"} {
		if !absent(at(days["2026-11-21"], i), reason) {
			t.Errorf("a day that is not known, %d: %v", i, at(days["2026-11-21"], i))
		}
	}
	none := days["2026-11-22"]
	if at(none, 0, "valueInteger") != 0.0 || at(none, 1, "valueQuantity", "value") != 0.0 || at(none, 4, "valueQuantity", "value") != 0.0 || at(none, 3, "valueQuantity", "value") != 6.5 || at(none, 6, "valueQuantity", "value") != 3.0 {
		t.Errorf("a day of none: %v", none)
	}
	some := days["2026-11-23"]
	if at(some, 0, "valueInteger") != 3.0 || at(some, 1, "valueQuantity", "value") != 67.5 || !absent(at(some, 2), "unknown") || !absent(at(some, 5), "not-asked") || at(some, 6) != nil {
		t.Errorf("a day of doses: %v", some)
	}
	if gad := scores["70274-6"]; gad["valueQuantity"] != nil || at(gad, "dataAbsentReason", "coding", 0, "code") != "unknown" {
		t.Errorf("a score of too few answers: %v", gad)
	}
	if at(scores["sds/total"], "valueQuantity", "value") != 0.0 {
		t.Errorf("a score of zero: %v", scores["sds/total"])
	}
	if at(contact, 0, "valueDateTime") != "2026-11-23" || !absent(at(contact, 1), "not-performed") {
		t.Errorf("contact: %v", contact)
	}
	response := p.of("QuestionnaireResponse")[0]
	if items := at(response, "item").([]any); len(items) != 4 || at(items, 1, "answer", 0, "valueCoding", "code") != "0" || response["status"] != "in-progress" {
		t.Errorf("answers that were given: %v", items)
	}
}

// Codes: LOINC where package instrument has one, our own beside it; a version of a
// questionnaire that we do not have gets none. Products have no public code.
func TestCodes(t *testing.T) {
	projection := sample()
	projection.Scores = append(projection.Scores, care.Score{Instrument: "phq9", Version: 99, Day: "2026-11-22", Name: "total", Value: ptr(3.0)})
	p := read(t, written(t, projection, "en"))
	var codes []string
	for _, o := range p.of("Observation") {
		for _, c := range at(o, "code", "coding").([]any) {
			codes = append(codes, at(c, "system").(string)+" "+at(c, "code").(string))
		}
	}
	slices.Sort(codes)
	want := []string{
		"http://loinc.org 44261-6", "http://loinc.org 70274-6",
		own + "measure day", own + "measure day", own + "measure day", own + "measure last-contact", own + "measure plan-days",
		own + "score gad7/total", own + "score phq9/total", own + "score phq9/total", own + "score sds/total",
	}
	if !slices.Equal(codes, want) {
		t.Errorf("got  %q\nwant %q", codes, want)
	}
	for _, m := range p.of("MedicationStatement") {
		for _, c := range at(m, "medicationCodeableConcept", "coding").([]any) {
			if at(c, "system") != own+"product-form" {
				t.Errorf("a product has %v", c)
			}
		}
	}
	if n := strings.Count(string(written(t, sample(), "en")), mitragynineUNII); n != 3 { // once a day, on what was in it
		t.Errorf("mitragynine's code stands %d times", n)
	}
	// LOINC codes end in a check digit by Luhn's way.
	for _, code := range []string{patientSummary, problemList, allergies, medicationUse, planOfCare, releaseConsent} {
		digits, check, _ := strings.Cut(code, "-")
		sum := 0
		for i := range digits {
			d := int(digits[len(digits)-1-i] - '0')
			if i%2 == 0 {
				d = d*2/10 + d*2%10
			}
			sum += d
		}
		if string(rune('0'+(10-sum%10)%10)) != check {
			t.Errorf("%s has another check digit", code)
		}
	}
}

// A document has nothing of a part that was not ticked.
func TestNothingBesideWhatIsShared(t *testing.T) {
	marks := map[string]string{
		"contact": "last-entry", "scores": "phq9/total", "answers": "QuestionnaireResponse", "trends": "MedicationStatement",
		"plan": "CarePlan", "flags": "SR-01", "sheet": "What was taken.",
	}
	for _, part := range append([]string{""}, journal.SharedParts...) {
		document := string(written(t, only(part), "en"))
		for other, mark := range marks {
			if strings.Contains(document, mark) != (other == part) {
				t.Errorf("only %q: %q stands there: %v", part, mark, other != part)
			}
		}
	}
}

// The same thing has the same id in the next version of a share, so that who takes
// both in has it once, and in another share another id.
func TestIDsOverVersions(t *testing.T) {
	ids := func(later time.Duration, signed string) map[string]string {
		p := sample()
		p.Made, p.Consent.Signed = p.Made.Add(later), signed
		m := map[string]string{}
		for _, e := range read(t, written(t, p, "en")).Entry {
			m[e.FullURL] = e.Resource["resourceType"].(string)
		}
		return m
	}
	first, second, other := ids(0, "one"), ids(time.Minute, "one"), ids(0, "two")
	for id, kind := range first {
		_, stays := second[id]
		anew := kind == "Composition" || kind == "Provenance" || kind == "AuditEvent"
		if stays == anew {
			t.Errorf("%s stays: %v", kind, stays)
		}
		if _, shared := other[id]; shared {
			t.Errorf("%s is the same in two shares", kind)
		}
	}
}

// Consent, notice and disclosure say what the projection says.
func TestDisclosure(t *testing.T) {
	p := read(t, written(t, sample(), "en"))
	consent, audit, provenance := p.of("Consent")[0], p.of("AuditEvent")[0], p.of("Provenance")[0]
	clinic := p.of("Organization")[0]
	if at(consent, "provision", "period", "end") != "2027-05-24" || at(consent, "dateTime") != "2026-11-24T17:30:00-05:00" || at(consent, "provision", "purpose", 0, "code") != "TREAT" || at(consent, "provision", "purpose", 3, "display") != "my treatment & follow-up" || clinic["name"] != "River Clinic" {
		t.Errorf("%v", consent)
	}
	div := at(consent, "text", "div").(string)
	for _, element := range []string{"Sam &lt;Rivers&gt;", "River Clinic", "30 days", "my treatment &amp; follow-up", "2027-05-24", "us-42cfr2-2024-04-16", "2026-11-24 17:30", "You can take this back."} {
		if !strings.Contains(div, element) {
			t.Errorf("the consent does not say %q: %s", element, div)
		}
	}
	if at(audit, "agent", 1, "who", "reference") != "urn:uuid:"+clinic["id"].(string) || at(audit, "recorded") != "2026-11-24T18:30:00-05:00" || at(audit, "entity", 0, "detail", 0, "valueString") != "3" {
		t.Errorf("%v", audit)
	}
	if at(provenance, "target", 0, "reference") != p.Entry[0].FullURL {
		t.Errorf("%v", provenance)
	}
	if first := at(p.Entry[0].Resource, "section", 0, "text", "div").(string); !strings.Contains(first, "42 CFR part 2 prohibits unauthorized use or disclosure of these records.") {
		t.Errorf("first stands %s", first)
	}
}

// What is only looked at before signing says so, and has no day on which it was signed.
func TestUnsigned(t *testing.T) {
	p := sample()
	p.Consent.Signed, p.Consent.SignedAt = "", time.Time{}
	raw := written(t, p, "en")
	consent := read(t, raw).of("Consent")[0]
	if consent["status"] != "proposed" || consent["dateTime"] != nil || at(consent, "provision", "period", "start") != nil || strings.Contains(string(raw), "0001-01-01") || !strings.Contains(at(consent, "text", "div").(string), "Not signed") {
		t.Errorf("%v", consent)
	}
	if signed := read(t, written(t, sample(), "en")).of("Consent")[0]; signed["status"] != "active" {
		t.Errorf("%v", signed)
	}
}

// The steps of a plan as days: what is past is not known to have been kept, what a
// plan that is held or ended would have had next has no day.
func TestPlan(t *testing.T) {
	for name, c := range map[string]struct {
		change               func(*care.Plan)
		status, goal, due    string
		steps, starts, ends  []string
		productIs, firstAmnt any
	}{
		"goes on": {func(*care.Plan) {}, "active", "active", "2026-12-01", []string{"unknown", "in-progress", "scheduled"}, []string{"2026-11-17", "2026-11-24", "2026-12-01"}, []string{"2026-11-23", "2026-11-30", ""}, "green leaf", 5.0},
		"held":    {func(p *care.Plan) { p.Held = "2026-11-24" }, "on-hold", "on-hold", "", []string{"unknown", "on-hold", "on-hold"}, []string{"2026-11-17", "2026-11-24", ""}, []string{"2026-11-23", "", ""}, "green leaf", 5.0},
		"ended":   {func(p *care.Plan) { p.Ended = true }, "revoked", "cancelled", "", []string{"unknown", "cancelled", "cancelled"}, []string{"2026-11-17", "2026-11-24", ""}, []string{"2026-11-23", "", ""}, "green leaf", 5.0},
		"not yet": {func(p *care.Plan) { p.Day = -2 }, "active", "active", "2026-12-01", []string{"scheduled", "scheduled", "scheduled"}, []string{"2026-11-17", "2026-11-24", "2026-12-01"}, []string{"2026-11-23", "2026-11-30", ""}, "green leaf", 5.0},
	} {
		projection := sample()
		c.change(projection.Plan)
		p := read(t, written(t, projection, "en"))
		plan, goal := p.of("CarePlan")[0], p.of("Goal")[0]
		due, _ := at(goal, "target", 0, "dueDate").(string)
		if plan["status"] != c.status || goal["lifecycleStatus"] != c.goal || due != c.due || at(goal, "target", 0, "detailQuantity", "value") != 0.0 {
			t.Errorf("%s: %v, goal %v, due %q", name, plan["status"], goal["lifecycleStatus"], due)
		}
		for i := range c.steps {
			step := at(plan, "activity", i, "detail")
			start, _ := at(step, "scheduledPeriod", "start").(string)
			end, _ := at(step, "scheduledPeriod", "end").(string)
			if at(step, "status") != c.steps[i] || start != c.starts[i] || end != c.ends[i] {
				t.Errorf("%s, step %d: %v from %q to %q", name, i, at(step, "status"), start, end)
			}
		}
		if at(plan, "activity", 0, "detail", "productCodeableConcept", "text") != c.productIs || at(plan, "activity", 0, "detail", "dailyAmount", "value") != c.firstAmnt {
			t.Errorf("%s: %v", name, at(plan, "activity", 0))
		}
	}
}

// What somebody wrote stays text, and every narrative is well formed.
func TestNarrativesAreXHTML(t *testing.T) {
	for _, tag := range []string{"en", "es"} {
		raw := written(t, sample(), tag)
		var walk func(v any)
		n := 0
		walk = func(v any) {
			switch v := v.(type) {
			case map[string]any:
				if div, ok := v["div"].(string); ok {
					n++
					if strings.Contains(div, "<b>") || strings.Contains(div, "\a") {
						t.Errorf("somebody's words are markup: %s", div)
					}
					d := xml.NewDecoder(strings.NewReader(div))
					for {
						if _, err := d.Token(); errors.Is(err, io.EOF) {
							break
						} else if err != nil {
							t.Fatalf("%v: %s", err, div)
						}
					}
				}
				for _, x := range v {
					walk(x)
				}
			case []any:
				for _, x := range v {
					walk(x)
				}
			}
		}
		var all any
		if err := json.Unmarshal(raw, &all); err != nil {
			t.Fatal(err)
		}
		walk(all)
		if n != 13 { // twelve sections and the consent
			t.Errorf("%d narratives", n)
		}
	}
}

func TestDaysThatAreNone(t *testing.T) {
	for name, change := range map[string]func(*care.Projection){
		"consent": func(p *care.Projection) { p.Consent.Until = "" },
		"score":   func(p *care.Projection) { p.Scores[0].Day = "2026-02-30" },
		"day":     func(p *care.Projection) { p.Trends[0].Date = "yesterday" },
		"flag":    func(p *care.Projection) { p.Flags[0].Day = "" },
		"plan":    func(p *care.Projection) { p.Plan.Begins = "" },
		"held":    func(p *care.Projection) { p.Plan.Held = "x" },
		"contact": func(p *care.Projection) { p.Contact.LastEntry = "x" },
	} {
		p := sample()
		change(&p)
		if _, err := Bundle(p, texts(t)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What a person is shown before they share is what the document says, to the letter.
func TestNarrativesAreTheDocuments(t *testing.T) {
	p := sample()
	p.Language = "en"
	list, err := Narratives(p, texts(t))
	if err != nil {
		t.Fatal(err)
	}
	sections := at(read(t, written(t, sample(), "en")).Entry[0].Resource, "section").([]any)
	if len(list) != len(sections) || len(list) == 0 {
		t.Fatalf("%d narratives of %d sections", len(list), len(sections))
	}
	for i, n := range list {
		if at(sections[i], "title") != n.Title || at(sections[i], "text", "div") != n.Div {
			t.Errorf("section %d is %v and not what was shown", i, sections[i])
		}
	}
}
