package host

import (
	"runtime"
	"testing"

	"github.com/evenkeel/evenkeel/internal/wire"
)

// What was seen is remembered until its time runs out, and room is free again then.
// A host that is full refuses what is new and forgets nothing.
func TestNoncesAreFewAndKept(t *testing.T) {
	n := newNonces(3)
	window := seconds(wire.Window)
	const now = 1_800_000_000
	see := func(i byte, until, at int64) error { return n.see(nonce{nonce: [16]byte{i}}, until, at) }
	for i, until := range []int64{now, now + window, now + 2*window} {
		if err := see(byte(i), until, now); err != nil {
			t.Fatal(err)
		}
	}
	if err := see(9, now+window, now); err != errTooFast {
		t.Errorf("a fourth: %v", err)
	}
	for i, until := range []int64{now, now + window, now + 2*window} {
		if err := see(byte(i), until, now); err != errReplayed {
			t.Errorf("repeated while it is full: %v", err)
		}
		if err := see(byte(i), until, until); err != errReplayed {
			t.Errorf("repeated at its last second: %v", err)
		}
	}
	later := int64(now + 5*window)
	if err := see(9, later+window, later); err != nil {
		t.Errorf("when all ran out: %v", err)
	}
	if len(n.seen) != 1 {
		t.Errorf("%d spans are kept", len(n.seen))
	}
	if err := n.see(nonce{device: [32]byte{1}, nonce: [16]byte{9}}, later+window, later); err != nil {
		t.Errorf("another device's: %v", err)
	}
}

// BenchmarkNonces tells what a full memory of requests takes.
func BenchmarkNonces(b *testing.B) {
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		n := newNonces(DefaultLimits().Remembered)
		for i := range n.most {
			if err := n.see(nonce{nonce: [16]byte{byte(i), byte(i >> 8), byte(i >> 16)}}, 1_800_000_000, 1_800_000_000); err != nil {
				b.Fatal(err)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
		runtime.KeepAlive(n)
	}
}
