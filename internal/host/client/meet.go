package client

import (
	"context"

	"github.com/evenkeel/evenkeel/internal/wire"
)

// OpenMeeting leaves a message at a place for whoever knows it; fault.Conflict when
// others meet there.
func (l *Log) OpenMeeting(ctx context.Context, place wire.Place, message []byte) error {
	_, err := l.ask(ctx, "PUT", "/v1/meeting?place="+string(place), message)
	return err
}

// MeetingReply is what somebody answered; empty while nobody did, fault.NotFound
// when the meeting is over.
func (l *Log) MeetingReply(ctx context.Context, place wire.Place) ([]byte, error) {
	return l.ask(ctx, "GET", "/v1/meeting?place="+string(place), nil)
}

// CloseMeeting leaves a sealed note for whoever answered; an empty one refuses them.
func (l *Log) CloseMeeting(ctx context.Context, place wire.Place, note []byte) error {
	_, err := l.ask(ctx, "POST", "/v1/meeting?place="+string(place), note)
	return err
}
