package lzma

import (
	"bytes"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// wholeAgain packs and unpacks.
func wholeAgain(t rapid.TB, b []byte) {
	for _, effort := range []Effort{Quick, Best} {
		packed := Pack(b, effort)
		got, err := unpack(packed)
		if err != nil || !bytes.Equal(got, b) {
			t.Fatalf("%d bytes came back as %d, %v (greedy %v): %x", len(b), len(got), err, effort.greedy, b[:min(len(b), 200)])
		}
		if len(b) < dictionary && !bytes.Equal(packed, Pack(b, effort)) {
			t.Fatalf("%d bytes are not packed the same twice", len(b))
		}
	}
}

// Files with what a packer may trip over: nothing, less than the shortest match,
// runs, repetitions at odd distances, noise, and one longer than the dictionary.
func TestWhatWasPackedComesBack(t *testing.T) {
	noise := make([]byte, 70_000)
	for i := range noise {
		noise[i] = byte(rand.Uint32())
	}
	long := bytes.Join([][]byte{noise, make([]byte, dictionary-300), noise[:50_000], noise[10:40_000]}, nil)
	if testing.Short() {
		long = nil
	}
	for _, b := range [][]byte{nil, {7}, []byte("ab"), []byte("aaa"), []byte("abcabcabcabc"), make([]byte, 100_000), noise,
		bytes.Join([][]byte{noise[:5000], noise[1:5000], {1}, noise[:4000], noise[2000:5000]}, nil), []byte(strings.Repeat("a page of the journal, ", 3000)), long} {
		wholeAgain(t, b)
	}
}

func TestAnythingComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b []byte
		for range rapid.IntRange(0, 40).Draw(t, "parts") {
			if len(b) > 0 && rapid.Bool().Draw(t, "again") {
				from := rapid.IntRange(0, len(b)-1).Draw(t, "from")
				b = append(b, b[from:min(len(b), from+rapid.IntRange(1, 600).Draw(t, "length"))]...)
			} else {
				b = append(b, rapid.SliceOfN(rapid.ByteRange(0, rapid.SampledFrom([]byte{1, 3, 255}).Draw(t, "kinds")), 0, 30).Draw(t, "bytes")...)
			}
		}
		wholeAgain(t, b)
	})
}

// What xz 5.4 made (xz --format=lzma --lzma1=lc=3,lp=0,pb=0), with the size in its
// head, which xz leaves open: what the unpacker of these tests reads is LZMA.
func TestUnpackReadsWhatXzWrites(t *testing.T) {
	for want, file := range map[string]string{
		"Evenkeel keeps an even keel, keeps an even keel, and keeps on.":             "03000080003e0000000000000000229e75da7c7a74794c3abf9af3adb35c1aaa597e06ff3b176eb0cd7ef9b0d0a6417014e6d64ffc8f1400",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab": "03000080004a000000000000000030eef4ff6fdfffffffc2000000",
	} {
		b, err := hex.DecodeString(file)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := unpack(b); err != nil || string(got) != want {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
	}
}
