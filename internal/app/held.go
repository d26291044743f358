package app

import (
	"context"

	"github.com/evenkeel/evenkeel/journal"
)

// Held gives the id of every record of the log, and whether it is forgotten.
func (a *App) Held(ctx context.Context) (map[journal.ID]bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.sync(ctx); err != nil {
		return nil, err
	}
	held := map[journal.ID]bool{}
	a.chain.Each(func(id [16]byte, forgotten bool) { held[id] = forgotten })
	return held, nil
}

// noteLabel keeps a note from being taken for a record or a head.
const noteLabel = "note of this device: "

// SealNote seals what this device keeps beside the journal and not in it, under a
// name. It opens while this journal does, and nowhere else.
func (a *App) SealNote(name string, plain []byte) ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.key == nil {
		return nil, Locked()
	}
	id, err := a.key.DeriveID(noteLabel+name, a.person[:])
	if err != nil {
		return nil, err
	}
	return a.key.Seal(nil, a.person, id, plain)
}

// OpenNote opens what SealNote sealed; anything else is fault.Corrupt.
func (a *App) OpenNote(name string, sealed []byte) ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.key == nil {
		return nil, Locked()
	}
	id, err := a.key.DeriveID(noteLabel+name, a.person[:])
	if err != nil {
		return nil, err
	}
	return a.key.Open(nil, a.person, id, sealed)
}
