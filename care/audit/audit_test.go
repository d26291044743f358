package audit

import (
	"bytes"
	"crypto/ed25519"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

const handMade = "520be353e3efd27644bdadc91da76be7e384dcef9876a3136d53792f9b25f9c8"

var at = time.Date(2026, 11, 24, 19, 0, 0, 0, time.UTC)

// record is one of n lines.
func record(n int) []Line {
	var lines []Line
	for i := range n {
		lines = append(lines, EndOf(lines).Next(Line{At: at.Add(time.Duration(i) * time.Minute), By: "01", Name: "Ana", Action: Actions()[i%len(Actions())], Subject: strings.Repeat("ab", i%3), Detail: "n=" + string(rune('0'+i%10))}))
	}
	return lines
}

// The first hash, computed with Python's hashlib over the bytes that sum documents.
func TestHashOfALine(t *testing.T) {
	l := End{}.Next(Line{At: at, By: "01", Name: "Ana", Action: Open, Subject: "ab"})
	if got := hex.EncodeToString(l.Hash[:]); got != handMade {
		t.Errorf("%s, want %s", got, handMade)
	}
}

func TestWholeRecord(t *testing.T) {
	for _, n := range []int{0, 1, 2, 40} {
		if err := Verify(record(n), EndOf(record(n))); err != nil {
			t.Errorf("%d lines: %v", n, err)
		}
	}
}

// Whatever is changed, removed, put in or moved is found, at the first line that it
// touches.
func TestNothingGoesUnseen(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(2, 30).Draw(r, "lines")
		lines := record(n)
		end := EndOf(lines)
		i := rapid.IntRange(0, n-1).Draw(r, "at")
		want := int64(i + 1)
		what := rapid.SampledFrom([]string{"by", "name", "action", "subject", "detail", "time", "number", "prev", "hash", "remove", "cut", "swap", "double", "insert", "split"}).Draw(r, "what")
		switch l := &lines[i]; what {
		case "by":
			l.By += "0"
		case "name":
			l.Name = "Eve"
		case "action":
			l.Action += "x"
		case "subject":
			l.Subject += "0"
		case "detail":
			l.Detail = ""
		case "time":
			l.At = l.At.Add(time.Second)
		case "number":
			l.Number++
		case "prev":
			l.Prev[3] ^= 1
		case "hash":
			l.Hash[31] ^= 128
		case "remove":
			lines = slices.Delete(lines, i, i+1)
		case "cut":
			lines, want = lines[:i], int64(i)
		case "swap":
			if i == n-1 {
				r.Skip("nothing behind it")
			}
			lines[i], lines[i+1] = lines[i+1], lines[i]
		case "double":
			lines, want = slices.Insert(lines, i, lines[i]), want+1
		case "insert": // by somebody who knows how hashes are made
			lines = slices.Insert(lines, i, EndOf(lines[:i]).Next(Line{At: at, Action: Open}))
			want++
		case "split": // two texts that run into each other
			if l.By, l.Name = l.By+l.Name[:1], l.Name[1:]; l.By == "01" {
				r.Skip("the same")
			}
		}
		var b *Broken
		if err := Verify(lines, end); !errors.As(err, &b) {
			r.Fatalf("%s of line %d went unseen", what, i+1)
		}
		if what == "remove" && i == n-1 {
			want = int64(n - 1)
		}
		if b.Number != want {
			r.Fatalf("%s of line %d was found at %d (%s)", what, i+1, b.Number, b.What)
		}
	})
}

// Who hashes every line anew after a change has another end.
func TestMadeAnew(t *testing.T) {
	lines := record(5)
	end := EndOf(lines)
	var forged []Line
	for i, l := range lines {
		if i == 2 {
			l.Name = "Eve"
		}
		forged = append(forged, EndOf(forged).Next(l))
	}
	var b *Broken
	if err := Verify(forged, end); !errors.As(err, &b) || b.What != "end" {
		t.Errorf("%v", err)
	}
}

func TestFile(t *testing.T) {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{3}, 32))
	lines := record(12)
	var file bytes.Buffer
	if err := WriteLines(&file, lines, Sign(EndOf(lines), at, "01", key)); err != nil {
		t.Fatal(err)
	}
	text := file.String()
	back, seal, err := ReadLines(strings.NewReader(text))
	if err != nil || !slices.Equal(back, lines) || seal.By != "01" || !bytes.Equal(seal.Key, key.Public().(ed25519.PublicKey)) {
		t.Fatal(len(back), seal, err)
	}
	rows := strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
	for name, bad := range map[string]string{
		"no seal":       strings.Join(rows[:12], ""),
		"line removed":  strings.Join(rows[1:], ""),
		"last removed":  strings.Join(rows[:11], "") + rows[12],
		"after seal":    text + rows[0],
		"another name":  strings.Replace(text, `"Ana"`, `"Eve"`, 1),
		"a field more":  strings.Replace(text, `"name"`, `"x":1,"name"`, 1),
		"other seal":    strings.Replace(text, `"lines":12`, `"lines":11`, 1),
		"nothing":       "",
		"another thing": "{}\n",
	} {
		if _, _, err := ReadLines(strings.NewReader(bad)); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func TestTable(t *testing.T) {
	lines := []Line{End{}.Next(Line{At: at, By: "01", Name: "=1+1", Action: Open, Subject: "ab"})}
	var file bytes.Buffer
	if err := WriteCSV(&file, lines); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&file).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][3] != "'=1+1" || rows[1][1] != "2026-11-24T19:00:00Z" {
		t.Fatal(rows, err)
	}
}

func FuzzReadLines(f *testing.F) {
	var file bytes.Buffer
	lines := record(2)
	if err := WriteLines(&file, lines, Sign(EndOf(lines), at, "01", ed25519.NewKeyFromSeed(make([]byte, 32)))); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		if lines, seal, err := ReadLines(bytes.NewReader(b)); err == nil && (Verify(lines, seal.End) != nil || !seal.Holds()) {
			t.Error("read what does not hold")
		}
	})
}
