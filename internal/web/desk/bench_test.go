package desk_test

import (
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/cpu"
)

// BenchmarkList is the first page of a list of 5,000 people over HTTP: all of them
// looked at and put in order, fifty drawn.
func BenchmarkList(b *testing.B) { benchmark(b, func(*site) string { return "/" }) }

// BenchmarkPerson is one person's page among 5,000, with its line in the record.
func BenchmarkPerson(b *testing.B) {
	benchmark(b, func(s *site) string { return "/people/" + s.id("Bruno K") })
}

func benchmark(b *testing.B, at func(*site) string) {
	s := newSite(b, 5000)
	path := at(s)
	s.want(200, s.get(path))
	begun := cpu.Seconds()
	for b.Loop() {
		s.want(200, s.get(path))
	}
	b.ReportMetric(1000*(cpu.Seconds()-begun)/float64(b.N), "cpu-ms/op")
}
