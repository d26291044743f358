package journal

import (
	"bytes"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

// What a field says of a payload, it reads back the same: forms and tables
// lose nothing.
func TestFieldsReadBackWhatTheySay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := genEvent(t)
		d := Describe(e.Kind)
		if len(d.Fields) == 0 || e.Kind == KindProduct {
			return
		}
		again := d.New()
		for i := range d.Fields {
			f := &d.Fields[i]
			if err := f.Set(again, f.Get(e.Body)); err != nil {
				t.Fatalf("%s.%s: %v", d.Kind, f.Name, err)
			}
		}
		back := e
		back.Body = again
		if !back.equal(&e) {
			t.Fatalf("%s changed on the way", d.Kind)
		}
	})
}

func TestFieldsRefuseWhatTheyAreNot(t *testing.T) {
	for _, c := range []struct {
		kind       Kind
		field, say string
	}{
		{KindDose, "amount", "lots"}, {KindDose, "product", "green leaf"}, {KindCheckIn, "rough", "2.5"},
		{KindCheckIn, "symptoms", "yawning"}, {KindCheckIn, "sleep_h", "6h"}, {KindPriorUse, "days", "years"},
	} {
		d := Describe(c.kind)
		f, ok := d.Field(c.field)
		if !ok {
			t.Fatalf("%s has no field %s", c.kind, c.field)
		}
		if err := f.Set(d.New(), c.say); err == nil {
			t.Errorf("%s.%s took %q", c.kind, c.field, c.say)
		}
	}
}

// A kind's text columns and fields have names of their own, and every entry
// kind has a place of its own in the order.
func TestKindsAreTold(t *testing.T) {
	orders := map[int]Kind{}
	for _, d := range kinds {
		if d.Entry() {
			if other, taken := orders[d.Order]; taken {
				t.Errorf("%s and %s stand in one place", d.Kind, other)
			}
			orders[d.Order] = d.Kind
		}
		if d.New().Kind() != d.Kind {
			t.Errorf("%s makes a %s", d.Kind, d.New().Kind())
		}
		names, columns := map[string]bool{}, map[string]bool{}
		for _, f := range d.Fields {
			if names[f.Name] || f.Column != "" && columns[f.Column] {
				t.Errorf("%s.%s stands twice", d.Kind, f.Name)
			}
			names[f.Name], columns[f.Column] = true, true
		}
	}
}

// equal reports whether two events say the same, times to the instant and
// offset.
func (e *Event) equal(o *Event) bool {
	a, errA := json.Marshal(e)
	b, errB := json.Marshal(o)
	return errA == nil && errB == nil && bytes.Equal(a, b)
}
