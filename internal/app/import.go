package app

import (
	"context"
	"encoding/json"
	"io"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// ImportJSON adds the records of a lossless export that the journal does not
// have yet, all or none, and mends what is damaged here and whole there.
// Importing the same file twice adds nothing.
func (a *App) ImportJSON(ctx context.Context, r io.Reader) (Restored, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.sync(ctx); err != nil {
		return Restored{}, err
	}
	var records []Sealed
	var lost []RecordID // damaged here, whole in the file
	err := readExport(r, func(n int, rec exportRecord) error {
		if rec.ID.IsZero() || len(rec.Event) == 0 {
			return fault.New(fault.Invalid, "Record %d of the file has no id or no event. Nothing was imported.", n)
		}
		if _, err := journal.Decode(rec.Event); err != nil {
			if !isNewer(err) {
				return fault.Wrap(err, fault.Invalid, "Record %d of the file cannot be read. Nothing was imported.", n)
			}
		}
		sealed, err := a.sealOne(RecordID(rec.ID), rec.Event)
		if err != nil {
			return err
		}
		records = append(records, sealed)
		if slices.Contains(a.damaged, sealed.ID) {
			mended, err := a.mend(rec)
			if err != nil {
				return err
			}
			records, lost = append(records, mended), append(lost, sealed.ID)
		}
		return nil
	})
	if err != nil {
		return Restored{}, err
	}
	done, err := a.merge(ctx, records)
	if err != nil || len(lost) == 0 {
		return done, err
	}
	// What is left of a mended record is only noise.
	if err := a.store.Forget(ctx, a.person, lost); err != nil {
		return done, err
	}
	a.fold = nil
	return done, a.sync(ctx)
}

// mend makes a record with the contents of a damaged one. A record cannot be
// overwritten, so it stands under another id, always the same for the same
// record; the first event of an entry becomes a version of that entry, so
// that corrections and deletions still find it.
func (a *App) mend(rec exportRecord) (Sealed, error) {
	id, err := a.key.DeriveID("mended record", rec.ID[:])
	if err != nil {
		return Sealed{}, err
	}
	plain := []byte(rec.Event)
	if e, err := journal.Decode(rec.Event); err == nil && e.Replaces.IsZero() && e.Settings() == nil {
		// Rev 1 with the first event's time of writing: any true correction was
		// written later and still wins.
		e.Replaces, e.Rev = rec.ID, 1
		if plain, err = e.Encode(); err != nil {
			return Sealed{}, err
		}
	}
	return a.sealOne(RecordID(id), plain)
}

// merge appends records that may be there already and counts both kinds. The
// caller holds mu and has synced.
func (a *App) merge(ctx context.Context, records []Sealed) (Restored, error) {
	if len(records) == 0 {
		return Restored{}, nil
	}
	before := a.seq
	last, err := a.store.Append(ctx, a.person, records)
	if err != nil {
		return Restored{}, err
	}
	a.used = a.clock.Now()
	added := min(int(last-before), len(records))
	return Restored{Added: added, Known: len(records) - added}, a.sync(ctx)
}

// readExport streams the records of an export, numbered from 1.
func readExport(r io.Reader, yield func(int, exportRecord) error) error {
	broken := func(err error) error {
		return fault.Wrap(err, fault.Invalid, "This is not a whole Evenkeel export: it ends too early or is not JSON. Nothing was imported.")
	}
	d := json.NewDecoder(r)
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return broken(err)
	}
	head := exportHead{}
	seen := false
	for n := 0; d.More(); {
		key, err := d.Token()
		if err != nil {
			return broken(err)
		}
		var into any
		switch key {
		case "format":
			into = &head.Format
		case "version":
			into = &head.Version
		case "records":
			if head.Format != ExportFormat {
				return fault.New(fault.Invalid, "This JSON file is not an Evenkeel export. Nothing was imported.")
			}
			if head.Version > ExportVersion {
				return fault.New(fault.NewerVersion, "A newer release of Evenkeel wrote this file. Update Evenkeel, then import it. Nothing was imported.")
			}
			if t, err := d.Token(); err != nil || t != json.Delim('[') {
				return broken(err)
			}
			for d.More() {
				var rec exportRecord
				if err := d.Decode(&rec); err != nil {
					return broken(err)
				}
				n++
				if err := yield(n, rec); err != nil {
					return err
				}
			}
			if _, err := d.Token(); err != nil {
				return broken(err)
			}
			seen = true
			continue
		default:
			into = new(json.RawMessage)
		}
		if err := d.Decode(into); err != nil {
			return broken(err)
		}
	}
	if _, err := d.Token(); err != nil {
		return broken(err)
	}
	if !seen {
		return fault.New(fault.Invalid, "This JSON file is not an Evenkeel export. Nothing was imported.")
	}
	return nil
}
