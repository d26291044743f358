package table

import (
	"io"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

func read(t rapid.TB, data []byte) string {
	got, err := io.ReadAll(text(data))
	if err != nil {
		t.Fatalf("%v", err)
	}
	return string(got)
}

// By hand: the euro sign is 0x80 there, ñ 0xf1, and ½ 0xbd.
func TestWindows1252(t *testing.T) {
	if got := read(t, []byte("5 \x80, se\xf1al, \xbd")); got != "5 €, señal, ½" {
		t.Error(got)
	}
	all := make([]byte, 0, 256)
	for c := range 256 {
		if c != 0 {
			all = append(all, byte(c))
		}
	}
	want, err := charmap.Windows1252.NewDecoder().Bytes(all)
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, all); got != string(want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestUTF16(t *testing.T) {
	for file, want := range map[string]string{
		"\xff\xfed\x00\xf1\x00": "dñ", "\xfe\xff\x00d\x00\xf1": "dñ", "d\x00o\x00s\x00e\x00": "dose", "\x00d\x00o\x00s\x00e": "dose",
		"\xff\xfe\x3c\xd8\x3f\xdf": "🌿", "\xff\xfed\x00e": "d\ufffd", "\xff\xfe\x3c\xd8d\x00": "\ufffdd", "\xff\xfe": "",
	} {
		if got := read(t, []byte(file)); got != want {
			t.Errorf("%q is read as %q, want %q", file, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.String().Draw(t, "words")
		for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
			file, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().Bytes([]byte(words))
			if err != nil {
				t.Fatalf("%v", err)
			}
			if got := read(t, file); got != words {
				t.Fatalf("%q came back as %q", words, got)
			}
		}
	})
}
