// Validate checks the fit and the forecast of one person against people whose
// truth is known, and writes what it finds into docs: ranks of the truth among
// the draws (simulation-based calibration), how often bands hold it, and
// tomorrow's scores against two plain forecasts. Half of the people are made by
// the model itself, half by another body (see otherBody).
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
	"strings"
	"time"
)

// fullPeople is how many people of each kind the committed tables rest on.
const fullPeople = 1000

func main() {
	people := flag.Int("people", fullPeople, "people of each kind")
	seed := flag.Uint64("seed", 2026, "seed of all people")
	docs := flag.String("docs", "docs", "folder to write into; only with all people")
	flag.Parse()
	if err := validate(*people, *seed, *docs); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func validate(people int, seed uint64, docs string) error {
	if people < 20 {
		return errors.New("fewer than 20 people show nothing; give -people 20 or more")
	}
	begin := time.Now()
	same, err := run(people, runtime.NumCPU(), seed, sameModel)
	if err != nil {
		return err
	}
	other, err := run(people, runtime.NumCPU(), seed, otherBody)
	if err != nil {
		return err
	}
	blocks := map[string]string{
		"fits":     fitsTable(same, other),
		"ranks":    ranksTable(same),
		"coverage": coverageTable(same, other),
		"tomorrow": tomorrowTable(same, other),
	}
	fmt.Fprintf(os.Stderr, "%d people of each kind in %.0f s\n", people, time.Since(begin).Seconds())
	if people != fullPeople {
		for _, name := range []string{"fits", "ranks", "coverage", "tomorrow"} {
			fmt.Println(blocks[name])
		}
		return nil
	}
	page := filepath.Join(docs, "science-person.md")
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	out := string(text)
	for name, block := range blocks {
		if out, err = replaceBlock(out, name, block); err != nil {
			return err
		}
	}
	if err := os.WriteFile(page, []byte(out), 0o644); err != nil {
		return err
	}
	for name, figure := range map[string]string{"ranks": ranksFigure(same), "coverage": coverageFigure(same, other)} {
		if err := os.WriteFile(filepath.Join(docs, "science", name+".svg"), []byte(figure), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// replaceBlock puts text between the markers of a name.
func replaceBlock(page, name, text string) (string, error) {
	begin, end := "<!-- begin "+name+" -->\n", "<!-- end "+name+" -->"
	before, rest, ok := strings.Cut(page, begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return "", fmt.Errorf("the page has no markers for %q", name)
	}
	return before + begin + text + end + after, nil
}
