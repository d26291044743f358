// Package doctor looks a journal over: its storage, its keys and every entry.
package doctor

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/journal"
)

// Finding is one thing that doctor looked at.
type Finding struct {
	// What was looked at, in two or three words.
	What string `json:"what"`
	// OK is false when something needs doing.
	OK bool `json:"ok"`
	// Says what was found and, when not OK, what to do: a key of the catalogue
	// and its arguments.
	Says fault.Saying `json:"-"`
}

// Report is what doctor found.
type Report struct {
	OK       bool        `json:"ok"`
	Findings []Finding   `json:"findings"`
	Store    port.Report `json:"store"`
}

func (r *Report) add(ok bool, what, key string, args ...any) {
	r.Findings = append(r.Findings, Finding{what, ok, fault.Saying{Key: key, Args: args}})
}

// wrong adds what an error says.
func (r *Report) wrong(what string, err error) {
	r.Findings = append(r.Findings, Finding{what, false, fault.Said(err)})
}

// Examine looks everything over and changes nothing. A locked journal is
// checked as far as that goes without its key.
func Examine(ctx context.Context, a *app.App) (r Report, err error) {
	err = a.Inspect(func(i app.Inspection) error {
		several, err := r.storage(ctx, i)
		if err != nil {
			return err
		}
		// Of several journals, none of which was chosen, nobody knows whose to look at.
		if i.Person != (port.PersonID{}) || !several {
			r.keys(ctx, i)
			r.records(ctx, i, a.Now(ctx))
		}
		return nil
	})
	r.OK = err == nil && !slices.ContainsFunc(r.Findings, func(f Finding) bool { return !f.OK })
	return r, err
}

func (r *Report) storage(ctx context.Context, i app.Inspection) (several bool, err error) {
	store, persons, err := i.Storage(ctx)
	if err != nil {
		return false, err
	}
	r.Store = store
	for _, p := range store.Problems {
		r.wrong("storage", p)
	}
	if several = len(persons) > 1; several {
		ids := make([]string, len(persons))
		for i, p := range persons {
			ids[i] = p.String()
		}
		r.add(false, "storage", "store.check_persons", "n", len(persons), "list", strings.Join(ids, ", "))
	}
	if len(store.Problems) == 0 {
		r.add(true, "storage", "doctor.storage_sound", "n", store.Records, "forgotten", store.Forgotten)
	}
	return several, nil
}

func (r *Report) keys(ctx context.Context, i app.Inspection) {
	ring, err := i.Ring(ctx)
	if err != nil {
		r.wrong("keys", err)
		return
	}
	switch {
	case ring.HasPassphrase() && ring.HasRecovery():
		r.add(true, "keys", "doctor.keys_both")
	case ring.HasPassphrase():
		r.add(true, "keys", "doctor.keys_no_recovery")
	case ring.HasDevice():
		r.add(true, "keys", "doctor.keys_device")
	default:
		r.add(false, "keys", "doctor.keys_none")
	}
	if ring.HasDevice() {
		if err := i.TryDevice(ring); err != nil {
			r.wrong("device key", err)
		}
	}
}

func (r *Report) records(ctx context.Context, i app.Inspection, now time.Time) {
	if !i.Open {
		r.add(true, "entries", "doctor.locked")
		return
	}
	var good, newer, damaged, early int
	err := i.Records(ctx, func(e journal.Event, err error) {
		switch {
		case isNewer(err):
			newer++
		case err != nil:
			damaged++
		default:
			good++
			if e.Recorded.After(now.Add(app.Ahead)) {
				early++
			}
		}
	})
	if bad := i.Whole(ctx); bad != nil {
		r.wrong("whole", bad)
	}
	switch {
	case err != nil && !errors.Is(err, port.ErrIncomplete):
		r.wrong("entries", err)
	case damaged > 0:
		r.add(false, "entries", "doctor.damaged", "n", damaged, "all", good+newer+damaged)
	case newer > 0:
		r.add(false, "entries", "doctor.newer", "n", newer)
	default:
		r.add(true, "entries", "doctor.all_read", "n", good)
	}
	if early > 0 {
		r.add(false, "clock", "doctor.clock", "n", early)
	}
}

// isNewer tells that err is about a record which a later release wrote.
func isNewer(err error) bool {
	var u *journal.UnreadableError
	return fault.Is(err, fault.NewerVersion) || errors.As(err, &u) && u.Newer
}
