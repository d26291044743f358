package port

import "context"

// Reference keeps public files that a person brought, such as a directory of
// treatment places. They hold nothing of the person's and stand in clear; they
// are no part of a journal, its export or its backup. Errors are faults.
type Reference interface {
	// Read is the file of a name; fault.NotFound when there is none.
	Read(ctx context.Context, name string) ([]byte, error)
	// Write puts it in place of the one before, whole or not at all.
	Write(ctx context.Context, name string, data []byte) error
}
