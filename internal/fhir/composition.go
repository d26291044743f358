package fhir

import "github.com/evenkeel/evenkeel/care"

// section begins a section of a name of ours; its title is a text of the catalogue.
func (d *document) section(name string, x *xhtml, entries ...reference) *section {
	title := d.c.T("fhir.section." + name)
	d.sections = append(d.sections, section{
		Title: title, Code: ours("section", name, title), Text: x.narrative(d.c.T("fhir.nothing")), Entry: entries,
	})
	return &d.sections[len(d.sections)-1]
}

// loinc gives a section LOINC's code for it as well.
func (s *section) loinc(code string) {
	s.Code.Coding = append([]coding{{System: loinc, Code: code}}, s.Code.Coding...)
}

// empty says why a section has no entries, where that is so.
func (s *section) empty(reason string) {
	if len(s.Entry) == 0 {
		c := hl7Concept("list-empty-reason", reason)
		s.EmptyReason = &c
	}
}

// sheet is the page for the doctor, as text: its figures have no form of their own.
func (d *document) sheet() {
	for _, part := range d.p.Sheet {
		var x xhtml
		for _, b := range part.Blocks {
			x.block(b)
		}
		title := d.named(part.Title)
		d.sections = append(d.sections, section{
			Title: title, Code: ours("sheet", part.Name, title), Text: x.narrative(d.c.T("fhir.nothing")),
		})
	}
}

// notAsked are the sections that a reader of a patient summary looks for and that
// Evenkeel keeps no record of. Their being empty says nothing of the person.
func (d *document) notAsked() {
	for _, part := range []struct{ name, code string }{{"problems", problemList}, {"allergies", allergies}} {
		var x xhtml
		x.paragraph(d.c.T("fhir.not_kept"))
		s := d.section(part.name, &x)
		s.loinc(part.code)
		s.empty("notasked")
	}
}

// compose fills the composition once everything else stands.
func (d *document) compose(comp *composition) {
	comp.Status = "final"
	comp.Type = concept{Coding: []coding{{System: loinc, Code: patientSummary}}}
	comp.Subject, comp.Author = d.patient, []reference{d.patient}
	comp.Date = instant(d.p.Made)
	comp.Title = d.c.T("fhir.title", "name", d.named(d.p.Consent.Patient))
	comp.Confidentiality = "R"
	comp.Section = d.sections
}

// contact is when the person last wrote something.
func (d *document) contact() {
	if d.p.Contact == nil {
		return
	}
	title := d.c.T("fhir.section.contact")
	o := d.observed(ours("measure", "last-contact", title), instant(d.p.Made))
	var x xhtml
	var rows [][]string
	for _, part := range []struct{ code, name, day string }{
		{"last-entry", d.c.T("fhir.last_entry"), day(d.p.Contact.LastEntry)},
		{"last-check-in", d.c.T("fhir.last_check_in"), day(d.p.Contact.LastCheckIn)},
	} {
		c := component{Code: ours("measure", part.code, part.name), DateTime: part.day}
		said := part.day
		if part.day == "" {
			c.AbsentReason, said = absent(notPerformed), d.c.T("fhir.never")
		}
		o.Component = append(o.Component, c)
		rows = append(rows, []string{part.name, said})
	}
	x.table(nil, rows)
	d.section("contact", &x, d.add("last-contact", o))
}

// flags are the warning signs that the person let through.
func (d *document) flags() {
	if d.p.Flags == nil {
		return
	}
	var x xhtml
	var entries []reference
	var rows [][]string
	for _, f := range d.p.Flags {
		entries = append(entries, d.add(f.Rule+"\x00"+f.Sign+"\x00"+day(f.Day), d.flag(f)))
		rows = append(rows, []string{day(f.Day), f.Said})
	}
	x.table(d.columns("day", "sign"), rows)
	d.section("flags", &x, entries...).empty("unavailable")
}

func (d *document) flag(f care.Flag) *flag {
	return &flag{
		base: base{ResourceType: "Flag"}, Status: "active", Category: []concept{hl7Concept("flag-category", "safety")},
		Code: ours("warning-sign", f.Rule, f.Said), Subject: d.patient, Period: period{Start: day(f.Day)}, Author: d.patient,
	}
}

// columns are the headings of a table.
func (d *document) columns(names ...string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = d.c.T("fhir.column." + n)
	}
	return out
}
