package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/internal/app/screen"
	"github.com/evenkeel/evenkeel/journal"
)

// The answers of `screen --json`.
type (
	standingAnswer struct {
		Name  string         `json:"name"`
		Title string         `json:"title"`
		Topic string         `json:"topic"`
		Who   string         `json:"who"`
		Due   bool           `json:"due"`
		Last  *sittingAnswer `json:"last,omitempty"`
	}
	sittingAnswer struct {
		ID       journal.ID         `json:"id"`
		Name     string             `json:"name"`
		At       time.Time          `json:"at"`
		Finished bool               `json:"finished"`
		Answers  instrument.Answers `json:"answers"`
		Scores   []scoreAnswer      `json:"scores"`
	}
	scoreAnswer struct {
		Score   string   `json:"score"`
		Value   *float64 `json:"value"` // null while an answer is missing
		Low     int      `json:"low"`
		High    int      `json:"high"`
		Band    string   `json:"band,omitempty"`
		Missing []string `json:"missing,omitempty"`
		Says    string   `json:"says"`
		// BandsFrom is in whom the bands were found, and Source where.
		BandsFrom string   `json:"bands_from,omitempty"`
		Source    string   `json:"source,omitempty"`
		Before    *float64 `json:"before,omitempty"`
		Changed   string   `json:"changed,omitempty"` // unclear, same, lighter, heavier
	}
	itemAnswer struct {
		Item    string         `json:"item"`
		Asks    string         `json:"asks"`
		Answers []choiceAnswer `json:"answers"`
	}
	choiceAnswer struct {
		Value int    `json:"value"`
		Says  string `json:"says"`
	}
)

func (c *commands) standing(j *journal.Journal, st *screen.Standing) standingAnswer {
	in := st.Instrument
	a := standingAnswer{Name: in.ID, Title: in.Words(c.text.Tag()).Title, Topic: in.Topic, Who: in.Who, Due: st.Due}
	if st.Last != nil {
		last := c.sitting(j, st.Last)
		a.Last = &last
	}
	return a
}

func (c *commands) sitting(j *journal.Journal, s *screen.Sitting) sittingAnswer {
	a := sittingAnswer{ID: s.ID, Name: s.Instrument.ID, At: s.At, Finished: s.Finished, Answers: s.Answers}
	w := s.Instrument.Words(c.text.Tag())
	for _, r := range screen.Results(j, s) {
		n := scoreAnswer{
			Score: r.ID, Low: r.Scoring.Low, High: r.Scoring.High, Band: r.Band, Missing: r.Missing,
			Says: c.text.Score(s.Instrument, r.Scoring, r.Score),
		}
		if r.Known {
			n.Value = &r.Value
		}
		if b := r.Scoring.Bands; b != nil {
			n.BandsFrom, n.Source = w.Populations[b.Population], b.Source.Cite
		}
		if r.Before != nil {
			n.Before = &r.Before.Value
			n.Changed = r.Changed.String()
		}
		a.Scores = append(a.Scores, n)
	}
	return a
}

func (c *commands) showItems(in *instrument.Instrument) error {
	w := in.Words(c.text.Tag())
	list := []itemAnswer{}
	var b strings.Builder
	for _, i := range in.Items {
		a := itemAnswer{Item: i.ID, Asks: strings.TrimSpace(w.Stem + " " + w.Items[i.ID])}
		fmt.Fprintf(&b, "%s  %s\n", i.ID, a.Asks)
		for _, v := range in.Values(i) {
			a.Answers = append(a.Answers, choiceAnswer{v, in.Answer(w, i, v)})
			fmt.Fprintf(&b, "    %s=%d  %s\n", i.ID, v, in.Answer(w, i, v))
		}
		list = append(list, a)
	}
	if c.json {
		return c.printJSON(list)
	}
	return c.print(strings.TrimSuffix(b.String(), "\n"))
}
