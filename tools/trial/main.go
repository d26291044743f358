// Trial sends made-up people down in ten ways and writes what came of it into
// docs/science.md: how rough it got, how long it took, how often they were over
// their ceiling, and how often they gave up. It is a simulation: what people do
// with a plan was taken from other drugs, and nobody lived it.
//
//	go run ./tools/trial              # everybody; writes the tables
//	go run ./tools/trial -people 720  # a quick look; prints only
//
// An interrupt ends it with the people that are done, and prints only.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/evenkeel/evenkeel/tools/page"
)

func main() {
	people := flag.Int("people", fullPeople, "people; fewer than all of them print only")
	seed := flag.Uint64("seed", 2026, "seed of all chance")
	docs := flag.String("docs", "docs", "folder to write into; only with all people")
	flag.Parse()
	if err := write(*people, *seed, *docs); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// fullPeople is how many the committed tables rest on.
const fullPeople = 10_000

func write(people int, seed uint64, docs string) error {
	if people < 40 {
		return errors.New("fewer than 40 people show nothing; give -people 40 or more")
	}
	begin := time.Now()
	t := trial{people: people, each: people / 10, lower: people / 5, seed: seed, draws: 1000, look: 100}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	all, err := t.run(ctx, func(done int) {
		if done%500 == 0 {
			fmt.Fprintf(os.Stderr, "%d people, %.0f s\n", done, time.Since(begin).Seconds())
		}
	})
	if err != nil {
		return err
	}
	tables := whole(&t, all)
	if len(all) != fullPeople {
		fmt.Print(tables)
		return nil
	}
	path := filepath.Join(docs, "science.md")
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	out, err := page.Between(string(old), "trial", tables)
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(out), 0o644)
}
