package port

import "context"

// Notes keeps small sealed notes of this device beside a journal: no part of it,
// its export or its backup. Errors are faults.
type Notes interface {
	// Read is the note of a name; fault.NotFound when there is none.
	Read(ctx context.Context, name string) ([]byte, error)
	// Write puts it in place of the one before, whole or not at all.
	Write(ctx context.Context, name string, sealed []byte) error
	// Remove removes it; a missing one is fine.
	Remove(ctx context.Context, name string) error
}
