package fhir

import (
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/care"
)

// days are what was taken, a statement for each product and day, and how each day
// was, an observation a day.
func (d *document) days() {
	var taken, lived xhtml
	if d.p.Trends == nil {
		taken.paragraph(d.c.T("fhir.not_shared"))
		s := d.section("taken", &taken)
		s.loinc(medicationUse)
		s.empty("withheld")
		return
	}
	var statements, observations []reference
	var rows [][]string
	for _, day := range d.p.Trends {
		for _, a := range day.Amounts {
			statements = append(statements, d.add(string(day.Date)+"\x00"+a.Product+"\x00"+a.Unit, d.statement(day, a)))
		}
		observations = append(observations, d.add(string(day.Date), d.day(day)))
		rows = append(rows, d.dayRow(day))
	}
	taken.paragraph(d.c.T("fhir.taken"))
	s := d.section("taken", &taken, statements...)
	s.loinc(medicationUse)
	s.empty("unavailable")
	lived.paragraph(d.c.T("fhir.unknown_days"))
	lived.table(d.columns("day", "doses", "amounts", "mitragynine", "seven_oh", "rough", "craving", "sleep", "planned"), rows)
	d.section("days", &lived, observations...).empty("unavailable")
}

// statement is what was taken of one product on a day. No public code is given to a
// product: none was found for kratom.
func (d *document) statement(day care.Day, a care.Amount) *medicationStatement {
	return &medicationStatement{
		base: base{ResourceType: "MedicationStatement"}, Status: "completed",
		Category:   hl7Concept("medication-statement-category", "patientspecified"),
		Medication: concept{Coding: formCode(a.Form), Text: d.named(a.Product)},
		Subject:    d.patient, Effective: string(day.Date), InformationSource: d.patient,
		Dosage: []dosage{{
			Text:        d.c.T("fhir.in_the_day", "amount", d.c.Amount(a.Amount, text(a.Unit))),
			DoseAndRate: []rate{{ratio{amount(a.Amount, a.Unit), amount(1, "d")}}},
		}},
	}
}

// day is what is known of a day. A day without entries is unknown; "none" is a zero
// that the person wrote.
func (d *document) day(day care.Day) *observation {
	o := d.observed(ours("measure", "day", d.c.T("fhir.section.days")), string(day.Date))
	doses := component{Code: d.measure("doses")}
	switch day.State {
	case "none":
		doses.Integer = new(int)
	case "doses":
		doses.Integer = &day.Doses
	default:
		doses.AbsentReason = absent(unknown)
	}
	mitragynine := d.measure("mitragynine")
	mitragynine.Coding = append(mitragynine.Coding, coding{System: unii, Code: mitragynineUNII})
	o.Component = []component{
		doses,
		valued(mitragynine, day.Mitragynine, "mg", unknown),
		valued(d.measure("seven_oh"), day.SevenOH, "mg", unknown),
		valued(d.measure("rough"), day.Rough, "{score}", notAsked),
		valued(d.measure("craving"), day.Craving, "{score}", notAsked),
		valued(d.measure("sleep"), day.SleepHours, "h", notAsked),
	}
	if day.Planned != nil {
		unit := ""
		if d.p.Plan != nil {
			unit = d.p.Plan.Unit
		}
		o.Component = append(o.Component, valued(d.measure("planned"), day.Planned, unit, unknown))
	}
	return o
}

func (d *document) measure(name string) concept {
	return ours("measure", strings.ReplaceAll(name, "_", "-"), d.c.T("fhir.column."+name))
}

// valued is a value, or why there is none.
func valued(code concept, value *float64, unit, reason string) component {
	switch {
	case value == nil:
		return component{Code: code, AbsentReason: absent(reason)}
	case unit == "{score}":
		return component{Code: code, Quantity: score(*value)}
	}
	return component{Code: code, Quantity: amount(*value, unit)}
}

// dayRow is the day's row of the table that people read.
func (d *document) dayRow(day care.Day) []string {
	doses := d.c.T("fhir.not_known")
	switch day.State {
	case "none":
		doses = d.c.T("fhir.none_taken")
	case "doses":
		doses = strconv.Itoa(day.Doses)
	}
	amounts := make([]string, 0, len(day.Amounts))
	for _, a := range day.Amounts {
		amounts = append(amounts, d.c.Dose(a.Amount, text(a.Unit), d.named(a.Product)))
	}
	row := []string{string(day.Date), doses, strings.Join(amounts, "; ")}
	for _, v := range []*float64{day.Mitragynine, day.SevenOH, day.Rough, day.Craving, day.SleepHours, day.Planned} {
		cell := "–"
		if v != nil {
			cell = d.c.Figure(*v)
		}
		row = append(row, cell)
	}
	return row
}
