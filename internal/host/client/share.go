package client

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// PutCard opens a card and an inbox of this log to whoever knows its address, or
// puts another card in the place of the one before.
func (l *Log) PutCard(ctx context.Context, card []byte) error {
	_, err := l.ask(ctx, "PUT", "/v1/card", card)
	return err
}

// DropCard closes both, and destroys the letters that still lie there.
func (l *Log) DropCard(ctx context.Context) error {
	_, err := l.ask(ctx, "DELETE", "/v1/card", nil)
	return err
}

// Inbox gives the head of the inbox and some of the letters after a seq, empty where
// forgotten. An inbox that is not open is fault.NotFound.
func (l *Log) Inbox(ctx context.Context, after int64) (wire.Head, []port.Sealed, error) {
	return l.page(ctx, "/v1/inbox?after="+strconv.FormatInt(after, 10))
}

// ForgetInbox removes the bytes of letters at a version of the inbox. Many at once
// are as cheap as one.
func (l *Log) ForgetInbox(ctx context.Context, version int64, ids []port.RecordID) (wire.Head, error) {
	return l.change(ctx, "/v1/inbox/forgotten", version, wire.AppendIDs(nil, ids...))
}

// PutShare lays a share at an address until a time, in the place of what this log
// laid there before, whose bytes are destroyed. An address where something was ended
// or is over, and one of another log, is fault.NotFound; no more room is
// fault.FullDisk.
func (l *Log) PutShare(ctx context.Context, share wire.Address, kind wire.ShareKind, until time.Time, body []byte) error {
	_, err := l.ask(ctx, "PUT", fmt.Sprintf("/v1/shares/%s?until=%d&kind=%s", share, until.Unix(), kind), body)
	return err
}

// EndShare destroys a share of this log; one that is gone already is fine. Nothing
// can be put at its address any more, also when nothing was yet.
func (l *Log) EndShare(ctx context.Context, share wire.Address) error {
	_, err := l.ask(ctx, "DELETE", "/v1/shares/"+share.String(), nil)
	return err
}

// Shares lists what this log has laid out, without what was ended or is over.
func (l *Log) Shares(ctx context.Context) ([]wire.ShareState, error) {
	answer, err := l.ask(ctx, "GET", "/v1/shares", nil)
	if err != nil {
		return nil, err
	}
	states, err := wire.ParseShareStates(answer)
	if err != nil {
		return nil, errAnswer
	}
	return states, nil
}
