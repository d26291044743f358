package fhir

import (
	"slices"
	"strconv"
	"strings"
)

// regulation is 42 CFR Part 2, which the consent and its disclosures go by.
const regulation = "https://www.ecfr.gov/current/title-42/chapter-I/subchapter-A/part-2"

// disclosure is by which consent this was disclosed, where it comes from, and that it
// was disclosed: Consent, Provenance, AuditEvent.
func (d *document) disclosure(this reference) {
	d.consent = d.add("", d.consented())
	from := d.add(d.version(), d.provenance(this))
	done := d.add(d.version(), d.audit(this))
	var x xhtml
	x.list(d.elements())
	d.section("consent", &x, d.consent, from, done)
}

// notice goes with every disclosure (42 CFR 2.32(a)), before anything else.
func (d *document) notice() {
	var x xhtml
	x.paragraph(d.p.Notice)
	d.section("notice", &x)
}

// elements are what the person agreed to, one by one, and what they were told, so
// that the consent travels with what it allows (42 CFR 2.32(b)).
func (d *document) elements() []string {
	c := d.p.Consent
	reach := d.c.T("fhir.consent.all_days")
	if c.Days > 0 {
		reach = d.c.T("fhir.consent.days", "n", c.Days)
	}
	elements := []string{
		d.c.T("fhir.consent.patient", "name", d.named(c.Patient)),
		d.c.T("fhir.consent.discloser", "name", d.named(c.Discloser)),
		d.c.T("fhir.consent.recipient", "name", d.named(c.Recipient)),
		d.c.T("fhir.consent.parts", "parts", strings.Join(d.parts(), ", ")),
		reach,
		d.c.T("fhir.consent.purpose", "purpose", d.known(c.Purpose)),
		d.c.T("fhir.consent.until", "day", day(c.Until)),
		d.c.T("fhir.consent.rules", "rules", d.known(c.Rules)),
	}
	if c.SignedAt.IsZero() {
		elements = append(elements, d.c.T("fhir.consent.unsigned"))
	} else {
		elements = append(elements, d.c.T("fhir.consent.signed", "name", d.named(c.Signed), "day", c.SignedAt.Format("2006-01-02 15:04 -07:00")))
	}
	for _, s := range c.Stated {
		elements = append(elements, s.Text)
	}
	return elements
}

// parts are what was ticked, in words.
func (d *document) parts() []string {
	said := make([]string, 0, len(d.p.Consent.Parts))
	for _, p := range d.p.Consent.Parts {
		if key := "fhir.part." + p; d.c.Has(key) {
			p = d.c.T(key)
		}
		said = append(said, text(p))
	}
	return said
}

func (d *document) consented() *consent {
	c := d.p.Consent
	var x xhtml
	x.list(d.elements())
	whole := x.narrative("")
	r := &consent{
		base: base{ResourceType: "Consent", Text: &whole}, Status: "proposed",
		Scope:    hl7Concept("consentscope", "patient-privacy"),
		Category: []concept{{Coding: []coding{{System: loinc, Code: releaseConsent}}}},
		Patient:  d.patient, Performer: []reference{d.patient},
		Policy:     []policy{{regulation}},
		PolicyRule: concept{Coding: []coding{{System: actCode, Code: "42CFRPart2", Display: "42 CFR Part 2"}}, Text: text(c.Rules)},
	}
	r.Provision = provision{
		Type: "permit", Period: period{End: day(c.Until)},
		Actor:         []provisionActor{{d.role("IRCP", "information recipient"), d.recipient}},
		SecurityLabel: labels(),
		Purpose:       append(d.reasons(), coding{Display: d.known(c.Purpose)}),
	}
	if !c.SignedAt.IsZero() {
		r.Status, r.DateTime = "active", instant(c.SignedAt)
		r.Provision.Period.Start = r.DateTime
	}
	return r
}

func (d *document) role(code, display string) concept {
	return concept{Coding: []coding{{System: participation, Code: code, Display: display}}}
}

// reasons are the purposes that have a code.
func (d *document) reasons() (list []coding) {
	for _, p := range d.p.Consent.Purposes {
		list = append(list, reasons[p]...)
	}
	return list
}

// purpose is why it was disclosed, as codes and in the person's words.
func (d *document) purpose() []concept {
	return []concept{{Coding: d.reasons(), Text: d.known(d.p.Consent.Purpose)}}
}

func (d *document) provenance(this reference) *provenance {
	return &provenance{
		base: base{ResourceType: "Provenance"}, Target: []reference{this}, Recorded: instant(d.p.Made),
		Policy: []string{regulation}, Reason: d.purpose(),
		Activity: hl7Concept("v3-DataOperation", "CREATE"),
		Agent: []provenanceAgent{
			{hl7Concept("provenance-participant-type", "author"), d.patient},
			{hl7Concept("provenance-participant-type", "assembler"), reference{Display: "Evenkeel"}},
		},
		Entity: []sourceEntity{{"source", reference{Display: d.c.T("fhir.source")}}},
	}
}

func (d *document) audit(this reference) *auditEvent {
	detail := []auditDetail{{"version", strconv.FormatInt(d.p.Number, 10)}, {"consent", d.consent.Reference}}
	if parts := text(strings.Join(slices.Concat(d.p.Consent.Parts, d.p.Consent.Sections), " ")); parts != "" {
		detail = append(detail, auditDetail{"parts", parts})
	}
	return &auditEvent{
		base: base{ResourceType: "AuditEvent"},
		Type: coding{System: dicom, Code: "110106", Display: "Export"},
		Subtype: []coding{
			{System: hl7 + "iso-21089-lifecycle", Code: "disclose", Display: "Disclose Record Lifecycle Event"},
		},
		Action: "R", Record: instant(d.p.Made), Outcome: "0", Purpose: d.purpose(),
		Agent: []auditAgent{
			{d.role("AUT", "author (originator)"), d.patient, true},
			{d.role("IRCP", "information recipient"), d.recipient, false},
		},
		Source: auditSource{reference{Display: "Evenkeel"}},
		Entity: []auditEntity{{
			What: this, Type: coding{System: hl7 + "audit-entity-type", Code: "2", Display: "System Object"},
			Role: coding{System: hl7 + "object-role", Code: "3", Display: "Report"}, SecurityLabel: labels(),
			Detail: detail,
		}},
	}
}
