package union_test

import (
	"fmt"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

// BenchmarkWhole brings a journal of 20,000 records to a host in the same process,
// and fetches it to a new device; Nothing synchronises it when there is nothing new.
func BenchmarkWhole(b *testing.B) {
	w := newWorld(b)
	first := w.device()
	events := make([]journal.Event, 20_000)
	for i := range events {
		events[i] = place.Note(fmt.Sprintf("a note of a usual length, number %d", i))
	}
	place.Record(b, first.App, events...)
	b.Run("Bring", func(b *testing.B) {
		for range b.N {
			first.notes.files = map[string][]byte{}
			if done, err := first.Start(b.Context(), base, ""); err != nil || done.Brought < len(events) {
				b.Fatal(done, err)
			}
		}
	})
	b.Run("Fetch", func(b *testing.B) {
		for range b.N {
			b.StopTimer()
			code, _, _, err := first.Invite(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			other := w.device()
			b.StartTimer()
			if done, err := other.Join(b.Context(), code); err != nil || done.Fetched < len(events) {
				b.Fatal(done, err)
			}
		}
	})
	b.Run("Nothing", func(b *testing.B) {
		for range b.N {
			first.sync()
		}
	})
}
