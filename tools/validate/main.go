// Validate checks the fit and the forecast of one person against people whose
// truth is known, and writes what it finds into docs: ranks of the truth among
// the draws (simulation-based calibration), how often bands hold it, and
// tomorrow's scores against three plain forecasts. People are made by the model
// itself and by bodies that it does not know (see worlds).
//
//	go run ./tools/validate              # all of it; writes tables and figures
//	go run ./tools/validate -people 100  # a quick look; prints only
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/tools/page"
)

// fullPeople is how many people of each kind the committed tables rest on.
const fullPeople = 300

// tuneSeed makes the people of -tune; no committed table rests on it.
const tuneSeed = 31

func main() {
	people := flag.Int("people", fullPeople, "people of each kind")
	seed := flag.Uint64("seed", 2026, "seed of all people")
	workers := flag.Int("workers", runtime.NumCPU(), "goroutines; the result does not depend on it")
	only := flag.String("only", "", "name of the one kind of people to make; prints only")
	tune := flag.Bool("tune", false, "make the people on whom the discrepancy was tuned, with a seed of their own; prints only")
	docs := flag.String("docs", "docs", "folder to write into; only with all people")
	flag.Parse()
	if *tune {
		worlds, *seed = tuned, tuneSeed
	}
	if err := validate(*people, *workers, *seed, *only, *docs, *tune); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func validate(people, workers int, seed uint64, only, docs string, tune bool) error {
	if people < 20 {
		return errors.New("fewer than 20 people show nothing; give -people 20 or more")
	}
	begin := time.Now()
	if only != "" {
		worlds = slices.DeleteFunc(worlds, func(w world) bool { return w.name != only })
		if len(worlds) == 0 {
			return fmt.Errorf("there are no people made by %q", only)
		}
	}
	var all [][]*result
	for _, w := range worlds {
		rs, err := run(people, workers, seed, w.make)
		if err != nil {
			return fmt.Errorf("people made by %s: %w", w.name, err)
		}
		all = append(all, rs)
	}
	blocks := map[string]string{
		"fits":     fitsTable(all),
		"ranks":    ranksTable(all[0]),
		"coverage": coverageTable(all, key),
		"felt":     coverageTable(all, feltKey),
		"tomorrow": tomorrowTable(all),
	}
	fmt.Fprintf(os.Stderr, "%d people of each kind in %.0f s\n", people, time.Since(begin).Seconds())
	if people != fullPeople || only != "" || tune {
		for _, name := range []string{"fits", "ranks", "coverage", "felt", "tomorrow"} {
			fmt.Println(blocks[name])
		}
		return nil
	}
	path := filepath.Join(docs, "science-person.md")
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	out := string(text)
	for name, block := range blocks {
		if out, err = page.Between(out, name, block); err != nil {
			return err
		}
	}
	if err := os.WriteFile(path, []byte(out), 0o644); err != nil {
		return err
	}
	for name, figure := range map[string]string{"ranks": ranksFigure(all[0]), "coverage": coverageFigure(all)} {
		if err := os.WriteFile(filepath.Join(docs, "science", name+".svg"), []byte(figure), 0o644); err != nil {
			return err
		}
	}
	return nil
}
