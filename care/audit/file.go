package audit

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"
)

// Seal is the last line of an exported record: its end, signed by who exported it.
type Seal struct {
	End
	// Sealed says that this is no line of the record.
	Sealed time.Time `json:"sealed"`
	By     string    `json:"by"`
	// Key is the public Ed25519 key of the member, Signature theirs over label, end
	// and time.
	Key       []byte `json:"key"`
	Signature []byte `json:"signature"`
}

func statement(e End, at time.Time) []byte {
	b := append([]byte("evenkeel audit end 1\x00"), e.Hash[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(e.Lines))
	return binary.BigEndian.AppendUint64(b, uint64(at.Unix()))
}

// Sign seals the end of a record as a member's.
func Sign(e End, at time.Time, by string, key ed25519.PrivateKey) Seal {
	at = at.UTC().Truncate(time.Second)
	return Seal{End: e, Sealed: at, By: by, Key: key.Public().(ed25519.PublicKey), Signature: ed25519.Sign(key, statement(e, at))}
}

// Holds tells that the seal is what the owner of its key signed. Whose key that is,
// the desk's list of members says.
func (s Seal) Holds() bool {
	return len(s.Key) == ed25519.PublicKeySize && ed25519.Verify(s.Key, statement(s.End, s.Sealed), s.Signature)
}

// WriteLines writes a record as JSON, a line of text each, and its seal as the last.
func WriteLines(w io.Writer, lines []Line, seal Seal) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for i := range lines {
		if err := e.Encode(&lines[i]); err != nil {
			return err
		}
	}
	return e.Encode(seal)
}

// longest is far above any line: names and counts.
const longest = 64 << 10

// ReadLines reads what WriteLines wrote, and checks that it holds together and that
// its seal holds. Anything else is a *Broken.
func ReadLines(r io.Reader) (lines []Line, seal Seal, err error) {
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, longest)
	sealed := false
	for scan.Scan() {
		text := scan.Bytes()
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		if sealed { // nothing comes after the seal
			return nil, Seal{}, &Broken{What: "form"}
		}
		var mark struct {
			Sealed *time.Time `json:"sealed"`
		}
		if json.Unmarshal(text, &mark) == nil && mark.Sealed != nil {
			if err := strict(text, &seal); err != nil {
				return nil, Seal{}, err
			}
			sealed = true
			continue
		}
		var l Line
		if err := strict(text, &l); err != nil {
			return nil, Seal{}, err
		}
		lines = append(lines, l)
	}
	if scan.Err() != nil || !sealed || !seal.Holds() {
		return nil, Seal{}, &Broken{What: "form"}
	}
	return lines, seal, Verify(lines, seal.End)
}

// strict reads JSON without a field that the hashes do not cover.
func strict(text []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return &Broken{What: "form"}
	}
	if _, err := d.Token(); err != io.EOF {
		return &Broken{What: "form"}
	}
	return nil
}

// WriteCSV writes a record as a table for a spreadsheet. It is for reading: what
// proves anything are the lines of JSON.
func WriteCSV(w io.Writer, lines []Line) error {
	c := csv.NewWriter(w)
	rows := [][]string{{"number", "at", "by", "name", "action", "subject", "detail", "prev", "hash"}}
	for i := range lines {
		l := &lines[i]
		rows = append(rows, []string{strconv.FormatInt(l.Number, 10), l.At.Format(time.RFC3339), l.By, cell(l.Name), string(l.Action), cell(l.Subject), cell(l.Detail), l.Prev.String(), l.Hash.String()})
	}
	return c.WriteAll(rows)
}

// cell keeps a spreadsheet from taking a text for a formula.
func cell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
