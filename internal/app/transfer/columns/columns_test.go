package columns_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
	"github.com/evenkeel/evenkeel/internal/app/transfer/table"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

var zone = time.FixedZone("", -5*3600)
var now = time.Date(2026, 11, 22, 19, 40, 0, 0, zone)

func plan(t testing.TB, text string, c columns.Chosen) (*table.Table, *columns.Plan) {
	t.Helper()
	tb, err := table.Open([]byte(text), columns.Known)
	if err != nil {
		t.Fatal(err)
	}
	p, err := columns.Make(tb, c, now)
	if err != nil {
		t.Fatal(err)
	}
	return tb, p
}

// said is what the rows of a table say, in words.
func said(t testing.TB, text string, c columns.Chosen) (list []string) {
	t.Helper()
	tb, p := plan(t, text, c)
	err := p.Source(tb, now).Rows(func(r *incoming.Row) bool {
		switch {
		case r.Why != nil:
			list = append(list, fmt.Sprint(r.N, " ", strings.TrimPrefix(r.Why.Key, "transfer.cell.")))
		case r.Passed == incoming.Total:
			list = append(list, fmt.Sprint(r.N, " total"))
		}
		for _, d := range r.Drafts {
			s := d.Event.At.Format("2006-01-02 15:04")
			switch b := d.Event.Body.(type) {
			case *journal.Dose:
				s += fmt.Sprintf(" %v %s", b.Amount, b.Unit)
				if d.Product != "" {
					s += " of " + d.Product
				}
				if d.Odd != nil {
					s += " odd"
				}
			case *journal.CheckIn:
				f, _ := journal.Describe(journal.KindCheckIn).Field("mood")
				s += " mood " + f.Get(b)
			case *journal.Note:
				s += " note " + b.Text
			default:
				s += " " + string(d.Event.Kind)
			}
			list = append(list, s)
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// The tables that people have. What each gives was written down before it was
// read.
func TestTablesThatPeopleHave(t *testing.T) {
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("Datum;Menge (g);Sorte\r\n22.11.2026;2,5;Grün\r\n")
	if err != nil {
		t.Fatal(err)
	}
	windows, err := charmap.Windows1252.NewEncoder().String("Fecha,Hora,Cantidad,Unidad,Año\n20/11/2026,8:00,3,cápsulas,x\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		title, table string
		want         []string
	}{
		{"headings below titles", "My kratom log\n\n,,\nDate,Grams,Strain\n2026-11-20,3,red\n", []string{"2026-11-20 12:00 3 g of red"}},
		{"ragged rows", "date,grams,note\n2026-11-20,3\n2026-11-21,2,,,,\n", []string{"2026-11-20 12:00 3 g", "2026-11-21 12:00 2 g"}},
		{"totals by word and by sum", "date,grams\n2026-11-18,3\n2026-11-19,2\n2026-11-20,4\nTotal,9\n\n2026-11-21,1\n,10\n", []string{"2026-11-18 12:00 3 g", "2026-11-19 12:00 2 g", "2026-11-20 12:00 4 g", "5 total", "2026-11-21 12:00 1 g", "8 total"}},
		{"the day once", "date,time,grams\n2026-11-20,8:00 am,3\n,1:00 pm,2\n,,\n,6:00 pm,1\n2026-11-21,8:00 am,3\n", []string{"2026-11-20 08:00 3 g", "2026-11-20 13:00 2 g", "5 no_date", "2026-11-21 08:00 3 g"}},
		{"a column for each part of the day", "Date,AM,Noon,PM,Total\n2026-11-20,3g,2g,,5g\n2026-11-21,0,0,0,0\n2026-11-22,,,,\n", []string{"2026-11-20 08:00 3 g", "2026-11-20 12:00 2 g", "2026-11-21 12:00 none_today"}},
		{"units in headings", "date,Dose (mg),7-OH tabs\n2026-11-20,500,2\n", []string{"2026-11-20 12:00 500 mg", "2026-11-20 12:00 2 tablet"}},
		{"times as people write them", "date,time,grams\n2026-11-20,7:30a,1\n2026-11-20,7:30 p.m.,2\n2026-11-20,0730,3\n2026-11-20,7 PM,4\n2026-11-20,noon,5\n2026-11-20,19.30 Uhr,6\n2026-11-20,7:30,7\n2026-11-20,soon,8\n",
			[]string{"2026-11-20 07:30 1 g", "2026-11-20 19:30 2 g", "2026-11-20 07:30 3 g", "2026-11-20 19:00 4 g", "2026-11-20 12:00 5 g", "2026-11-20 19:30 6 g", "8 half", "9 clock"}},
		{"weekdays and months by name", "when,grams\n\"Fri, Nov 20, 2026 7:30 PM\",1\n20. November 2026,2\n8th Nov 2026,3\n20 de noviembre de 2026,4\nFriday 11/20/2026,5\nvie 20 nov 2026,6\n",
			[]string{"2026-11-20 19:30 1 g", "2026-11-20 12:00 2 g", "2026-11-08 12:00 3 g", "2026-11-20 12:00 4 g", "2026-11-20 12:00 5 g", "2026-11-20 12:00 6 g"}},
		{"no year, over new year", "date,grams\nDec 30,1\nDec 31,2\nJan 1,3\nNov 22,4\n", []string{"2025-12-30 12:00 1 g", "2025-12-31 12:00 2 g", "2026-01-01 12:00 3 g", "2026-11-22 12:00 4 g"}},
		{"no year, the last first", "date,grams\n2/2,1\n1/31,2\n12/31,3\n12/30,4\n", []string{"2026-02-02 12:00 1 g", "2026-01-31 12:00 2 g", "2025-12-31 12:00 3 g", "2025-12-30 12:00 4 g"}},
		{"no year, in the title", "Log 2024\ndate,grams\nMar 3,1\nMar 4,2\n", []string{"2024-03-03 12:00 1 g", "2024-03-04 12:00 2 g"}},
		{"sep= and semicolons and decimal commas", "sep=;\nDatum;Uhrzeit;Gramm\n22.11.2026;07:30;2,5\n", []string{"2026-11-22 07:30 2.5 g"}},
		{"UTF-16, German", utf16, []string{"2026-11-22 12:00 2.5 g of Grün"}},
		{"Windows-1252, Spanish", windows, []string{"2026-11-20 08:00 3 capsule"}},
		{"letters are no amounts", "date,grams\n2026-11-18,n/a\n2026-11-19,couple\n2026-11-20,a lot\n2026-11-21,16000\n2026-11-22,none\n", []string{"3 words", "4 words", "2026-11-21 12:00 16000 g odd", "2026-11-22 12:00 none_today"}},
		{"UTC becomes local, an offset stays", "at,grams\n2026-11-20T13:15:00Z,1\n2026-11-20T13:15:00+00:00,2\n2026-11-20T13:15:00-08:00,3\n", []string{"2026-11-20 08:15 1 g", "2026-11-20 08:15 2 g", "2026-11-20 13:15 3 g"}},
		{"a scale in the heading", "date,mood 1-5\n2026-11-20,1\n2026-11-21,4\n2026-11-22,5\n", []string{"2026-11-20 12:00 mood 0", "2026-11-21 12:00 mood 8", "2026-11-22 12:00 mood 10"}},
		{"out of a hundred", "date,mood\n2026-11-20,50\n2026-11-21,100\n", []string{"2026-11-20 12:00 mood 5", "2026-11-21 12:00 mood 10"}},
		{"no headings", "2026-11-20,3 g\n2026-11-21,2 g\n", []string{"2026-11-20 12:00 3 g", "2026-11-21 12:00 2 g"}},
		{"thousands beside decimals", "date,mg\n2026-11-20,\"1,500\"\n2026-11-21,\"2,500.5\"\n", []string{"2026-11-20 12:00 1500 mg", "2026-11-21 12:00 2500.5 mg"}},
		{"a spreadsheet's own days", "date,grams\n46346,3\n46346.5,2\n", []string{"2026-11-20 12:00 3 g", "2026-11-20 12:00 2 g"}},
	} {
		t.Run(c.title, func(t *testing.T) {
			if got := said(t, c.table, columns.Chosen{}); !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// The order of day and month is asked wherever both are possible, whatever
// stands between them, and is not where one date tells.
func TestTheOrderOfDayAndMonthIsAsked(t *testing.T) {
	for _, c := range []struct {
		dates string
		open  bool
		order columns.Order
	}{
		{"03/04/2026 04/05/2026", true, ""}, {"03-04-2026 04-05-2026", true, ""}, {"03.04.2026 04.05.2026", true, ""}, {"3/4 4/5", true, ""},
		{"03/04/2026 13/04/2026", false, columns.DayFirst}, {"03-04-2026 04-13-2026", false, columns.MonthFirst}, {"13/04/2026 04/13/2026", true, ""},
		{"2026-03-04", false, ""}, {"04/04/2026", false, ""}, {"4-Mar-2026", false, ""},
	} {
		_, p := plan(t, "date,grams\n"+strings.ReplaceAll(c.dates, " ", ",3\n")+",3\n", columns.Chosen{})
		if p.OrderOpen != c.open || p.Order != c.order {
			t.Errorf("%s: open %v, order %q", c.dates, p.OrderOpen, p.Order)
		}
	}
}

// What only a person can know is asked: units, scales, commas.
func TestWhatATableDoesNotTellIsAsked(t *testing.T) {
	for _, c := range []struct {
		table string
		want  string
	}{
		{"date,dose\n2026-11-20,3\n", "transfer.unit_open"}, {"date,dose,unit\n2026-11-20,3,g\n", ""}, {"date,dose\n2026-11-20,3 g\n", ""}, {"date,dose\n2026-11-20,0\n", ""},
		{"date,mood\n2026-11-20,3\n", "transfer.scale_open"}, {"date,mood\n2026-11-20,3\n2026-11-21,8\n", ""},
		{"date,mg\n2026-11-20,\"1,500\"\n", "transfer.comma_open"}, {"date,mg\n2026-11-20,\"1,5\"\n", ""},
	} {
		_, p := plan(t, c.table, columns.Chosen{})
		got := ""
		if err := p.Fault(); err != nil {
			got, _ = fault.KeyOf(err)
		}
		if got != c.want {
			t.Errorf("%q asks %q, want %q", c.table, got, c.want)
		}
	}
}

func FuzzTable(f *testing.F) {
	for _, s := range []string{"date,grams\n2026-11-20,3\n", "sep=;\nDatum;Menge\n1.2.;2,5\n", "\xff\xfea\x00,\x00b\x00", "a\tb\n\"x\n", "Date,AM,PM\nDec 31,3g,\nJan 1,,2 caps\nTotal,3,2\n", "at,mood 1-5,sleep\n1763683200,4,7h 30m\n"} {
		f.Add([]byte(s))
	}
	f.Add([]byte(aWorkbook(f)))
	f.Fuzz(func(t *testing.T, data []byte) {
		tb, err := table.Open(data, columns.Known)
		if err != nil {
			return
		}
		p, err := columns.Make(tb, columns.Chosen{}, now)
		if err != nil {
			return
		}
		rows := func() (list []string) {
			err := p.Source(tb, now).Rows(func(r *incoming.Row) bool {
				list = append(list, fmt.Sprint(r.N, r.Key, r.Why, r.Passed, len(r.Drafts)))
				for _, d := range r.Drafts {
					e := d.Event
					e.Recorded = e.At
					if err := e.Validate(); err != nil {
						t.Errorf("row %d: %v", r.N, err)
					}
				}
				return true
			})
			if err != nil {
				list = append(list, err.Error())
			}
			return list
		}
		if a, b := rows(), rows(); !slices.Equal(a, b) {
			t.Errorf("read twice\n%s\nand\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
		}
	})
}

// Why a dose was taken is known by its words, and what is no reason of ours
// stands in the note as it was written.
func TestReasonsInWords(t *testing.T) {
	for cell, want := range map[string]string{
		"energy pain": "[energy pain]", "Energy; boredom": "[energy] boredom", "no energy, Not able to sleep, no sleep": "[] no energy, Not able to sleep, no sleep", "after a fall": "[] after a fall",
	} {
		tb, p := plan(t, "date\tgrams\treason\n2026-11-01\t3\t"+cell+"\n", columns.Chosen{})
		err := p.Source(tb, now).Rows(func(r *incoming.Row) bool {
			d := r.Drafts[0].Event.Dose()
			if got := strings.TrimSpace(fmt.Sprint(d.Reasons, " ", d.Note)); got != want {
				t.Errorf("%q: %s, want %s", cell, got, want)
			}
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
