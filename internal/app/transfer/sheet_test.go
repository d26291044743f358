package transfer_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/app/transfer/batch"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

// What the table carries of any journal comes back whole: every entry under its
// id, when it was and when it was written, every field, and of a product its
// name and form.
func TestATableLosesNothingOfWhatItCarries(outer *testing.T) {
	rapid.Check(outer, func(t *rapid.T) {
		a, b := place.InMemory(outer), place.InMemory(outer)
		fill(t, a)
		var table bytes.Buffer
		if err := transfer.ExportCSV(outer.Context(), a, &table, rapid.Bool().Draw(t, "byte order mark")); err != nil {
			t.Fatal(err)
		}
		done, err := batch.Write(outer.Context(), b, batch.File{Data: table.Bytes()}, batch.Choices{})
		if err != nil || done.Bad+done.Odd > 0 {
			t.Fatalf("%v %+v\n%s", err, done, table.String())
		}
		if want, got := carried(t, a), carried(t, b); want != got {
			t.Fatalf("went out\n%s\ncame back\n%s\nby\n%s", want, got, table.String())
		}
	})
}

// fill writes a journal of any products and entries.
func fill(t *rapid.T, a *app.App) {
	var products []journal.ID
	_, err := a.Merge(context.Background(), func(b *app.Batch) error {
		for i := range rapid.IntRange(0, 3).Draw(t, "products") {
			// One name is one product, letter case aside.
			p := &journal.Product{Name: fmt.Sprint(words(t, 100, false), i), Form: rapid.SampledFrom(journal.Forms).Draw(t, "form")}
			id := journal.ID{1, 15: byte(i + 1)}
			products = append(products, id)
			if err := b.AddEvent(id, anEvent(t, p)); err != nil {
				return err
			}
		}
		for i := range rapid.IntRange(1, 12).Draw(t, "entries") {
			d := journal.Describe(rapid.SampledFrom(journal.EntryKinds()).Draw(t, "kind"))
			p := d.New()
			for _, f := range d.Fields {
				if err := f.Set(p, aValue(t, &f, products)); err != nil {
					return err
				}
			}
			e := anEvent(t, p)
			if e.Validate() != nil {
				continue // such as a check-in without any answer
			}
			if err := b.AddEvent(journal.ID{2, 15: byte(i + 1)}, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func anEvent(t *rapid.T, p journal.Payload) *journal.Event {
	zone := time.FixedZone("", 900*rapid.IntRange(-48, 56).Draw(t, "offset"))
	at := place.Evening.Add(-time.Duration(rapid.Int64Range(0, 3e17).Draw(t, "ago"))).In(zone)
	e := &journal.Event{At: at, Body: p}
	e.Stamp(at.Add(time.Duration(rapid.Int64Range(0, 3e14).Draw(t, "late"))))
	return e
}

// aValue is something that a field may hold, as the text that it reads.
func aValue(t *rapid.T, f *journal.Field, products []journal.ID) string {
	if !f.Needed && rapid.Bool().Draw(t, "left out") {
		return ""
	}
	switch f.Type {
	case journal.FieldNumber, journal.FieldSpan:
		return strconv.FormatFloat(float64(rapid.IntRange(0, 24000).Draw(t, f.Name))/1000, 'f', -1, 64)
	case journal.FieldScale:
		return strconv.Itoa(rapid.IntRange(0, f.Top).Draw(t, f.Name))
	case journal.FieldScales:
		var list []string
		for _, o := range f.Options {
			if rapid.Bool().Draw(t, o) {
				list = append(list, o+"="+strconv.Itoa(rapid.IntRange(0, f.Top).Draw(t, o)))
			}
		}
		return strings.Join(list, " ")
	case journal.FieldChoice:
		return rapid.SampledFrom(f.Options).Draw(t, f.Name)
	case journal.FieldChoices:
		return strings.Join(rapid.SliceOfDistinct(rapid.SampledFrom(f.Options), rapid.ID[string]).Draw(t, f.Name), " ")
	case journal.FieldProduct:
		if len(products) == 0 {
			return ""
		}
		return rapid.SampledFrom(products).Draw(t, f.Name).String()
	case journal.FieldDay:
		return string(journal.DateOf(place.Evening).Add(-rapid.IntRange(0, 4000).Draw(t, f.Name)))
	case journal.FieldTick:
		return "yes"
	case journal.FieldCurrency:
		return rapid.StringMatching(`[A-Z]{3}`).Draw(t, f.Name)
	case journal.FieldWords:
		return words(t, 300, true)
	}
	return words(t, 60, false)
}

// words are anything that people may write, what looks like formulas and quotes
// among it.
func words(t *rapid.T, most int, lines bool) string {
	s := rapid.OneOf(rapid.String(), rapid.StringMatching(`['=+@-]{1,2}["a-z0-9, ;]{0,9}`), rapid.Just("½ comprimido, “azul”; ñ")).Draw(t, "words")
	if !lines {
		s = strings.NewReplacer("\n", " ", "\r", " ").Replace(s)
	}
	s = strings.TrimSpace(strings.ToValidUTF8(s, ""))
	if r := []rune(s); len(r) > most {
		s = strings.TrimSpace(string(r[:most]))
	}
	if s == "" {
		return "x"
	}
	return s
}

// carried is a journal as far as a table carries it: products by their name and
// form, line breaks as one character.
func carried(t *rapid.T, a *app.App) string {
	j, err := a.Read(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range j.All() {
		text, err := json.Marshal(e.Event)
		if err != nil {
			t.Fatal(err)
		}
		var parts map[string]any
		if err := json.Unmarshal(text, &parts); err != nil {
			t.Fatal(err)
		}
		delete(parts, "replaces")
		delete(parts, "rev")
		delete(parts, "origin")
		body, _ := parts[string(e.Kind)].(map[string]any)
		if id, ok := body["product"].(string); ok {
			known, err := journal.ParseID(id)
			if err != nil {
				t.Fatal(err)
			}
			p, ok := j.Product(known)
			if !ok {
				t.Fatalf("no product %s", id)
			}
			body["product"] = p.Name + ", " + string(p.Form)
			delete(body, "product_name")
		}
		out, err := json.Marshal(parts)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, e.ID.String()+" "+strings.ReplaceAll(string(out), `\r\n`, `\n`))
	}
	slices.Sort(list)
	return strings.Join(list, "\n")
}

// A quantity has a column of its own, with nothing but numbers in it, and what
// is known to be none is 0. By hand: two tablets that a laboratory found to hold
// 15 mg of 7-OH and no mitragynine are 30 mg and 0.
func TestTheTableIsReadWithoutThought(t *testing.T) {
	a := place.InMemory(t)
	tested := journal.Content{Basis: journal.Laboratory, Mg: 15}
	zero := 0
	id, _, err := record.Product(t.Context(), a, journal.ID{}, journal.Product{Name: "blue", Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet", SevenOH: tested, Mitragynine: journal.Content{Basis: journal.Laboratory}}}})
	if err != nil {
		t.Fatal(err)
	}
	place.Record(t, a,
		journal.Event{Body: &journal.Dose{Product: id, ProductName: "blue", Amount: 2, Unit: "tablet", Helped: &zero}},
		journal.Event{Body: &journal.Spending{Amount: 0, Currency: "USD", Product: id}},
		journal.Event{Body: &journal.Substance{Class: "alcohol", Name: "beer", Amount: "2 glasses"}},
		journal.Event{Body: &journal.BodyChange{Change: "itch"}},
		journal.Event{Body: &journal.CheckIn{Symptoms: map[journal.Symptom]int{"yawning": 0, "anxiety": 3}}},
		journal.Event{Body: &journal.PriorUse{ProductName: "leaf", PerDay: 20, Unit: "g", Days: 90}},
	)
	var table bytes.Buffer
	if err := transfer.ExportCSV(t.Context(), a, &table, true); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(table.String(), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !marked || len(rows) != 7 {
		t.Fatal(len(rows), marked, err)
	}
	at := func(row int, column string) string {
		i := slices.Index(rows[0], column)
		if i < 0 {
			t.Fatalf("no column %s", column)
		}
		return rows[row][i]
	}
	for _, c := range []struct {
		kind, column, want string
	}{
		{"dose", "date", "2026-11-22"}, {"dose", "time", "19:40:00"}, {"dose", "at", "2026-11-22T19:40:00-05:00"}, {"dose", "back_dated", "no"},
		{"dose", "product", "blue"}, {"dose", "form", "seven_oh"}, {"dose", "amount", "2"}, {"dose", "unit", "tablet"}, {"dose", "helped", "0"},
		{"dose", "seven_oh_mg", "30"}, {"dose", "seven_oh_basis", "laboratory"}, {"dose", "mitragynine_mg", "0"}, {"dose", "mitragynine_basis", "laboratory"},
		{"spending", "money", "0"}, {"spending", "amount", ""}, {"spending", "product", "blue"},
		{"substance", "substance", "beer"}, {"substance", "substance_amount", "2 glasses"}, {"substance", "amount", ""}, {"substance", "product", ""},
		{"body_change", "ongoing", "no"}, {"check_in", "symptom_yawning", "0"}, {"check_in", "symptom_anxiety", "3"}, {"check_in", "symptom_tiredness", ""},
		{"history", "per_day", "20"}, {"history", "amount", ""}, {"history", "product", "leaf"}, {"history", "form", ""},
	} {
		row := slices.IndexFunc(rows, func(r []string) bool { return r[1] == c.kind })
		if row < 1 {
			t.Fatalf("no row of %s", c.kind)
		}
		if got := at(row, c.column); got != c.want {
			t.Errorf("%s.%s is %q, want %q", c.kind, c.column, got, c.want)
		}
	}
}
