// Command checkerfigures measures the checker of evidence/check on the labelled
// set, and writes the tables of docs/evidence.md.
//
//	go run ./tools/checkerfigures -write docs/evidence.md
//
// With -mistakes it lists what was wrong in the part that patterns are tuned
// on. It never lists a sentence of the part that is held back.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/evenkeel/evenkeel/tools/page"
)

func main() {
	log.SetFlags(0)
	file := flag.String("set", "evidence/check/testdata/labelled.jsonl", "the labelled sentences")
	target := flag.String("write", "", "page to write the tables into; standard output without it")
	mistakes := flag.Bool("mistakes", false, "list the mistakes in the part for tuning, and measure only that part")
	flag.Parse()
	parts := []string{held, tune}
	var list io.Writer
	if *mistakes {
		parts, list = []string{tune}, os.Stdout
	}
	var b strings.Builder
	for _, part := range parts {
		sentences, err := read(*file, part)
		if err != nil {
			log.Fatal(err)
		}
		f := measure(sentences, list)
		f.write(&b, part)
	}
	if *target == "" {
		fmt.Print(b.String())
		return
	}
	old, err := os.ReadFile(*target)
	if err != nil {
		log.Fatal(err)
	}
	text, err := page.Between(string(old), "tables: go run ./tools/checkerfigures -write docs/evidence.md", b.String())
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(*target, []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}
}
