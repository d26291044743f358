package quick

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// entryJSON is the stable form of one entry. Fields that do not apply are
// left out.
type entryJSON struct {
	Kind journal.Kind `json:"kind"`
	// Product is the product of a dose or the name of another substance.
	Product   string `json:"product,omitempty"`
	ProductID string `json:"product_id,omitempty"`
	// Class of another substance.
	Class  journal.SubstanceClass `json:"class,omitempty"`
	Amount *float64               `json:"amount,omitempty"`
	Unit   string                 `json:"unit,omitempty"`
	// AmountWords of another substance, where the line gives no number.
	AmountWords string           `json:"amount_words,omitempty"`
	At          string           `json:"at"`
	Reason      journal.Reason   `json:"reason,omitempty"`
	Reasons     []journal.Reason `json:"reasons,omitempty"` // where there is more than one

	Rough        *int                    `json:"rough,omitempty"`
	Craving      *int                    `json:"craving,omitempty"`
	Mood         *int                    `json:"mood,omitempty"`
	Calm         *int                    `json:"calm,omitempty"`
	Energy       *int                    `json:"energy,omitempty"`
	Pain         *int                    `json:"pain,omitempty"`
	SleepHours   *float64                `json:"sleep_h,omitempty"`
	SleepQuality *int                    `json:"sleep_quality,omitempty"`
	Symptoms     map[journal.Symptom]int `json:"symptoms,omitempty"`

	Change  journal.Change `json:"change,omitempty"`
	Since   journal.Date   `json:"since,omitempty"`
	Ongoing bool           `json:"ongoing,omitempty"`

	Area   journal.LifeArea `json:"area,omitempty"`
	Effect string           `json:"effect,omitempty"`

	Currency string `json:"currency,omitempty"`

	PerDay      float64 `json:"per_day,omitempty"`
	TimesPerDay float64 `json:"times_per_day,omitempty"`
	Days        float64 `json:"days,omitempty"`

	// Text of a note entry; Note goes with any other kind.
	Text string `json:"text,omitempty"`
	Note string `json:"note,omitempty"`

	// Fields of a kind that has no names of its own above, by their own names.
	Fields map[string]string `json:"fields,omitempty"`
}

type resultJSON struct {
	Entries []entryJSON `json:"entries"`
	Asks    []string    `json:"asks"`
	// Questions are the asks with their answers; left out where there are none.
	Questions []questionJSON `json:"questions,omitempty"`
}

type questionJSON struct {
	Ask   string `json:"ask"`
	Words string `json:"words"`
	// Waits is true where the entries are saved before it is answered.
	Waits   bool         `json:"waits,omitempty"`
	Choices []choiceJSON `json:"choices"`
}

// choiceJSON is an answer: its words, and the line with it put in.
type choiceJSON struct {
	Say  string `json:"say"`
	Line string `json:"line"`
}

// JSON writes the stable form that "evenkeel add --dry-run --json" prints:
// {"entries":[...],"asks":["..."],"questions":[...]}, the first two always arrays. The catalogue's say
// puts the questions into words.
func (r Result) JSON(say func(key string, args ...any) string) ([]byte, error) {
	out := resultJSON{Entries: make([]entryJSON, 0, len(r.Entries)), Asks: make([]string, 0, len(r.Asks))}
	for _, e := range r.Entries {
		out.Entries = append(out.Entries, flat(&e.Event))
	}
	for _, a := range r.Asks {
		out.Asks = append(out.Asks, say(a.Key, a.Args...))
		q := questionJSON{Ask: say(a.Key, a.Args...), Words: a.Words, Waits: a.Waits, Choices: []choiceJSON{}}
		for _, c := range a.Answers() {
			q.Choices = append(q.Choices, choiceJSON{say(c.Say.Key, c.Say.Args...), c.Line})
		}
		out.Questions = append(out.Questions, q)
	}
	return json.Marshal(out)
}

// flat lays an event out in one level.
func flat(e *journal.Event) entryJSON {
	j := entryJSON{Kind: e.Kind, At: e.At.Format(time.RFC3339)}
	switch {
	case e.Dose() != nil:
		d := e.Dose()
		j.Product, j.ProductID, j.Amount, j.Unit, j.Note = d.ProductName, idText(d.Product), &d.Amount, d.Unit, d.Note
		if len(d.Reasons) > 0 {
			j.Reason = d.Reasons[0]
		}
		if len(d.Reasons) > 1 {
			j.Reasons = d.Reasons
		}
	case e.CheckIn() != nil:
		c := e.CheckIn()
		j.Rough, j.Craving, j.Mood, j.Calm, j.Energy, j.Pain = c.Rough, c.Craving, c.Mood, c.Calm, c.Energy, c.Pain
		j.SleepHours, j.SleepQuality, j.Symptoms, j.Note = c.SleepHours, c.SleepQuality, c.Symptoms, c.Note
	case e.Substance() != nil:
		s := e.Substance()
		j.Class, j.Product, j.Note = s.Class, s.Name, s.Note
		number, unit, _ := strings.Cut(s.Amount, " ")
		if v, err := strconv.ParseFloat(number, 64); err == nil {
			j.Amount, j.Unit = &v, unit
		} else {
			j.AmountWords = s.Amount
		}
	case e.BodyChange() != nil:
		b := e.BodyChange()
		j.Change, j.Since, j.Ongoing, j.Note = b.Change, b.Since, b.Ongoing, b.Note
	case e.Life() != nil:
		j.Area, j.Effect, j.Note = e.Life().Area, e.Life().Effect, e.Life().Note
	case e.Spending() != nil:
		s := e.Spending()
		j.Amount, j.Currency, j.ProductID, j.Note = &s.Amount, s.Currency, idText(s.Product), s.Note
	case e.PriorUse() != nil:
		h := e.PriorUse()
		j.Product, j.ProductID, j.PerDay, j.Unit, j.TimesPerDay, j.Days, j.Note = h.ProductName, idText(h.Product), h.PerDay, h.Unit, h.TimesPerDay, h.Days, h.Note
	case e.Note() != nil:
		j.Text = e.Note().Text
	default:
		j.Fields = fieldTexts(e)
	}
	return j
}

func fieldTexts(e *journal.Event) map[string]string {
	d := journal.Describe(e.Kind)
	if d == nil || e.Body == nil {
		return nil
	}
	texts := map[string]string{}
	for i := range d.Fields {
		if v := d.Fields[i].Get(e.Body); v != "" {
			texts[d.Fields[i].Name] = v
		}
	}
	return texts
}

func idText(id journal.ID) string {
	if id.IsZero() {
		return ""
	}
	return id.String()
}
