package journal

// KindScreening is a questionnaire that was answered, whole or in part.
const KindScreening Kind = "screening"

// Screening holds the answers to a questionnaire of package instrument. The
// journal does not know the questionnaires: one that a newer release brings is
// kept as it is.
type Screening struct {
	// Instrument and its Version when it was answered.
	Instrument string `json:"instrument"`
	Version    int    `json:"version"`
	// Answers by item. What is not there was left out, which is not zero.
	Answers map[string]int `json:"answers,omitempty"`
	// Finished says that the person came to the end, however much they left out.
	Finished bool `json:"finished,omitempty"`
}

// Kind is KindScreening.
func (*Screening) Kind() Kind { return KindScreening }

// Screening is the event's questionnaire; nil when it is about something else.
func (e *Event) Screening() *Screening { return of[Screening](e) }

// Questionnaire is the name of an instrument, as the languages have it.
type Questionnaire string

// The bounds of what any questionnaire may hold; the instrument's own are
// narrower.
const (
	maxAnswer  = 1000
	maxAnswers = 200
)

var _ = register(Descriptor{
	Kind: KindScreening, Order: 12, Apart: true, New: func() Payload { return new(Screening) },
	Check: func(p Payload) error {
		s := p.(*Screening)
		if !slug(s.Instrument) || s.Version < 1 {
			return bad("instrument", "event.screening")
		}
		if len(s.Answers) > maxAnswers {
			return bad("answers", "event.screening")
		}
		for item, v := range s.Answers {
			if !slug(item) || v < 0 || v > maxAnswer {
				return bad("answers", "event.screening")
			}
		}
		return nil
	},
	Title: func(p Payload) Phrase {
		s := p.(*Screening)
		key := "screening.begun"
		if s.Finished {
			key = "screening.said"
		}
		return Phrase{key, []any{"name", Questionnaire(s.Instrument), "n", len(s.Answers)}}
	},
})

// slug reports a short name of letters, digits and underscores.
func slug(s string) bool {
	if s == "" || len(s) > 40 {
		return false
	}
	for _, r := range s {
		if !(r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z') {
			return false
		}
	}
	return true
}
