package app

import (
	"context"
	"errors"
	"strings"

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

// Doctor looks everything over and changes nothing. A locked journal is
// checked as far as that goes without its key.
func (a *App) Doctor(ctx context.Context) (Report, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var r Report
	store, err := a.store.Check(ctx)
	if err != nil {
		return r, err
	}
	r.Store = store
	for _, p := range store.Problems {
		r.wrong("storage", p)
	}
	if store.Persons > 1 {
		persons, err := a.store.Persons(ctx)
		if err != nil {
			return r, err
		}
		ids := make([]string, len(persons))
		for i, p := range persons {
			ids[i] = p.String()
		}
		r.add(false, "storage", "store.check_persons", "n", len(persons), "list", strings.Join(ids, ", "))
	}
	if len(store.Problems) == 0 {
		r.add(true, "storage", "doctor.storage_sound", "n", store.Records, "forgotten", store.Forgotten)
	}
	// Of several journals, none of which was chosen, nobody knows whose to look at.
	if a.person != (port.PersonID{}) || store.Persons < 2 {
		a.checkKeys(ctx, &r)
		a.checkRecords(ctx, &r)
	}
	r.OK = true
	for _, f := range r.Findings {
		r.OK = r.OK && f.OK
	}
	return r, nil
}

func (a *App) checkKeys(ctx context.Context, r *Report) {
	ring, _, err := a.ring(ctx)
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
	if !ring.HasDevice() {
		return
	}
	key, err := a.openWithDevice(ring)
	if err == nil {
		key.Wipe()
	}
	if err != nil {
		r.wrong("device key", err)
	}
}

func (a *App) checkRecords(ctx context.Context, r *Report) {
	if a.key == nil {
		r.add(true, "entries", "doctor.locked")
		return
	}
	var good, newer, damaged int
	var early int
	now := a.clock.Now()
	var plain []byte
	defer func() { clear(plain[:cap(plain)]) }()
	_, err := a.store.ReadAfter(ctx, a.person, 0, func(rec port.Record) error {
		if len(rec.Ciphertext) == 0 {
			return nil
		}
		var err error
		if plain, err = a.key.Open(plain[:0], a.person, rec.ID, rec.Ciphertext); err != nil {
			if fault.Is(err, fault.NewerVersion) {
				newer++
			} else {
				damaged++
			}
			return nil
		}
		e, err := journal.Decode(plain)
		switch {
		case isNewer(err):
			newer++
		case err != nil:
			damaged++
		default:
			good++
			if e.Recorded.After(now.Add(Ahead)) {
				early++
			}
		}
		return nil
	})
	if bad := a.follow(ctx); bad != nil {
		r.wrong("whole", bad)
	} else if bad := a.problem(); bad != nil {
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

func isNewer(err error) bool {
	var u *journal.UnreadableError
	return errors.As(err, &u) && u.Newer
}
