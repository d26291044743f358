package main

import (
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
)

var stances = []string{"asserts", "denies", "hedges", "reports"}

// write says the figures as Markdown.
func (f *figures) write(w io.Writer, part string) {
	name := map[string]string{held: "The third that was held back", tune: "The rest, on which patterns were tuned"}[part]
	fmt.Fprintf(w, "\n### %s\n%d sentences with %d labels; %d have none, and in %d of these a claim was found. ", name, f.sentences, f.all.labelled, f.quiet, f.quietHit)
	same := 0
	for _, s := range stances {
		same += f.confusion[s][s]
	}
	fmt.Fprintf(w, "Stance right where the claim was found: %s. Sentences that side with a contradicted claim and are said to hold: %d.\n\n", interval(same, f.all.right), f.worse)
	fmt.Fprintln(w, "| | Labels | Found | Right | Precision | Recall |\n|---|---|---|---|---|---|")
	line(w, "**all claims**", f.all)
	for _, v := range []string{"supported", "partly", "unproven", "contradicted"} {
		line(w, v, f.verdict[v])
	}
	for _, s := range slices.Sorted(maps.Keys(f.style)) {
		line(w, "style "+s, f.style[s])
	}
	fmt.Fprintln(w, "\nClaim and stance both right, by stance:\n\n| Stance | Labels | Found | Right | Precision | Recall |\n|---|---|---|---|---|---|")
	for _, s := range stances {
		line(w, s, f.stanced[s])
	}
	fmt.Fprintln(w, "\nStance of the claims that were found (rows: labelled; columns: said):\n\n| | asserts | denies | hedges | reports |\n|---|---|---|---|---|")
	for _, s := range stances {
		fmt.Fprintf(w, "| %s |", s)
		for _, t := range stances {
			fmt.Fprintf(w, " %d |", f.confusion[s][t])
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "\nRight of those found by a pattern %d of %d, by likeness %d of %d; by confidence:", f.pattern.right, f.pattern.found, f.like.right, f.like.found)
	for _, c := range slices.Sorted(maps.Keys(f.sure)) {
		fmt.Fprintf(w, " %.2f: %d of %d;", c, f.sure[c].right, f.sure[c].found)
	}
	fmt.Fprintf(w, " health claims without an entry: %d labelled, %d said to be, %d of them rightly.\n", f.health.labelled, f.health.found, f.health.right)
}

func line(w io.Writer, name string, t tally) {
	fmt.Fprintf(w, "| %s | %d | %d | %d | %s | %s |\n", name, t.labelled, t.found, t.right, interval(t.right, t.found), interval(t.right, t.labelled))
}

// interval is a share with its 95 % interval by Wilson (1927,
// doi:10.1080/01621459.1927.10502953).
func interval(a, n int) string {
	if n == 0 {
		return "-"
	}
	p, m, z := share(a, n), float64(n), 1.96
	mid := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return fmt.Sprintf("%.2f (%.2f to %.2f)", p, max(0, mid-half), min(1, mid+half))
}
