package journal

import (
	"encoding/binary"
	"testing"
	"time"
)

// BenchmarkAnother is what a save costs in a journal of 20,000 entries: another
// entry, or a correction of one, the last dose and the entries around it, and a
// new reading.
func BenchmarkAnother(b *testing.B) {
	start := at("2022-01-01 00:00")
	fill := func() *Fold {
		f := new(Fold)
		for n := range 20_000 {
			e := Event{At: start.Add(time.Duration(n) * 2 * time.Hour), Body: &Dose{Amount: 3, Unit: "g"}}
			e.Stamp(e.At)
			f.Apply(numbered(n), e)
		}
		f.Journal()
		return f
	}
	now := start.Add(20_000 * 2 * time.Hour)
	for _, c := range []struct {
		name string
		next func(n int) Event
	}{
		{"in the same minute", func(int) Event { return Event{At: now, Body: &Dose{Amount: 2, Unit: "g"}} }},
		{"earlier", func(n int) Event {
			return Event{At: now.Add(-time.Duration(n+1) * time.Minute), Body: &Dose{Amount: 2, Unit: "g"}}
		}},
		{"corrected", func(n int) Event {
			return Event{At: now, Replaces: numbered(19_999), Rev: n + 1, Body: &Dose{Amount: 2, Unit: "g"}}
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			f := fill()
			n := 0
			for b.Loop() {
				e := c.next(n)
				e.Stamp(now)
				f.Apply(numbered(100_000+n), e)
				if f.DoseBefore(e.At).IsZero() || len(f.Between(e.At.Add(-time.Hour), e.At.Add(time.Hour))) == 0 || f.Journal().Len() == 0 {
					b.Fatal("it is not there")
				}
				n++
			}
		})
	}
}

func numbered(n int) (id ID) {
	binary.BigEndian.PutUint64(id[8:], uint64(n)+1)
	return id
}
