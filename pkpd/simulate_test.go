package pkpd

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

const exampleScenario = `{"until_h": 96, "step_h": 0.25, "subjects": 1000, "seed": 7, "variability": true,
 "doses": [{"at_h": 0, "form": "tea", "mitragynine_mg": 39, "seven_oh_mg": 0, "ii_h": 24, "addl": 14}]}`

func TestScenarioFaultsNameTheField(t *testing.T) {
	base := func(doses string) string { return `{"until_h": 48, "doses": [` + doses + `]}` }
	ok := `{"at_h":0,"form":"tea","mitragynine_mg":39}`
	for _, c := range []struct{ name, json, want string }{
		{"negative time", base(ok + `,{"at_h":-1,"form":"tea","mitragynine_mg":1}`), "pkpd.hours: doses[1].at_h"},
		{"NaN", `{"until_h": NaN, "doses": []}`, "pkpd.not_json_at"},
		{"NaN in quotes", `{"until_h": "NaN", "doses": []}`, "pkpd.not_number: until_h"},
		{"null", `{"until_h": null, "doses": []}`, "pkpd.not_number: until_h"},
		{"overflow", `{"until_h": 1e999, "doses": []}`, "pkpd.not_number: until_h"},
		{"overlapping addl", base(`{"at_h":0,"form":"tea","mitragynine_mg":39,"ii_h":12,"addl":3},{"at_h":24,"form":"tea","mitragynine_mg":39}`), "pkpd.overlap: doses[0].addl"},
		{"two series", base(`{"at_h":0,"form":"leaf","mitragynine_mg":39,"ii_h":24,"addl":3},{"at_h":0,"form":"leaf","mitragynine_mg":39,"ii_h":8,"addl":3}`), "pkpd.overlap: doses[1].addl"},
		{"addl without ii", base(`{"at_h":0,"form":"tea","mitragynine_mg":39,"addl":3}`), "pkpd.addl_at_once: doses[0].addl"},
		{"unknown form", base(`{"at_h":0,"form":"gummy","mitragynine_mg":39}`), "pkpd.form: doses[0].form"},
		{"1e9 doses", base(`{"at_h":0,"form":"tea","mitragynine_mg":39,"ii_h":1,"addl":1000000000}`), "pkpd.addl_many: doses[0].addl"},
		{"many series", base(strings.Repeat(`{"at_h":0,"form":"tea","mitragynine_mg":39,"ii_h":1,"addl":150000},`, 2) + ok), "pkpd.total: doses[1].addl"},
		{"fraction of a dose", base(`{"at_h":0,"form":"tea","mitragynine_mg":39,"ii_h":1,"addl":1.5}`), "pkpd.whole_range: doses[0].addl"},
		{"negative mg", base(`{"at_h":0,"form":"tea","mitragynine_mg":-39}`), "pkpd.mg: doses[0].mitragynine_mg"},
		{"empty dose", base(`{"at_h":0,"form":"tea"}`), "pkpd.empty_dose: doses[0].mitragynine_mg"},
		{"no dose", base(``), "pkpd.no_dose: doses"},
		{"typo", `{"untilh": 4}`, `pkpd.unknown_field: "untilh"`},
		{"typo in dose", base(`{"at":0}`), `pkpd.unknown_field: "doses[0].at"`},
		{"twice", `{"until_h": 4, "until_h": 5}`, "pkpd.twice: until_h"},
		{"no until", `{"doses": [` + ok + `]}`, "pkpd.until: until_h"},
		{"tiny step", `{"until_h": 4000, "step_h": 1e-9, "doses": [` + ok + `]}`, "pkpd.step: step_h"},
		{"too many rows", `{"until_h": 300000, "step_h": 0.1, "doses": [` + ok + `]}`, "pkpd.rows: step_h"},
		{"no such body", `{"until_h": 4, "body": "mine", "doses": [` + ok + `]}`, "pkpd.body: body"},
		{"no subjects", `{"until_h": 4, "subjects": 0, "doses": [` + ok + `]}`, "pkpd.whole_range: subjects"},
		{"1e12 subjects", `{"until_h": 4, "subjects": 1e12, "doses": [` + ok + `]}`, "pkpd.whole_range: subjects"},
		{"list", `[]`, "pkpd.whole_not_object"},
		{"dose is text", base(`"tea"`), "pkpd.not_object: doses[0]"},
		{"empty", ``, "pkpd.not_json_at"},
		{"trailing", `{"until_h": 4} x`, "pkpd.not_json_at"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParseScenario(strings.NewReader(c.json))
			var fault *InputError
			if !errors.As(err, &fault) || err.Error() != c.want {
				t.Fatalf("error %q, want %q", err, c.want)
			}
		})
	}
	for _, c := range []string{
		exampleScenario,
		base(ok + "," + ok), // two single doses at one moment are two products
		base(`{"at_h":8,"form":"leaf","mitragynine_mg":39,"ii_h":24,"addl":9},{"at_h":20,"form":"leaf","mitragynine_mg":39,"ii_h":24,"addl":9}`),
	} {
		if _, err := ParseScenario(strings.NewReader(c)); err != nil {
			t.Errorf("%s: %v", c, err)
		}
	}
}

func FuzzParseScenario(f *testing.F) {
	f.Add(exampleScenario)
	f.Add(`{"until_h":1,"doses":[{"form":"leaf","at_h":1e-3,"mitragynine_mg":5,"seven_oh_mg":1,"ii_h":0.5,"addl":3}]}`)
	f.Fuzz(func(t *testing.T, data string) {
		s, err := ParseScenario(strings.NewReader(data))
		if err != nil {
			var fault *InputError
			if !errors.As(err, &fault) {
				t.Fatalf("%T %v", err, err)
			}
			return
		}
		if len(s.times()) > 5000 || len(s.expand()) > 500 {
			return
		}
		s.Subjects = min(s.Subjects, 2)
		pop := Prior()
		if _, err := Simulate(context.Background(), &pop, s, Options{}); err != nil {
			t.Fatalf("a scenario that passed its check failed: %v", err)
		}
	})
}

func simulate(t *testing.T, s *Scenario, o Options) (*Summary, string) {
	t.Helper()
	pop := Prior()
	var csv bytes.Buffer
	o.CSV = &csv
	sum, err := Simulate(context.Background(), &pop, s, o)
	if err != nil {
		t.Fatal(err)
	}
	return sum, csv.String()
}

func TestSimulateIsTheSameAtAnyNumberOfThreads(t *testing.T) {
	s, err := ParseScenario(strings.NewReader(exampleScenario))
	if err != nil {
		t.Fatal(err)
	}
	s.Subjects = 700
	one, csv1 := simulate(t, s, Options{Workers: 1, Window: [2]float64{24, 96}})
	for _, n := range []int{2, 3, 8} {
		many, csvN := simulate(t, s, Options{Workers: n, Window: [2]float64{24, 96}})
		if *one != *many {
			t.Errorf("%d threads: summary differs", n)
		}
		if csv1 != csvN {
			t.Errorf("%d threads: rows differ", n)
		}
	}
	lines := strings.Split(strings.TrimSuffix(csv1, "\n"), "\n")
	if len(lines) != 1+700*385 || lines[0]+"\n" != csvHeader {
		t.Errorf("%d lines under %q", len(lines), lines[0])
	}
	if !strings.HasPrefix(lines[1], "1,0,0,0,0,0") || !strings.HasPrefix(lines[len(lines)-1], "700,96,") {
		t.Errorf("first and last rows %q, %q", lines[1], lines[len(lines)-1])
	}
}

// The typical person's summary, against the curve itself.
func TestSimulateTypicalPerson(t *testing.T) {
	s := &Scenario{UntilH: 120, StepH: 0.25, Subjects: 1, Doses: []ScenarioDose{{Form: "tea", MitragynineMg: 39}}}
	sum, _ := simulate(t, s, Options{})
	p := Typical()
	rows, _, err := Curve(&p, s.expand(), s.times())
	if err != nil {
		t.Fatal(err)
	}
	peak := 0.0
	for _, r := range rows {
		peak = max(peak, r.MitragynineNM)
	}
	if got := float64(sum.Mitragynine.CmaxNM.Median); math.Abs(got/peak-1) > 1e-12 { // two kernels
		t.Errorf("Cmax %v, curve's highest %v", got, peak)
	}
	dose := nmolM(39)
	if auc := float64(sum.Mitragynine.AUCInfNM.Mean); math.Abs(auc/(dose/p.CL)-1) > 0.02 {
		t.Errorf("AUC %v nM h, dose over clearance %v", auc, dose/p.CL)
	}
	if !math.IsNaN(float64(sum.Mitragynine.CmaxNM.SD)) {
		t.Error("one subject has no SD")
	}
	if data, err := json.Marshal(sum); err != nil || !bytes.Contains(data, []byte(`"sd":null`)) {
		t.Errorf("JSON %s, %v", data, err)
	}
}

func TestSimulateStopsWhenToldTo(t *testing.T) {
	pop := Prior()
	s := &Scenario{UntilH: 240, StepH: 0.25, Subjects: MaxSubjects, Variability: true, Doses: []ScenarioDose{{Form: "leaf", MitragynineMg: 30, IIH: 8, Addl: 30}}}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := Simulate(ctx, &pop, s, Options{CSV: &failing{after: 1 << 30}})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("took %v to stop", d)
	}
	full := errors.New("disk full")
	if _, err := Simulate(context.Background(), &pop, s, Options{CSV: &failing{after: 1 << 20, err: full}}); !errors.Is(err, full) {
		t.Errorf("error %v, want %v", err, full)
	}
}

type failing struct {
	after int
	err   error
}

func (f *failing) Write(b []byte) (int, error) {
	if f.after -= len(b); f.after < 0 {
		return 0, f.err
	}
	return len(b), nil
}

func TestSimulateWindowFaults(t *testing.T) {
	pop := Prior()
	s := &Scenario{UntilH: 24, StepH: 1, Subjects: 1, Doses: []ScenarioDose{{Form: "leaf", MitragynineMg: 30}}}
	for _, w := range [][2]float64{{5, 5}, {-1, 4}, {3, 99}, {math.NaN(), 4}, {2.1, 2.9}} {
		var fault *InputError
		if _, err := Simulate(context.Background(), &pop, s, Options{Window: w}); !errors.As(err, &fault) || fault.Field() != "window" {
			t.Errorf("window %v: error %v", w, err)
		}
	}
}

func TestSketchIsWithinItsStatedError(t *testing.T) {
	stream := NewStream(3, 0)
	var parts [3]sketch
	var all []float64
	for i := range 30000 {
		v := exp(2 * stream.Normal())
		if i%50 == 0 {
			v = 0
		}
		parts[i%3].add(v)
		all = append(all, v)
	}
	parts[0].merge(&parts[1])
	parts[0].merge(&parts[2])
	slices.Sort(all)
	q := []float64{0, 0.01, 0.05, 0.5, 0.95, 0.999, 1}
	for i, got := range parts[0].quantiles(q...) {
		at := q[i] * float64(len(all)-1)
		want := all[int(at)] + (at-math.Floor(at))*(all[min(int(at)+1, len(all)-1)]-all[int(at)])
		if math.Abs(got-want) > 0.0005*want {
			t.Errorf("quantile %g: %g, exact %g", q[i], got, want)
		}
	}
}

// The digits of a small population with parameters of its own, as first computed
// on amd64: they may not move on any machine, nor with any calibration, only with
// the engine or the random numbers.
func TestSameSeedSameBits(t *testing.T) {
	p := Params{CL: 200, V1: 1000, Q: 150, V2: 5000, Fm: 0.03, CL7: 80, V7: 500, Inhibition: 1,
		KeM: 1.5, Ke7: 1.25, KM: 500, K7: 30, EM: 0.7, E7: 1, TauFast: 40, TauSlow: 200,
		WFast: 0.5, WSlow: 0.5, Threshold: 0.05, Gain: 100}
	for f := range nForms {
		p.Ka[f], p.Tlag[f], p.F[f], p.FSevenOH[f], p.FirstPass[f] = 2+float64(f), 0.2, 1+float64(f), 0.5, 0.06
	}
	pop := Population{Typical: p}
	for i := range pop.Omega {
		pop.Omega[i] = 0.3
	}
	s := &Scenario{UntilH: 200, StepH: 0.5, Subjects: 50, Seed: 42, Variability: true, Doses: []ScenarioDose{
		{Form: "leaf", MitragynineMg: 40, IIH: 8, Addl: 15}, {AtH: 3, Form: "seven_oh", SevenOHMg: 15, IIH: 24, Addl: 2}}}
	h := sha256.New()
	sum, err := Simulate(context.Background(), &pop, s, Options{CSV: h})
	if err != nil {
		t.Fatal(err)
	}
	// The multi-form schedule above and, below, the lean kernel.
	s.Doses = s.Doses[:1]
	if _, err := Simulate(context.Background(), &pop, s, Options{CSV: h}); err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprintf("%x", h.Sum(nil)[:8]), "dff96a19f1ba1399"; got != want {
		t.Errorf("rows %s, want %s", got, want)
	}
	if got, want := math.Float64bits(float64(sum.SevenOH.AUCInfNM.Mean)), uint64(0x40b5a42191a0cd6c); got != want {
		t.Errorf("mean AUC %#x, want %#x", got, want)
	}
}

// The compiler may fuse x*y+z into one rounding on processors that can, which
// would change digits there. No function of the simulation may let it: the
// assembly for arm64, where it does so by default, holds no fused instruction.
func TestNoFusedMultiplyAdd(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the package for another processor")
	}
	cmd := exec.Command("go", "build", "-gcflags=-S", ".")
	cmd.Env = append(os.Environ(), "GOARCH=arm64", "GOOS=linux", "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Skipf("cannot compile for arm64 here: %v", err)
	}
	simulation := map[string]bool{}
	for _, name := range strings.Fields("engine exp kernel library many modes nca params plan random rk scenario simulate sketch slopes") {
		simulation[name+".go"] = true
	}
	fused := regexp.MustCompile(`\((\S+\.go:\d+)\)\s+FN?M(?:ADD|SUB)D`)
	for _, m := range fused.FindAllStringSubmatch(string(out), -1) {
		// What one person's fit and forecast do with the rows is not promised.
		if simulation[strings.SplitN(filepath.Base(m[1]), ":", 2)[0]] {
			t.Errorf("fused multiply-add at %s", m[1])
		}
	}
}
