package treatment

import "slices"

// Need is something that matters to a person when they look for a place.
type Need string

// The needs, in the order in which they are offered.
const (
	Outpatient    Need = "outpatient"
	Dual          Need = "dual" // mental illness and use treated together
	Buprenorphine Need = "buprenorphine"
	Detox         Need = "detox"
	Pregnancy     Need = "pregnancy"
	Telehealth    Need = "telehealth"
	Trauma        Need = "trauma"
	Pain          Need = "pain"
	Peer          Need = "peer"
	Veterans      Need = "veterans"
	Medicaid      Need = "medicaid"
	Sliding       Need = "sliding"
	Free          Need = "free"
	Spanish       Need = "spanish"
	Sign          Need = "sign"
)

// Needs are all of them.
var Needs = []Need{Outpatient, Dual, Buprenorphine, Detox, Pregnancy, Telehealth, Trauma, Pain, Peer, Veterans, Medicaid, Sliding, Free, Spanish, Sign}

// codes are the service codes of SAMHSA's key that answer a need, any of which
// is enough (samhsa directory, key of service codes as of 2025-12).
var codes = map[Need][]string{
	Outpatient:    {"OP", "ORT", "OIT", "ODT", "OMB", "OMH"},
	Dual:          {"CO", "SUMH"},
	Buprenorphine: {"BU", "BUM", "BWN", "BWON", "BERI", "UB"},
	Detox:         {"DT", "OD", "RD", "HID"},
	Pregnancy:     {"PW"},
	Telehealth:    {"TELE"},
	Trauma:        {"TRMA", "TRC", "PTSD"},
	Pain:          {"COPSU"},
	Peer:          {"PEER"},
	Veterans:      {"VET", "VAMC", "VAHC"},
	Medicaid:      {"MD"},
	Sliding:       {"SS"},
	Free:          {"NP"},
	Spanish:       {"SP"},
	Sign:          {"AH"},
}

// Meets reports that the place lists a service that answers the need.
func (p *Place) Meets(n Need) bool { return p.Has(codes[n]...) }

// needSet has a bit for each of Needs.
type needSet uint32

func mask(list []Need) needSet {
	var m needSet
	for _, n := range list {
		m |= 1 << max(slices.Index(Needs, n), 0)
	}
	return m
}

// answers are the needs that a code answers.
func answers(code string) needSet {
	var m needSet
	for i, n := range Needs {
		if slices.Contains(codes[n], code) {
			m |= 1 << i
		}
	}
	return m
}

// ParseNeed reads the name of a need.
func ParseNeed(s string) (Need, bool) {
	_, ok := codes[Need(s)]
	return Need(s), ok
}

// Needs lists those that the place answers, in their order.
func (p *Place) Needs() []Need {
	var list []Need
	for _, n := range Needs {
		if p.Meets(n) {
			list = append(list, n)
		}
	}
	return list
}
