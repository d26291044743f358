package table

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// byteOrderMark of UTF-8, which Excel and many apps write first.
var byteOrderMark = []byte("\ufeff")

// looked is how much of a file tells its encoding, where not all of it must.
const looked = 4096

// text gives a file as UTF-8: from UTF-8 with or without a byte order mark, from
// UTF-16 in either order of bytes, and what is neither from Windows-1252, which
// older spreadsheets write.
func text(data []byte) io.Reader {
	switch {
	case bytes.HasPrefix(data, byteOrderMark):
		data = data[len(byteOrderMark):]
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return fromUTF16(data[2:], binary.BigEndian)
	case zeros(data, 1):
		return fromUTF16(data, binary.LittleEndian)
	case zeros(data, 0):
		return fromUTF16(data, binary.BigEndian)
	case !utf8.Valid(data):
		return fromWindows1252(data)
	}
	return bytes.NewReader(data)
}

func fromUTF16(data []byte, order binary.ByteOrder) io.Reader {
	units := make([]uint16, 0, len(data)/2+1)
	for ; len(data) > 1; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	if len(data) == 1 {
		units = append(units, utf8.RuneError) // half a character
	}
	return strings.NewReader(string(utf16.Decode(units)))
}

// windows1252 are the characters from 0x80 on that Latin 1 has otherwise, as
// Unicode's table CP1252.TXT has them; five bytes stand for nothing.
var windows1252 = []rune("€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ")

func fromWindows1252(data []byte) io.Reader {
	var b strings.Builder
	for _, c := range data {
		r := rune(c)
		if i := int(c) - 0x80; i >= 0 && i < len(windows1252) {
			r = windows1252[i]
		}
		b.WriteRune(r)
	}
	return strings.NewReader(b.String())
}

// zeros tells that most characters of a text have a byte of zero at the given
// place of two, as those of European languages have in UTF-16.
func zeros(data []byte, place int) bool {
	head := data[:min(len(data), looked)]
	n, other := 0, 0
	for i, b := range head {
		if b == 0 {
			if i%2 == place {
				n++
			} else {
				other++
			}
		}
	}
	return n > len(head)/4 && other == 0
}
