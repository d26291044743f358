package fhir

// The resources of FHIR R4 that a document holds, as much of each as is filled.

// base is what every resource has.
type base struct {
	ResourceType string     `json:"resourceType"`
	ID           string     `json:"id"`
	Meta         meta       `json:"meta"`
	Language     string     `json:"language,omitempty"`
	Text         *narrative `json:"text,omitempty"`
}

func (b *base) head() *base { return b }

type resource interface{ head() *base }

type bundle struct {
	base
	Identifier identifier `json:"identifier"`
	Type       string     `json:"type"`
	Timestamp  string     `json:"timestamp"`
	Entry      []entry    `json:"entry"`
}

type entry struct {
	FullURL  string   `json:"fullUrl"`
	Resource resource `json:"resource"`
}

type composition struct {
	base
	Status          string      `json:"status"`
	Type            concept     `json:"type"`
	Subject         reference   `json:"subject"`
	Date            string      `json:"date"`
	Author          []reference `json:"author"`
	Title           string      `json:"title"`
	Confidentiality string      `json:"confidentiality"`
	Section         []section   `json:"section"`
}

type section struct {
	Title       string      `json:"title"`
	Code        concept     `json:"code"`
	Text        narrative   `json:"text"`
	Entry       []reference `json:"entry,omitempty"`
	EmptyReason *concept    `json:"emptyReason,omitempty"`
}

type patient struct {
	base
	Name []humanName `json:"name"`
}

// organization is a program, practitioner a clinician, relatedPerson anybody else.
type organization struct {
	base
	Name string `json:"name"`
}

type practitioner struct {
	base
	Name []humanName `json:"name"`
}

type relatedPerson struct {
	base
	Patient reference   `json:"patient"`
	Name    []humanName `json:"name"`
}

type observation struct {
	base
	Status       string       `json:"status"`
	Category     []concept    `json:"category"`
	Code         concept      `json:"code"`
	Subject      reference    `json:"subject"`
	Effective    string       `json:"effectiveDateTime"`
	Performer    []reference  `json:"performer"`
	Value        *quantity    `json:"valueQuantity,omitempty"`
	AbsentReason *concept     `json:"dataAbsentReason,omitempty"`
	Note         []annotation `json:"note,omitempty"`
	DerivedFrom  []reference  `json:"derivedFrom,omitempty"`
	Component    []component  `json:"component,omitempty"`
}

type component struct {
	Code         concept   `json:"code"`
	Quantity     *quantity `json:"valueQuantity,omitempty"`
	Integer      *int      `json:"valueInteger,omitempty"`
	DateTime     string    `json:"valueDateTime,omitempty"`
	AbsentReason *concept  `json:"dataAbsentReason,omitempty"`
}

type response struct {
	base
	Questionnaire string         `json:"questionnaire"`
	Status        string         `json:"status"`
	Subject       reference      `json:"subject"`
	Authored      string         `json:"authored"`
	Author        reference      `json:"author"`
	Source        reference      `json:"source"`
	Item          []responseItem `json:"item,omitempty"`
}

type responseItem struct {
	LinkID string   `json:"linkId"`
	Text   string   `json:"text,omitempty"`
	Answer []answer `json:"answer"`
}

type answer struct {
	Coding  *coding `json:"valueCoding,omitempty"`
	Integer *int    `json:"valueInteger,omitempty"`
}

type medicationStatement struct {
	base
	Status            string    `json:"status"`
	Category          concept   `json:"category"`
	Medication        concept   `json:"medicationCodeableConcept"`
	Subject           reference `json:"subject"`
	Effective         string    `json:"effectiveDateTime"`
	InformationSource reference `json:"informationSource"`
	Dosage            []dosage  `json:"dosage"`
}

type dosage struct {
	Text        string `json:"text"`
	DoseAndRate []rate `json:"doseAndRate"`
}

type rate struct {
	Ratio ratio `json:"rateRatio"`
}

type flag struct {
	base
	Status   string    `json:"status"`
	Category []concept `json:"category"`
	Code     concept   `json:"code"`
	Subject  reference `json:"subject"`
	Period   period    `json:"period"`
	Author   reference `json:"author"`
}

type carePlan struct {
	base
	Status   string      `json:"status"`
	Intent   string      `json:"intent"`
	Title    string      `json:"title"`
	Subject  reference   `json:"subject"`
	Period   period      `json:"period"`
	Author   reference   `json:"author"`
	Goal     []reference `json:"goal,omitempty"`
	Activity []activity  `json:"activity,omitempty"`
}

type activity struct {
	Detail activityDetail `json:"detail"`
}

type activityDetail struct {
	Status      string    `json:"status"`
	Period      *period   `json:"scheduledPeriod,omitempty"`
	Product     concept   `json:"productCodeableConcept"`
	DailyAmount *quantity `json:"dailyAmount"`
	Description string    `json:"description,omitempty"`
}

type goal struct {
	base
	Lifecycle   string       `json:"lifecycleStatus"`
	Description concept      `json:"description"`
	Subject     reference    `json:"subject"`
	StartDate   string       `json:"startDate"`
	Target      []goalTarget `json:"target"`
	ExpressedBy reference    `json:"expressedBy"`
}

type goalTarget struct {
	Measure concept   `json:"measure"`
	Detail  *quantity `json:"detailQuantity"`
	Due     string    `json:"dueDate,omitempty"`
}
