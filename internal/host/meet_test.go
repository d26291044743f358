package host_test

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/vault/cpace"
	"github.com/evenkeel/evenkeel/internal/wire"
)

func (p *place) visitor(t testing.TB) *client.Visitor {
	t.Helper()
	v, err := client.NewVisitor(p.url, lines)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

var (
	message = bytes.Repeat([]byte{1}, cpace.MessageSize)
	reply   = bytes.Repeat([]byte{2}, cpace.ReplySize)
)

// A meeting passes on a message, one answer and a note, and nothing after its time.
func TestMeeting(t *testing.T) {
	p := start(t, nil)
	ctx := t.Context()
	f, g, v := p.begun(t), p.begun(t), p.visitor(t)
	_, err := v.Meeting(ctx, "7QK2")
	wantKey(t, "nobody there", err, "host.meeting_over")
	_, err = f.MeetingReply(ctx, "7QK2")
	wantKey(t, "nothing opened", err, "host.meeting_over")
	wantKey(t, "closing nothing", f.CloseMeeting(ctx, "7QK2", []byte("note")), "host.meeting_over")
	for _, bad := range []wire.Place{"", "7QK", "7QK22", "7qk2", "7QKU"} {
		wantKey(t, "a bad place", f.OpenMeeting(ctx, bad, message), "host.meeting_form")
	}
	wantKey(t, "a short message", f.OpenMeeting(ctx, "7QK2", message[1:]), "host.meeting_form")

	if err := f.OpenMeeting(ctx, "7QK2", message); err != nil {
		t.Fatal(err)
	}
	wantKey(t, "another log's place", g.OpenMeeting(ctx, "7QK2", message), "host.meeting_taken")
	if b, err := v.Meeting(ctx, "7QK2"); err != nil || !bytes.Equal(b, message) {
		t.Fatal(b, err)
	}
	if b, err := f.MeetingReply(ctx, "7QK2"); err != nil || len(b) > 0 {
		t.Fatal(b, err)
	}
	wantKey(t, "a short answer", v.Answer(ctx, "7QK2", reply[1:]), "host.meeting_form")
	for range 2 { // whose answer was lost says it again
		if err := v.Answer(ctx, "7QK2", reply); err != nil {
			t.Fatal(err)
		}
	}
	wantKey(t, "a second answer", v.Answer(ctx, "7QK2", bytes.Repeat([]byte{3}, cpace.ReplySize)), "host.meeting_used")
	if b, err := f.MeetingReply(ctx, "7QK2"); err != nil || !bytes.Equal(b, reply) {
		t.Fatal(b, err)
	}
	if b, err := v.MeetingNote(ctx, "7QK2"); err != nil || len(b) > 0 {
		t.Fatal(b, err)
	}
	wantKey(t, "a note too long", f.CloseMeeting(ctx, "7QK2", make([]byte, 5000)), "host.too_big")
	if err := f.CloseMeeting(ctx, "7QK2", []byte("note")); err != nil {
		t.Fatal(err)
	}
	if b, err := v.MeetingNote(ctx, "7QK2"); err != nil || string(b) != "note" {
		t.Fatal(b, err)
	}
	p.clock.move(wire.MeetingLasts + time.Second)
	_, err = v.MeetingNote(ctx, "7QK2")
	wantKey(t, "over", err, "host.meeting_over")
	if err := g.OpenMeeting(ctx, "7QK2", message); err != nil {
		t.Error("the place is free again:", err)
	}
	if err := g.CloseMeeting(ctx, "7QK2", nil); err != nil {
		t.Fatal(err)
	}
	_, err = v.MeetingNote(ctx, "7QK2")
	wantKey(t, "refused", err, "host.meeting_refused")
}

// Whoever tries places until one is taken is stopped, and keeps nobody else away.
func TestLookingForMeetings(t *testing.T) {
	p := start(t, func(c *host.Config) { c.Limits.Meetings, c.Proxied = 5, true })
	f := p.begun(t)
	if err := f.OpenMeeting(t.Context(), "7QK2", message); err != nil {
		t.Fatal(err)
	}
	ask := func(from, place string) int {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), "GET", p.url+"/v1/meetings/"+place, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Forwarded-For", from)
		answer, err := lines.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	for range 5 {
		if status := ask("203.0.113.1", "0000"); status != http.StatusNotFound {
			t.Fatal(status)
		}
	}
	if status := ask("203.0.113.9", "7QK2"); status != http.StatusTooManyRequests {
		t.Errorf("the same network: %d", status)
	}
	if status := ask("198.51.100.1", "7QK2"); status != http.StatusOK {
		t.Errorf("another network: %d", status)
	}
	p.clock.move(time.Hour)
	if status := ask("203.0.113.1", "7QK2"); status != http.StatusNotFound {
		t.Errorf("an hour later: %d", status)
	}
}

// A page of any site may ask, as a browser wants to be told before.
func TestPagesOfOtherSites(t *testing.T) {
	p := start(t, nil)
	r, err := http.NewRequestWithContext(t.Context(), "OPTIONS", p.url+"/v1/records?version=0", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "https://site.example")
	answer, err := lines.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusNoContent || answer.Header.Get("Access-Control-Allow-Origin") != "*" || answer.Header.Get("Access-Control-Allow-Headers") != "Authorization, Content-Type" {
		t.Errorf("%d, %v", answer.StatusCode, answer.Header)
	}
	if answer.Header.Get("Access-Control-Allow-Credentials") != "" {
		t.Error("a browser would send what it knows of the person")
	}
}
