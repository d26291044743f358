package host

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// metrics counts in general: by kind of request and status, never by log, device
// or network.
type metrics struct {
	mu     sync.Mutex
	counts map[kind]int64
	sums   map[string]sum // by what was asked
}

type kind struct {
	what   string
	status int
}

type sum struct {
	in, out int64
	took    time.Duration
}

func newMetrics() *metrics { return &metrics{counts: map[kind]int64{}, sums: map[string]sum{}} }

func (m *metrics) add(what string, status int, in, out int64, took time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.counts[kind{what, status}]++
	s := m.sums[what]
	m.sums[what] = sum{s.in + in, s.out + out, s.took + took}
}

// Metrics are the counts in the text format of Prometheus, for a listener of its
// own that only the keeper of the host reaches.
func (h *Host) Metrics() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h.metrics.mu.Lock()
		counts, sums := maps.Clone(h.metrics.counts), maps.Clone(h.metrics.sums)
		h.metrics.mu.Unlock()
		var b strings.Builder
		b.WriteString("# TYPE evenkeel_requests_total counter\n")
		kinds := slices.SortedFunc(maps.Keys(counts), func(a, b kind) int {
			return cmp.Or(cmp.Compare(a.what, b.what), cmp.Compare(a.status, b.status))
		})
		for _, k := range kinds {
			fmt.Fprintf(&b, "evenkeel_requests_total{what=%q,status=\"%d\"} %d\n", k.what, k.status, counts[k])
		}
		for _, row := range []struct {
			name  string
			value func(sum) float64
		}{
			{"evenkeel_received_bytes_total", func(s sum) float64 { return float64(s.in) }},
			{"evenkeel_sent_bytes_total", func(s sum) float64 { return float64(s.out) }},
			{"evenkeel_request_seconds_total", func(s sum) float64 { return s.took.Seconds() }},
		} {
			fmt.Fprintf(&b, "# TYPE %s counter\n", row.name)
			for _, what := range slices.Sorted(maps.Keys(sums)) {
				fmt.Fprintf(&b, "%s{what=%q} %g\n", row.name, what, row.value(sums[what]))
			}
		}
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		_, _ = w.Write([]byte(b.String())) // whoever asked may have gone
	})
}
