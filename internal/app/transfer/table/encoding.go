package table

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// byteOrderMark of UTF-8, which Excel and many apps write first.
var byteOrderMark = []byte("\ufeff")

// looked is how much of a file tells its encoding, where not all of it must.
const looked = 4096

// text gives a file as UTF-8: from UTF-8 with or without a byte order mark, from
// UTF-16 in either order of bytes, and what is neither from Windows-1252, which
// older spreadsheets write.
func text(data []byte) io.Reader {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(data, byteOrderMark):
		return bytes.NewReader(data[len(byteOrderMark):])
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case zeros(data, 1):
		from = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros(data, 0):
		from = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case !utf8.Valid(data):
		from = charmap.Windows1252
	default:
		return bytes.NewReader(data)
	}
	return from.NewDecoder().Reader(bytes.NewReader(data))
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
