package transfer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/app/transfer/batch"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
)

// The text of an error may reach a log, so that nothing out of a file that a
// person brought stands in it, wherever the file is broken.
func TestNoErrorQuotesTheFile(t *testing.T) {
	const secret = "zzprivatezz"
	id := strings.Repeat("a", 32)
	record := func(event string) string {
		return `{"format":"evenkeel-journal","version":1,"records":[{"id":"` + id + `","event":` + event + `}]}`
	}
	head := `"at":"2026-11-20T08:00:00Z","recorded":"2026-11-20T08:00:00Z"`
	for name, file := range map[string]string{
		"id":           strings.Replace(record(`{}`), id, secret, 1),
		"time":         record(`{"v":1,"kind":"note","at":"` + secret + `","recorded":"` + secret + `","note":{"text":"x"}}`),
		"kind":         record(`{"v":0,"kind":"` + secret + `",` + head + `}`),
		"replaces":     record(`{"v":1,"kind":"note",` + head + `,"replaces":"` + secret + `","rev":1,"note":{"text":"x"}}`),
		"payload":      record(`{"v":1,"kind":"dose",` + head + `,"dose":{"amount":"` + secret + `"}}`),
		"product":      record(`{"v":1,"kind":"dose",` + head + `,"dose":{"product":"` + secret + `","amount":1,"unit":"g"}}`),
		"key":          record(`{"v":1,"kind":"dose",` + head + `,"dose":{"amount":{"` + secret + `":1}}}`),
		"a choice":     record(`{"v":1,"kind":"dose",` + head + `,"dose":{"amount":1,"unit":"g","reasons":["` + secret + `"]}}`),
		"a symptom":    record(`{"v":1,"kind":"check_in",` + head + `,"check_in":{"symptoms":{"` + secret + `":9}}}`),
		"a form":       record(`{"v":1,"kind":"product",` + head + `,"product":{"name":"x","form":"` + secret + `"}}`),
		"version":      `{"format":"evenkeel-journal","version":"` + secret + `","records":[]}`,
		"format":       `{"format":"` + secret + `","version":1,"records":[]}`,
		"not an array": `{"format":"evenkeel-journal","version":1,"records":"` + secret + `"}`,
		"no JSON":      secret,
	} {
		_, err := transfer.ImportJSON(t.Context(), place.InMemory(t), strings.NewReader(file))
		if err == nil {
			t.Errorf("%s: taken", name)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the error says %q", name, err)
		}
	}
	for name, file := range map[string]string{
		"an amount": "at,amount,unit\n2026-11-20 08:00," + secret + ",g\n",
		"a date":    "at,amount,unit\n2026-11-20 08:00,1,g\n" + secret + ",1,g\n",
		"a quote":   "at,amount,unit\n2026-11-20 08:00,1,\"" + secret + "\n",
		"a column":  "at,amount,unit\n2026-11-20 08:00,1,g," + secret + "\n",
	} {
		p, err := batch.Look(t.Context(), place.InMemory(t), batch.File{Data: []byte(file)}, batch.Choices{})
		if err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the error says %q", name, err)
		}
		for _, b := range p.BadRows {
			if key, args := b.Why.Text(); strings.Contains(fmt.Sprint(key, args), secret) {
				t.Errorf("%s: the problem says %s %v", name, key, args)
			}
		}
	}
}
