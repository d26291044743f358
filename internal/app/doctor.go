package app

import (
	"context"
	"errors"
	"fmt"

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
	// Says what was found and, when not OK, what to do.
	Says string `json:"says"`
}

// Report is what doctor found.
type Report struct {
	OK       bool        `json:"ok"`
	Findings []Finding   `json:"findings"`
	Store    StoreReport `json:"store"`
}

// StoreReport is what the store found, its problems as sentences.
type StoreReport struct {
	port.Report
	Problems []string `json:"problems"`
}

func (r *Report) add(ok bool, what, format string, args ...any) {
	r.Findings = append(r.Findings, Finding{what, ok, fmt.Sprintf(format, args...)})
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
	r.Store = StoreReport{store, []string{}}
	for _, p := range store.Problems {
		r.Store.Problems = append(r.Store.Problems, fault.MessageOf(p))
		r.add(false, "storage", "%s", fault.MessageOf(p))
	}
	if store.Persons > 1 {
		r.add(false, "storage", "%s", fault.MessageOf(fault.New(fault.Invalid, "store.check_persons", "n", store.Persons)))
	}
	if len(store.Problems) == 0 {
		r.add(true, "storage", "Sound: %d records, %d of them forgotten.", store.Records, store.Forgotten)
	}
	a.checkKeys(ctx, &r)
	a.checkRecords(ctx, &r)
	r.OK = true
	for _, f := range r.Findings {
		r.OK = r.OK && f.OK
	}
	return r, nil
}

func (a *App) checkKeys(ctx context.Context, r *Report) {
	ring, _, err := a.ring(ctx)
	if err != nil {
		r.add(false, "keys", "%s", fault.MessageOf(err))
		return
	}
	switch {
	case ring.HasPassphrase() && ring.HasRecovery():
		r.add(true, "keys", "Your passphrase opens the journal, and a recovery code was given out.")
	case ring.HasPassphrase():
		r.add(true, "keys", "Your passphrase opens the journal. There is no recovery code: if you forget the passphrase, nobody can open it. You can make one in Settings.")
	case ring.HasDevice():
		r.add(true, "keys", "The journal opens by itself on this device. Anyone who can use your account here can read it. You can set a passphrase in Settings.")
	default:
		r.add(false, "keys", "No key opens this journal by itself. Use your recovery code, or restore a backup.")
	}
	if !ring.HasDevice() {
		return
	}
	key, err := a.openWithDevice(ring)
	if err == nil {
		key.Wipe()
	}
	if err != nil {
		r.add(false, "device key", "%s", fault.MessageOf(err))
	}
}

func (a *App) checkRecords(ctx context.Context, r *Report) {
	if a.key == nil {
		r.add(true, "entries", "Locked. Unlock the journal to check every entry as well.")
		return
	}
	var good, newer, damaged int
	var early int
	now := a.clock.Now()
	_, err := a.store.ReadAfter(ctx, a.person, 0, func(rec port.Record) error {
		if len(rec.Ciphertext) == 0 {
			return nil
		}
		plain, err := a.key.Open(nil, a.person, rec.ID, rec.Ciphertext)
		if err != nil {
			damaged++
			return nil
		}
		e, err := journal.Decode(plain)
		switch {
		case fault.Is(err, fault.NewerVersion) || isNewer(err):
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
		r.add(false, "whole", "%s", fault.MessageOf(bad))
	} else if bad := a.problem(); bad != nil {
		r.add(false, "whole", "%s", fault.MessageOf(bad))
	}
	switch {
	case err != nil && !errors.Is(err, port.ErrIncomplete):
		r.add(false, "entries", "%s", fault.MessageOf(err))
	case damaged > 0:
		r.add(false, "entries", "%d of %d records are damaged and cannot be read. The others are safe. Restore your last backup: it adds what is missing and overwrites nothing.", damaged, good+newer+damaged)
	case newer > 0:
		r.add(false, "entries", "%d records were written by a newer release. Update Evenkeel to see them; they are kept as they are.", newer)
	default:
		r.add(true, "entries", "All %d records can be read.", good)
	}
	if early > 0 {
		r.add(false, "clock", "%d records were written at a time that has not come yet, so a clock was wrong then or is wrong now. Check the date and time of this device; nothing is lost.", early)
	}
}

func isNewer(err error) bool {
	var u *journal.UnreadableError
	return errors.As(err, &u) && u.Newer
}
