package record

import (
	"context"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/quick"
	"github.com/evenkeel/evenkeel/safety"
)

// usualsKnown is how many usual doses quick entry looks through to tell
// products apart.
const usualsKnown = 20

// DefaultCurrency is what money is in until the person chooses.
const DefaultCurrency = "USD"

// Line is a line of quick entry.
type Line struct {
	Text string
	// Written is when it was written, at that time's own UTC offset: "20 min
	// ago" counts from then. What is saved is marked as written down now. Zero
	// is now; a time that has not come yet is fault.Invalid.
	Written time.Time
	// Language that the page or the terminal speaks, for who chose none; English
	// is always understood beside it.
	Language string
}

// at is when the line was written.
func (l *Line) at(ctx context.Context, a *app.App) (time.Time, error) {
	now := a.Now(ctx)
	switch {
	case l.Written.IsZero():
		return now, nil
	case l.Written.After(now.Add(app.Ahead)):
		return now, fault.New(fault.Invalid, "record.line_from_the_future")
	}
	return l.Written, nil
}

// Understand reads a line of quick entry and saves nothing.
func Understand(ctx context.Context, a *app.App, l Line) (quick.Result, error) {
	at, err := l.at(ctx, a)
	if err != nil {
		return quick.Result{}, err
	}
	j, err := a.Read(ctx)
	if err != nil {
		return quick.Result{}, err
	}
	return l.read(quickContext(j, at, l.Language), safety.Scan(l.Text)), nil
}

// quickContext is what quick entry may know when a line was written at now.
func quickContext(j *journal.Journal, now time.Time, language string) quick.Context {
	s := j.Settings()
	return quick.Context{Now: now, Products: j.Products(), Usuals: j.Usuals(now, usualsKnown), Currency: journal.Or(s.Currency, DefaultCurrency), Clock: journal.Or(s.Clock, ""), Language: journal.Or(s.Language, language)}
}

// Added says what a line of quick entry did.
type Added struct {
	quick.Result
	// IDs of the entries saved; empty when something was asked that cannot wait.
	IDs []journal.ID
	// NewProducts are the products that the line began.
	NewProducts []journal.ID
	// Found are the words of danger in the line, looked for before anything was
	// read out of it, and what the entries bring up together with others. They
	// are answered before anything else.
	Found []safety.Finding
}

// Add reads a line of quick entry and saves it when nothing in it is unclear.
// With a question open that cannot wait nothing is saved, so that the line can be
// mended and sent again without doubling the part that was clear. What can wait
// is asked again by Later.
func Add(ctx context.Context, a *app.App, l Line) (Added, error) {
	added := Added{Found: safety.Scan(l.Text)}
	at, err := l.at(ctx, a)
	if err != nil {
		return added, err
	}
	saved, err := a.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
		added.Result = l.read(quickContext(tx.Journal(), at, l.Language), added.Found)
		if added.Blocked() {
			return nil, nil
		}
		return added.drafts(tx)
	})
	added.Found = append(added.Found, saved.Found...)
	return added, err
}

// read reads a line. Who wrote of danger is not asked to say it another way: what
// is not known is offered to be kept. Who wrote of dying is asked nothing else at
// all: no question about grams stands beside that.
func (l *Line) read(c quick.Context, found []safety.Finding) quick.Result {
	r := quick.Parse(l.Text, c)
	if r.Blocked() && slices.ContainsFunc(found, func(f safety.Finding) bool { return slices.Contains(ofDying, f.Sign) && f.About == safety.Self }) {
		if ask, ok := quick.Keep(l.Text, c); ok {
			return quick.Result{Asks: []quick.Ask{ask}}
		}
	}
	for i := range r.Asks {
		if a := &r.Asks[i]; len(found) > 0 && a.Key == "quick.ask.unread" && a.AsNote != "" {
			a.Sentence = quick.Sentence{Key: "quick.ask.kept"}
		}
	}
	return r
}

var ofDying = []safety.Sign{safety.SuicidePlan, safety.SelfHarm, safety.Despair}

// drafts is what a line was read as, beginning the products that it names for
// the first time.
func (added *Added) drafts(tx *app.Tx) ([]app.Draft, error) {
	var drafts []app.Draft
	begun := map[string]journal.ID{}
	for _, r := range added.Entries {
		e := r.Event
		if p, d := r.NewProduct, e.Dose(); p != nil && d != nil {
			id, ok := begun[p.Name]
			if !ok {
				var err error
				if id, err = ProductID(tx, p.Name); err != nil {
					return nil, err
				}
				if id.IsZero() {
					id = tx.IDFor("product " + p.Name)
				}
				begun[p.Name] = id
				drafts = append(drafts, app.Draft{ID: id, Event: journal.Event{Body: p}})
				added.NewProducts = append(added.NewProducts, id)
			}
			dose := *d
			dose.Product = id
			e.Body = &dose
		}
		id := tx.NewID()
		drafts = append(drafts, app.Draft{ID: id, Event: e})
		added.IDs = append(added.IDs, id)
	}
	return drafts, nil
}
