package fhir

import "github.com/evenkeel/evenkeel/journal"

// Systems of codes. Those of HL7 stand in the value sets of FHIR R4; the LOINC codes
// of sections in HL7's International Patient Summary.
const (
	loinc = "http://loinc.org"
	ucum  = "http://unitsofmeasure.org"
	// unii is FDA's list of substances, by the address that FHIR R4 gives it.
	unii  = "http://fdasis.nlm.nih.gov"
	dicom = "http://dicom.nema.org/resources/ontology/DCM"

	hl7             = "http://terminology.hl7.org/CodeSystem/"
	actCode         = hl7 + "v3-ActCode"
	actReason       = hl7 + "v3-ActReason"
	participation   = hl7 + "v3-ParticipationType"
	confidentiality = hl7 + "v3-Confidentiality"

	// own is for what has no public code; the name can never be anybody's.
	own = "https://evenkeel.invalid/fhir/"
)

// LOINC codes of the document and its sections, and of a consent.
const (
	patientSummary = "60591-5"
	problemList    = "11450-4"
	allergies      = "48765-2"
	medicationUse  = "10160-0"
	planOfCare     = "18776-5"
	releaseConsent = "64292-6"
)

// mitragynineUNII is mitragynine in FDA's list. 7-hydroxymitragynine and kratom leaf
// carry no code here: none was found that could be confirmed.
const mitragynineUNII = "EP479K822J"

// ucumUnits are our units that UCUM has, by its codes. A capsule, a tablet or a
// spoon of somebody's own has none.
var ucumUnits = map[string]string{"g": "g", "mg": "mg", "mL": "mL", "h": "h", "d": "d"}

func amount(value float64, unit string) *quantity {
	q := &quantity{Value: value, Unit: text(unit)}
	if code, ok := ucumUnits[unit]; ok {
		q.System, q.Code = ucum, code
	}
	return q
}

// score is a number of points.
func score(value float64) *quantity {
	return &quantity{Value: value, Unit: "{score}", System: ucum, Code: "{score}"}
}

// ours is a concept of our own system, such as "measure" and "craving"; a code that
// FHIR would refuse leaves the words.
func ours(system, code, words string) concept {
	c := concept{Text: text(words)}
	if codePattern.MatchString(code) {
		c.Coding = []coding{{System: own + system, Code: code}}
	}
	if c.Text == "" && c.Coding == nil {
		c.Text = "-"
	}
	return c
}

func hl7Concept(system, code string) concept {
	return concept{Coding: []coding{{System: hl7 + system, Code: code}}}
}

// Why a value is absent, of HL7's data-absent-reason.
const (
	unknown      = "unknown"
	notAsked     = "not-asked"
	notPerformed = "not-performed"
)

func absent(reason string) *concept {
	c := hl7Concept("data-absent-reason", reason)
	return &c
}

// labels are the security labels of every resource: restricted, and about a substance
// use disorder on the ground of 42 CFR Part 2, said by the extension of HL7's
// Security Labeling (DS4P).
func labels() []coding {
	return []coding{
		{System: confidentiality, Code: "R", Display: "restricted"},
		{
			Extension: []extension{{
				URL:    "http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-sec-label-basis",
				Coding: &coding{System: actCode, Code: "42CFRPart2", Display: "42 CFR Part 2"},
			}},
			System: actCode, Code: "SUD", Display: "substance use disorder information sensitivity",
		},
	}
}

// reasons are the codes of journal.Purposes in HL7's ActReason; care is treatment,
// payment and operations together. What is another purpose has words only.
var reasons = map[string][]coding{
	"request": {{System: actReason, Code: "PATRQT", Display: "patient requested"}},
	"care": {
		{System: actReason, Code: "TREAT", Display: "treatment"},
		{System: actReason, Code: "HPAYMT", Display: "healthcare payment"},
		{System: actReason, Code: "HOPERAT", Display: "healthcare operations"},
	},
	"legal": {{System: actReason, Code: "HLEGAL", Display: "legal"}},
}

// formCode is the form of a product, which stands in journal.Forms.
func formCode(form string) []coding {
	for _, f := range journal.Forms {
		if string(f) == form {
			return []coding{{System: own + "product-form", Code: form}}
		}
	}
	return nil
}
