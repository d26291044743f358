package pkpd

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestADatasetIsRead(t *testing.T) {
	for _, c := range []struct {
		name, table string
		want        []ScenarioDose
		until       float64
	}{
		{"both alkaloids of a dose", "C,ID,TIME,AMT,II,ADDL,EVID,CMT,FORM\n.,1,0,40,.,.,1,1,2\n.,1,0,0.5,.,.,1,2,2\n.,1,8,40,.,.,1,1,2\n",
			[]ScenarioDose{{AtH: 0, Form: "leaf", MitragynineMg: 40, SevenOHMg: 0.5}, {AtH: 8, Form: "leaf", MitragynineMg: 40}}, 32},
		{"two doses of one moment stay two", "TIME,AMT,CMT,FORM\n1,40,1,2\n1,40,1,2\n",
			[]ScenarioDose{{AtH: 1, Form: "leaf", MitragynineMg: 40}, {AtH: 1, Form: "leaf", MitragynineMg: 40}}, 25},
		{"repeats", "TIME,AMT,II,ADDL,EVID,CMT,FORM\n2,15,6,2,1,2,4\n2,1,6,2,1,1,4\n",
			[]ScenarioDose{{AtH: 2, Form: "seven_oh", SevenOHMg: 15, MitragynineMg: 1}, {AtH: 8, Form: "seven_oh", SevenOHMg: 15, MitragynineMg: 1}, {AtH: 14, Form: "seven_oh", SevenOHMg: 15, MitragynineMg: 1}}, 38},
		{"ratings, others, lines taken out, other columns", "c,time,amt,evid,cmt,form,dv,wt\n.,0,10,1,1,1,.,70\nC,1,10,1,1,1,.,70\n.,3,.,0,3,.,4,70\n.,30,.,2,.,.,.,70\n",
			[]ScenarioDose{{AtH: 0, Form: "tea", MitragynineMg: 10}}, 54},
	} {
		s, err := ParseDataset(strings.NewReader(c.table))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if !reflect.DeepEqual(s.Doses, c.want) || s.UntilH != c.until || s.Subjects != 1 || s.Variability {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
}

func TestADatasetThatCannotBeTaken(t *testing.T) {
	for _, c := range []struct{ name, table, key string }{
		{"nothing", "", "pkpd.dataset_csv"},
		{"no form", "TIME,AMT,CMT\n0,1,1\n", "pkpd.dataset_lacks"},
		{"a column twice", "TIME,AMT,CMT,FORM,time\n", "pkpd.dataset_twice"},
		{"ragged", "TIME,AMT,CMT,FORM\n0,1,1\n", "pkpd.dataset_csv"},
		{"two people", "ID,TIME,AMT,CMT,FORM\n1,0,1,1,2\n2,0,1,1,2\n", "pkpd.dataset_ids"},
		{"words", "TIME,AMT,CMT,FORM\n0,much,1,2\n", "pkpd.dataset_number"},
		{"an infusion", "TIME,AMT,CMT,FORM,RATE\n0,1,1,2,5\n", "pkpd.dataset_not_ours"},
		{"steady state", "TIME,AMT,CMT,FORM,SS\n0,1,1,2,1\n", "pkpd.dataset_not_ours"},
		{"a reset", "TIME,AMT,CMT,FORM,EVID\n0,1,1,2,4\n", "pkpd.dataset_not_ours"},
		{"another compartment", "TIME,AMT,CMT,FORM\n0,1,5,2\n", "pkpd.dataset_range"},
		{"another form", "TIME,AMT,CMT,FORM\n0,1,1,5\n", "pkpd.dataset_range"},
		{"before the beginning", "TIME,AMT,CMT,FORM\n-1,1,1,2\n", "pkpd.dataset_range"},
		{"repeats at once", "TIME,AMT,CMT,FORM,ADDL\n0,1,1,2,3\n", "pkpd.dataset_range"},
		{"too many", "TIME,AMT,CMT,FORM,ADDL,II\n0,1,1,2,200000,0.5\n", "pkpd.dataset_many"},
		{"no dose", "TIME,AMT,CMT,FORM\n", "pkpd.no_dose"},
	} {
		_, err := ParseDataset(strings.NewReader(c.table))
		var wrong *InputError
		if !errors.As(err, &wrong) || wrong.Key != c.key {
			t.Errorf("%s: %v, want %s", c.name, err, c.key)
		}
	}
}

// Whatever is read is a scenario that passes its check, or a fault for people.
func FuzzParseDataset(f *testing.F) {
	f.Add("C,ID,TIME,AMT,II,ADDL,EVID,CMT,DV,MDV,FORM\n.,1,0,40,12,3,1,1,.,1,2\n.,1,0,4,12,3,1,2,.,1,2\n")
	f.Add("\ufeffTIME,AMT,CMT,FORM\n1e9,NaN,Inf,2\n")
	f.Fuzz(func(t *testing.T, table string) {
		s, err := ParseDataset(strings.NewReader(table))
		if err != nil {
			var wrong *InputError
			if !errors.As(err, &wrong) {
				t.Fatalf("%T %v", err, err)
			}
			return
		}
		if err := s.Check(); err != nil {
			t.Fatal(err)
		}
	})
}
