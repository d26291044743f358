// Command insight measures how often insights speak of what is not there, and
// how often they see what is, on made-up people whose truth is known. It writes
// the tables of docs/insight.md.
//
//	go run ./tools/insight -write docs/insight.md
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"strings"
)

// The marks in the page between which the tables stand.
const (
	begin = "<!-- tables: go run ./tools/insight -write docs/insight.md -->"
	end   = "<!-- end of tables -->"
)

func main() {
	n := flag.Int("people", 1000, "people in a population")
	whole := flag.Int("whole", 200, "people whose whole month is looked at each week")
	seed := flag.Uint64("seed", 20261124, "seed of all chance")
	page := flag.String("write", "", "page to write the tables into; standard output without it")
	flag.Parse()
	var b strings.Builder
	fmt.Fprintf(&b, "%d people a population (%d where a whole month is read), %d days each, looked at on every day (a whole month: every week), seed %d. Standard errors in brackets.\n", *n, *whole, halfYear, *seed)
	falseSentences(&b, *n, *seed)
	power(&b, *n, *seed)
	withDrive(&b, *n, *seed)
	wholeMonths(&b, *whole, *seed)
	if *page == "" {
		fmt.Print(b.String())
		return
	}
	old, err := os.ReadFile(*page)
	if err != nil {
		log.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(old), begin)
	_, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		log.Fatalf("%s has no place for the tables", *page)
	}
	if err := os.WriteFile(*page, []byte(head+begin+"\n"+b.String()+"\n"+end+tail), 0o644); err != nil {
		log.Fatal(err)
	}
}
