package client

import (
	"context"
	"net/http"
	"net/url"

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

// Card is the card of a log; fault.NotFound when it has none.
func (v *Visitor) Card(ctx context.Context, log wire.Address) ([]byte, error) {
	return v.ask(ctx, "GET", "/v1/card/"+log.String(), nil)
}

// Post leaves a letter in the inbox of a log; fault.NotFound when it has none,
// fault.FullDisk when nothing more fits in. The same letter twice is there once.
func (v *Visitor) Post(ctx context.Context, log wire.Address, letter []byte) error {
	_, err := v.ask(ctx, "POST", "/v1/inbox/"+log.String(), letter)
	return err
}

// Fetch gives the bytes of a share and their content type; fault.NotFound when it
// was ended, is over or never was. The host wants to be told a recipient, of at most
// wire.MaxRecipient bytes; ours keeps no name. A desk fetches thousands, so this waits
// its turn where the host is asked too fast, for half a minute at most.
func (v *Visitor) Fetch(ctx context.Context, share wire.Address, recipient string) (body []byte, contentType string, err error) {
	return v.ofMany(ctx, "GET", "/s/"+share.String()+"?recipient="+url.QueryEscape(recipient))
}
