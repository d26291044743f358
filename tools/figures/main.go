// Figures draws docs/science/*.svg from the built-in parameters and the report,
// and writes the tables of docs/science.md between their markers.
//
//	go run ./tools/calibrate -report && go run ./tools/figures
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/tools/page"
)

func main() {
	docs := flag.String("docs", "docs", "folder of the documentation")
	flag.Parse()
	if err := run(*docs); err != nil {
		fmt.Fprintln(os.Stderr, "figures:", err)
		os.Exit(1)
	}
}

// figure of the report, as tools/calibrate writes it.
type figure struct {
	ID, Source, Grade, What, Published, Unit, Note string
	Low, High, Model                               float64
	Passes                                         bool
}

type report struct {
	People  int
	Figures []figure
	Also    map[string]float64
	Anchors []anchor
	Cases   []outcome
}

func run(docs string) error {
	data, err := os.ReadFile(docs + "/science/report.json")
	if err != nil {
		return err
	}
	var r report
	if err := json.Unmarshal(data, &r); err != nil {
		return err
	}
	learned, err := readFamily(docs)
	if err != nil {
		return err
	}
	by := map[string]figure{}
	for _, f := range r.Figures {
		by[f.ID] = f
	}
	for name, draw := range map[string]func(map[string]figure) (*plot, error){
		"tea": tea, "leaf15": leaf15, "stopping": stopping, "summary": summary(r.Figures),
		"family": func(map[string]figure) (*plot, error) { return familyPlot(learned), nil },
		"cases":  func(map[string]figure) (*plot, error) { return casesPlot(&r), nil },
	} {
		p, err := draw(by)
		if err != nil {
			return err
		}
		if err := os.WriteFile(docs+"/science/"+name+".svg", []byte(p.String()), 0o644); err != nil {
			return err
		}
	}
	old, err := os.ReadFile(docs + "/science.md")
	if err != nil {
		return err
	}
	text := string(old)
	for name, table := range map[string]string{
		"figures": figuresTable(&r), "parameters": parametersTable(pkpd.Standard()),
		"sources": sourcesTable(pkpd.Standard()), "also": alsoTable(&r),
		"anchors": anchorsTable(&r), "family": familyTable(learned), "leave one out": leaveOutTable(learned),
		"normal": normalTable(learned), "cases": casesTable(&r),
	} {
		if text, err = page.Between(text, name, table); err != nil {
			return err
		}
	}
	return os.WriteFile(docs+"/science.md", []byte(text), 0o644)
}

func figuresTable(r *report) string {
	var b strings.Builder
	b.WriteString("| Figure | Published | Passes within | Model | |\n|---|---|---|---|---|\n")
	for _, f := range r.Figures {
		verdict := "passes"
		if !f.Passes {
			verdict = "**misses**"
		}
		fmt.Fprintf(&b, "| %s (%s, %s) | %s %s | %g to %g | %g | %s |\n", f.What, f.Source, f.Grade, f.Published, f.Unit, f.Low, f.High, f.Model, verdict)
	}
	return b.String()
}

func parametersTable(l *pkpd.Library) string {
	var b strings.Builder
	b.WriteString("| Symbol | Value | Unit | omega | Range | Grade | Sources | Note |\n|---|---|---|---|---|---|---|---|\n")
	for _, p := range l.Parameters {
		omega := ""
		if p.Omega > 0 {
			omega = fmt.Sprintf("%g", p.Omega)
		}
		fmt.Fprintf(&b, "| %s | %g | %s | %s | %g to %g | %s | %s | %s |\n", p.Symbol, p.Value, p.Unit, omega, p.Min, p.Max, p.Grade, strings.Join(p.Sources, ", "), p.Note)
	}
	return b.String()
}

func sourcesTable(l *pkpd.Library) string {
	var names []string
	for n := range l.Sources {
		names = append(names, n)
	}
	slices.Sort(names)
	var b strings.Builder
	for _, n := range names {
		s := l.Sources[n]
		doi := ""
		if s.DOI != "" {
			doi = ", " + s.DOI
		}
		fmt.Fprintf(&b, "- `%s`: %s%s\n", n, s.Cite, doi)
	}
	return b.String()
}

var alsoNames = []struct{ key, words string }{
	{"extract10.m.cv", "CV of mitragynine Cmax, extract (published 52 and 41 %)"},
	{"extract10.7.cv", "CV of 7-OH Cmax, extract (published 40 and 24 %)"},
}

func alsoTable(r *report) string {
	var b strings.Builder
	b.WriteString("| What | Model |\n|---|---|\n")
	for _, a := range alsoNames {
		fmt.Fprintf(&b, "| %s | %g |\n", a.words, r.Also[a.key])
	}
	return b.String()
}
