package journal

// KindSettings is a change of the person's choices.
const KindSettings Kind = "settings"

// Settings are the person's choices. Every field is optional in an event: an
// event changes what it names and leaves the rest.
type Settings struct {
	// HideCurve hides every curve: a curve can be a cue to take more.
	HideCurve *bool `json:"hide_curve,omitempty"`
	// Clock is "12h" or "24h"; empty follows the language.
	Clock *string `json:"clock,omitempty"`
	// Units is "metric" or "us", for weights and volumes on forms.
	Units *string `json:"units,omitempty"`
	// Language is a BCP 47 tag that the app has a catalogue for.
	Language *string `json:"language,omitempty"`
	// Country is an ISO 3166 alpha-2 code; it chooses the help lines.
	Country *string `json:"country,omitempty"`
	// Currency is an ISO 4217 code for money spent.
	Currency *string `json:"currency,omitempty"`
	// AutoLockMinutes without use until the journal locks; 0 is never.
	AutoLockMinutes *int `json:"auto_lock_min,omitempty"`
	// Goal is "understand", "cut_down", "quit", or empty.
	Goal *string `json:"goal,omitempty"`
	// Daily is the most that the person wants to take on a day, which Today
	// compares with what they took. An amount of 0 takes it back.
	Daily *Daily `json:"daily,omitempty"`
	// Reasons are why they want it, in their own words, to read when it is hard.
	Reasons *string `json:"reasons,omitempty"`
	// Someone is whom they want to call then; without a number it is nobody.
	Someone *Someone `json:"someone,omitempty"`
	// Line is a sentence of theirs to themselves, for the first days without.
	Line *string `json:"line,omitempty"`
	// Tonight is one thing that they want to do on an evening of those.
	Tonight *Tonight `json:"tonight,omitempty"`
	// BackupMade is the day on which a backup file was last made, and BackupLater
	// the day on which a reminder of it was last seen or put off.
	BackupMade  *Date `json:"backup_made,omitempty"`
	BackupLater *Date `json:"backup_later,omitempty"`
	// BackupReminders is false where the person wants none.
	BackupReminders *bool `json:"backup_reminders,omitempty"`
	// HideInsights keeps sentences about the entries off Today.
	HideInsights *bool `json:"hide_insights,omitempty"`
	// Told are the sentences about the entries that were put away on Today.
	Told *Told `json:"told,omitempty"`
	// Welcomed is true once the first-run steps were finished or skipped.
	Welcomed *bool `json:"welcomed,omitempty"`
}

// Daily is an amount a day, in the person's own unit.
type Daily struct {
	// Amount in Unit; 0 is none set.
	Amount float64 `json:"amount"`
	Unit   string  `json:"unit,omitempty"`
}

// Someone is a person to call.
type Someone struct {
	Name   string `json:"name,omitempty"`
	Number string `json:"number,omitempty"`
}

// Tonight is one thing for the evening of a day.
type Tonight struct {
	Text string `json:"text,omitempty"`
	On   Date   `json:"on,omitempty"`
}

// Told are sentences that were read and put away.
type Told struct {
	// IDs name them, the last one at the end; an older one may come again.
	IDs []string `json:"ids"`
	// On is the day on which the last was put away.
	On Date `json:"on"`
}

// mostTold is how many sentences that were put away are remembered.
const mostTold = 100

// Tell adds a sentence that was put away.
func (t *Told) Tell(id string, on Date) *Told {
	next := &Told{On: on}
	if t != nil {
		next.IDs = append(next.IDs, t.IDs[max(0, len(t.IDs)-mostTold+1):]...)
	}
	next.IDs = append(next.IDs, id)
	return next
}

// Kind is KindSettings.
func (*Settings) Kind() Kind { return KindSettings }

// Settings is the event's change of choices; nil when it is about something
// else.
func (e *Event) Settings() *Settings { return of[Settings](e) }

var _ = register(Descriptor{Kind: KindSettings, New: func() Payload { return new(Settings) }, Check: func(p Payload) error { return p.(*Settings).check() }})

func (s *Settings) check() error {
	if s.Told != nil {
		if len(s.Told.IDs) > mostTold {
			return bad("told", "event.number_range", "low", 0, "high", mostTold)
		}
		for _, id := range s.Told.IDs {
			if err := text("told", id, 100); err != nil {
				return err
			}
		}
	}
	if v := s.AutoLockMinutes; v != nil && (*v < 0 || *v > 1440) {
		return bad("auto_lock_min", "event.number_range", "low", 0, "high", 1440)
	}
	for _, c := range []struct {
		field string
		value *string
		list  []string
	}{
		{"clock", s.Clock, []string{"", "12h", "24h"}},
		{"units", s.Units, []string{"metric", "us"}},
		{"goal", s.Goal, []string{"", "understand", "cut_down", "quit"}},
	} {
		if c.value != nil {
			if err := oneOf(c.field, *c.value, c.list); err != nil {
				return err
			}
		}
	}
	if s.Currency != nil {
		if err := currency("currency", *s.Currency); err != nil {
			return err
		}
	}
	if d := s.Daily; d != nil && d.Amount != 0 {
		if err := first(amount("daily_amount", d.Amount), word("daily_unit", d.Unit)); err != nil {
			return err
		}
	}
	if p := s.Someone; p != nil {
		if err := first(text("someone_name", p.Name, MaxWord), text("someone_number", p.Number, MaxWord)); err != nil {
			return err
		}
	}
	if n := s.Tonight; n != nil {
		if _, err := ParseDate(string(n.On)); err != nil && n.Text != "" {
			return bad("tonight", "event.date_form")
		}
		if err := text("tonight", n.Text, MaxWord*4); err != nil {
			return err
		}
	}
	return first(text("line", Or(s.Line, ""), MaxWord*4), text("reasons", Or(s.Reasons, ""), MaxText), text("language", Or(s.Language, ""), 35), text("country", Or(s.Country, ""), 2))
}

// merge lays the fields that next names over s.
func (s *Settings) merge(next Settings) {
	set(&s.HideCurve, next.HideCurve)
	set(&s.Clock, next.Clock)
	set(&s.Units, next.Units)
	set(&s.Language, next.Language)
	set(&s.Country, next.Country)
	set(&s.Currency, next.Currency)
	set(&s.AutoLockMinutes, next.AutoLockMinutes)
	set(&s.Goal, next.Goal)
	set(&s.Daily, next.Daily)
	set(&s.Reasons, next.Reasons)
	set(&s.Someone, next.Someone)
	set(&s.Line, next.Line)
	set(&s.Tonight, next.Tonight)
	set(&s.BackupMade, next.BackupMade)
	set(&s.BackupLater, next.BackupLater)
	set(&s.BackupReminders, next.BackupReminders)
	set(&s.HideInsights, next.HideInsights)
	set(&s.Told, next.Told)
	set(&s.Welcomed, next.Welcomed)
}

func set[T any](dst **T, src *T) {
	if src != nil {
		*dst = src
	}
}

// Or is the value p points to, or def when the setting was never made.
func Or[T any](p *T, def T) T {
	if p == nil {
		return def
	}
	return *p
}
