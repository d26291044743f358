package client

import (
	"context"
	"net/http"

	"github.com/evenkeel/evenkeel/internal/wire"
)

// Visitor is somebody whom a host does not know: nothing that they ask is signed.
type Visitor struct{ line }

// NewVisitor reaches a host. Base, transport and errors are those of New.
func NewVisitor(base string, transport http.RoundTripper) (*Visitor, error) {
	l, err := newLine(base, transport)
	if err != nil {
		return nil, err
	}
	return &Visitor{l}, nil
}

// Meeting is the message that a device left at a place; fault.NotFound when there is
// none, or no longer.
func (v *Visitor) Meeting(ctx context.Context, place wire.Place) ([]byte, error) {
	return v.ask(ctx, "GET", "/v1/meetings/"+string(place), nil)
}

// Answer answers it, once.
func (v *Visitor) Answer(ctx context.Context, place wire.Place, reply []byte) error {
	_, err := v.ask(ctx, "POST", "/v1/meetings/"+string(place), reply)
	return err
}

// MeetingNote is what the device left for whoever answered; empty while it did not,
// fault.Invalid when it refuses the answer.
func (v *Visitor) MeetingNote(ctx context.Context, place wire.Place) ([]byte, error) {
	return v.ask(ctx, "GET", "/v1/meetings/"+string(place)+"/note", nil)
}
