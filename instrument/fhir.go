package instrument

import "strconv"

// Questionnaire is a FHIR R4 Questionnaire, as much of the resource as an
// instrument needs (HL7 FHIR R4, https://hl7.org/fhir/R4/questionnaire.html).
type Questionnaire struct {
	ResourceType string              `json:"resourceType"`
	URL          string              `json:"url"`
	Version      string              `json:"version"`
	Name         string              `json:"name"`
	Title        string              `json:"title"`
	Status       string              `json:"status"`
	SubjectType  []string            `json:"subjectType"`
	Language     string              `json:"language"`
	Purpose      string              `json:"purpose,omitempty"`
	Copyright    string              `json:"copyright"`
	Code         []Coding            `json:"code,omitempty"`
	Item         []QuestionnaireItem `json:"item"`
}

// QuestionnaireItem is one question or the text before them.
type QuestionnaireItem struct {
	LinkID       string         `json:"linkId"`
	Code         []Coding       `json:"code,omitempty"`
	Text         string         `json:"text"`
	Type         string         `json:"type"`
	EnableWhen   []EnableWhen   `json:"enableWhen,omitempty"`
	EnableAll    string         `json:"enableBehavior,omitempty"`
	AnswerOption []AnswerOption `json:"answerOption,omitempty"`
}

// EnableWhen opens an item by the answer to another.
type EnableWhen struct {
	Question string `json:"question"`
	Operator string `json:"operator"`
	Answer   Coding `json:"answerCoding"`
}

// AnswerOption is one answer with its points.
type AnswerOption struct {
	Extension []OrdinalValue `json:"extension"`
	Value     Coding         `json:"valueCoding"`
}

// OrdinalValue is the extension that gives an answer its points.
type OrdinalValue struct {
	URL   string  `json:"url"`
	Value float64 `json:"valueDecimal"`
}

// Coding is a code of a system.
type Coding struct {
	System  string `json:"system"`
	Code    string `json:"code"`
	Display string `json:"display,omitempty"`
}

const (
	loincSystem = "http://loinc.org"
	// ownSystem is for what has no code of LOINC's: we invent none.
	ownSystem     = "https://evenkeel.invalid/fhir/instrument/"
	ordinalValue  = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
	loincNotice   = "This material contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief Institute, Inc. and the LOINC Committee, and is available at no cost under the license at http://loinc.org/license. "
	stemLink      = "stem"
	answersSystem = "/answers/"
)

// FHIR is the instrument as a FHIR R4 Questionnaire in a language. An item has
// its LOINC code where one is known, and else none.
func (in *Instrument) FHIR(language string) Questionnaire {
	w := in.Words(language)
	q := Questionnaire{
		ResourceType: "Questionnaire", URL: ownSystem + in.ID, Version: strconv.Itoa(in.Version), Name: in.ID, Title: w.Title,
		Status: "active", SubjectType: []string{"Patient"}, Language: language, Purpose: w.About, Copyright: in.Licence.Notice,
	}
	if in.Panel != "" {
		q.Code = []Coding{{System: loincSystem, Code: in.Panel}}
		q.Copyright = loincNotice + q.Copyright
	}
	if w.Stem != "" {
		q.Item = append(q.Item, QuestionnaireItem{LinkID: stemLink, Text: w.Stem, Type: "display"})
	}
	for _, i := range in.Items {
		q.Item = append(q.Item, in.fhirItem(w, i))
	}
	return q
}

func (in *Instrument) fhirItem(w *Words, i Item) QuestionnaireItem {
	item := QuestionnaireItem{LinkID: i.ID, Text: w.Items[i.ID], Type: "choice"}
	if i.LOINC != "" {
		item.Code = []Coding{{System: loincSystem, Code: i.LOINC}}
	}
	for _, v := range in.Values(i) {
		item.AnswerOption = append(item.AnswerOption, AnswerOption{
			Extension: []OrdinalValue{{ordinalValue, float64(v)}}, Value: in.coding(i, v, in.Answer(w, i, v)),
		})
	}
	if i.When != nil {
		other, _ := in.Item(i.When.Item)
		for _, v := range in.Values(other) {
			if v >= i.When.Least && (i.When.Most == nil || v <= *i.When.Most) {
				item.EnableWhen = append(item.EnableWhen, EnableWhen{i.When.Item, "=", in.coding(other, v, "")})
			}
		}
		if len(item.EnableWhen) > 1 {
			item.EnableAll = "any"
		}
	}
	return item
}

// coding is an answer in our own system: the codes of published answer lists
// are not needed to score it.
func (in *Instrument) coding(i Item, value int, display string) Coding {
	return Coding{ownSystem + in.ID + answersSystem + i.Options, strconv.Itoa(value), display}
}
