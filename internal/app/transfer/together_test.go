package transfer_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/app/transfer/batch"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
)

func signs(list []safety.Finding) (out []safety.Sign) {
	for _, f := range list {
		if !slices.Contains(out, f.Sign) {
			out = append(out, f.Sign)
		}
	}
	return out
}

func takes(ago time.Duration, body journal.Payload) journal.Event {
	return journal.Event{At: place.Evening.Add(-ago), Body: body}
}

const day = 24 * time.Hour

// A file of whatever form that tells of alcohol beside a dose of today is
// answered; the same of two months ago is over, and what the journal had already
// is not answered again.
func TestAFileIsAnsweredLikeALine(t *testing.T) {
	mixed := []safety.Sign{safety.Mixing}
	for _, c := range []struct {
		name  string
		dose  time.Duration
		drink time.Duration
		want  []safety.Sign
	}{
		{"today", 3 * time.Hour, time.Hour, mixed},
		{"a day apart", 30 * time.Hour, time.Hour, nil},
		{"long ago", 60 * day, 60*day + time.Hour, nil},
	} {
		from, to := place.InMemory(t), place.InMemory(t)
		place.Record(t, from, takes(c.dose, &journal.Dose{Amount: 2, Unit: "g"}), takes(c.drink, &journal.Substance{Class: "alcohol"}))
		file := export(t, from)
		done, err := transfer.ImportJSON(t.Context(), to, bytes.NewReader(file))
		if err != nil || !slices.Equal(signs(done.Found), c.want) {
			t.Errorf("JSON, %s: %v %v", c.name, signs(done.Found), err)
		}
		if done, err = transfer.ImportJSON(t.Context(), to, bytes.NewReader(file)); err != nil || len(done.Found) != 0 {
			t.Errorf("JSON, %s, again: %v %v", c.name, signs(done.Found), err)
		}
		var table bytes.Buffer
		if err := transfer.ExportCSV(t.Context(), from, &table, false); err != nil {
			t.Fatal(err)
		}
		into, err := batch.Write(t.Context(), place.InMemory(t), batch.File{Data: table.Bytes()}, batch.Choices{})
		if err != nil || !slices.Equal(signs(into.Found), c.want) {
			t.Errorf("table, %s: %v %v", c.name, signs(into.Found), err)
		}
	}
}

// A dose after a break is answered however long the break was, where it came
// after days of use.
func TestALongBreak(t *testing.T) {
	for _, c := range []struct {
		days int
		want []safety.Sign
	}{{1, nil}, {4, []safety.Sign{safety.AfterBreak}}, {15, []safety.Sign{safety.AfterBreak}}, {90, []safety.Sign{safety.AfterBreak}}} {
		a := place.InMemory(t)
		for i := range 10 {
			place.Record(t, a, takes(time.Duration(c.days+i)*day, &journal.Dose{Amount: 2, Unit: "g"}))
		}
		saved, err := a.Append(t.Context(), app.Draft{Event: takes(0, &journal.Dose{Amount: 2, Unit: "g"})})
		if err != nil || !slices.Equal(signs(saved.Found), c.want) {
			t.Errorf("%d days: %v %v", c.days, signs(saved.Found), err)
		}
	}
}
