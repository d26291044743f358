package fhir

// The resources that say by which consent, and to whom, something was disclosed.

type consent struct {
	base
	Status     string      `json:"status"`
	Scope      concept     `json:"scope"`
	Category   []concept   `json:"category"`
	Patient    reference   `json:"patient"`
	DateTime   string      `json:"dateTime,omitempty"`
	Performer  []reference `json:"performer"`
	Policy     []policy    `json:"policy"`
	PolicyRule concept     `json:"policyRule"`
	Provision  provision   `json:"provision"`
}

type policy struct {
	URI string `json:"uri"`
}

type provision struct {
	Type          string           `json:"type"`
	Period        period           `json:"period"`
	Actor         []provisionActor `json:"actor"`
	SecurityLabel []coding         `json:"securityLabel"`
	Purpose       []coding         `json:"purpose"`
}

type provisionActor struct {
	Role      concept   `json:"role"`
	Reference reference `json:"reference"`
}

type provenance struct {
	base
	Target   []reference       `json:"target"`
	Recorded string            `json:"recorded"`
	Policy   []string          `json:"policy"`
	Reason   []concept         `json:"reason"`
	Activity concept           `json:"activity"`
	Agent    []provenanceAgent `json:"agent"`
	Entity   []sourceEntity    `json:"entity"`
}

type provenanceAgent struct {
	Type concept   `json:"type"`
	Who  reference `json:"who"`
}

type sourceEntity struct {
	Role string    `json:"role"`
	What reference `json:"what"`
}

type auditEvent struct {
	base
	Type    coding        `json:"type"`
	Subtype []coding      `json:"subtype"`
	Action  string        `json:"action"`
	Record  string        `json:"recorded"`
	Outcome string        `json:"outcome"`
	Purpose []concept     `json:"purposeOfEvent"`
	Agent   []auditAgent  `json:"agent"`
	Source  auditSource   `json:"source"`
	Entity  []auditEntity `json:"entity"`
}

type auditAgent struct {
	Type      concept   `json:"type"`
	Who       reference `json:"who"`
	Requestor bool      `json:"requestor"`
}

type auditSource struct {
	Observer reference `json:"observer"`
}

type auditEntity struct {
	What          reference     `json:"what"`
	Type          coding        `json:"type"`
	Role          coding        `json:"role"`
	SecurityLabel []coding      `json:"securityLabel"`
	Detail        []auditDetail `json:"detail,omitempty"`
}

type auditDetail struct {
	Type  string `json:"type"`
	Value string `json:"valueString"`
}
