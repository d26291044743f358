package locale

import (
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// Said is an entry in words: a headline and what else it says.
type Said struct {
	Title string
	Parts []string
	// Note is the person's own.
	Note string
}

// All is everything in one line, for a label.
func (s Said) All() string {
	list := append([]string{s.Title}, s.Parts...)
	if s.Note != "" {
		list = append(list, s.Note)
	}
	return strings.Join(list, " · ")
}

// Describe puts an entry into words; now is what its dates are told from.
func (c *Catalogue) Describe(e *journal.Event, now time.Time) Said {
	switch {
	case e.Dose() != nil:
		return c.describeDose(e.Dose())
	case e.None() != nil:
		return Said{Title: c.T("kind.none_today")}
	case e.CheckIn() != nil:
		return c.describeCheckIn(e.CheckIn())
	case e.Substance() != nil:
		s := Said{Title: c.T("class." + string(e.Substance().Class)), Note: e.Substance().Note}
		s.add(e.Substance().Name)
		s.add(e.Substance().Amount)
		return s
	case e.BodyChange() != nil:
		s := Said{Title: c.T("change." + string(e.BodyChange().Change)), Note: e.BodyChange().Note}
		if e.BodyChange().Since != "" {
			s.add(c.T("change.since", "day", c.Day(e.BodyChange().Since, now)))
		}
		if e.BodyChange().Ongoing {
			s.add(c.T("change.ongoing"))
		}
		return s
	case e.Life() != nil:
		s := Said{Title: c.T("area." + string(e.Life().Area)), Note: e.Life().Note}
		if e.Life().Effect != "" {
			s.add(c.T("effect." + e.Life().Effect))
		}
		return s
	case e.Note() != nil:
		return Said{Title: c.T("kind.note"), Note: e.Note().Text}
	case e.Spending() != nil:
		return Said{Title: c.Money(e.Spending().Amount, e.Spending().Currency), Note: e.Spending().Note}
	case e.PriorUse() != nil:
		return c.describeHistory(e.PriorUse())
	case e.Product() != nil:
		return Said{Title: e.Product().Name, Note: e.Product().Note}
	}
	return Said{Title: c.T("kind." + string(e.Kind))}
}

func (s *Said) add(part string) {
	if part != "" {
		s.Parts = append(s.Parts, part)
	}
}

func (c *Catalogue) describeDose(d *journal.Dose) Said {
	s := Said{Title: c.Dose(d.Amount, d.Unit, d.ProductName), Note: d.Note}
	for _, r := range d.Reasons {
		s.add(c.T("reason." + string(r)))
	}
	if d.Helped != nil {
		s.add(c.T("helped.said", "answer", c.T("helped."+strconv.Itoa(*d.Helped))))
	}
	return s
}

func (c *Catalogue) describeCheckIn(k *journal.CheckIn) Said {
	s := Said{Note: k.Note}
	score := func(key string, p *int) {
		if p != nil {
			s.add(c.T("checkin."+key+".said", "n", *p))
		}
	}
	score("rough", k.Rough)
	score("craving", k.Craving)
	score("mood", k.Mood)
	score("calm", k.Calm)
	score("energy", k.Energy)
	score("pain", k.Pain)
	if k.SleepHours != nil {
		s.add(c.T("checkin.sleep_h.said", "n", *k.SleepHours))
	}
	score("sleep_quality", k.SleepQuality)
	for _, name := range journal.Symptoms {
		if n, ok := k.Symptoms[name]; ok && n > 0 {
			s.add(c.T("symptom.said", "symptom", c.T("symptom."+string(name)), "n", n))
		}
	}
	if len(s.Parts) == 0 {
		s.Title = c.T("kind.check_in")
		return s
	}
	s.Title, s.Parts = s.Parts[0], s.Parts[1:]
	return s
}

func (c *Catalogue) describeHistory(h *journal.PriorUse) Said {
	s := Said{Title: c.T("history.said", "dose", c.Dose(h.PerDay, h.Unit, h.ProductName), "span", c.Days(h.Days)), Note: h.Note}
	if h.TimesPerDay > 0 {
		s.add(c.T("history.times_said", "n", h.TimesPerDay))
	}
	return s
}
