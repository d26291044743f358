// Bench runs workload S and writes its rows for comparison with another
// program: little-endian float64, subject by subject, 1441 rows of mitragynine
// and 7-OH (ug/L), drive and withdrawal.
//
//	go run ./tools/bench -pop pop.csv -n 100 -out mine.bin
package main

import (
	"bufio"
	"encoding/binary"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/tools/workload"
)

func main() {
	pop := flag.String("pop", "", "population table; without it the same subjects are made from their seed")
	n := flag.Int("n", 100, "subjects")
	out := flag.String("out", "", "file to write the rows to")
	reps := flag.Int("reps", 0, "time this many runs and print the median")
	threads := flag.Int("threads", 1, "threads")
	flag.Parse()
	if err := run(*pop, *n, *out, *reps, *threads); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(pop string, n int, out string, reps, threads int) error {
	people := workload.Population(n)
	if pop != "" {
		f, err := os.Open(pop)
		if err != nil {
			return err
		}
		defer f.Close()
		if people, err = workload.ReadPopulation(f, n); err != nil {
			return err
		}
	}
	plan, err := workload.PlanS()
	if err != nil {
		return err
	}
	rows := make([][]pkpd.Row, n)
	all := make([]pkpd.Row, n*workload.RowsS)
	for i := range rows {
		rows[i] = all[i*workload.RowsS:][:workload.RowsS]
	}
	engines := make([]pkpd.Engine, threads)
	once := func() error {
		errs := make([]error, threads)
		var wg sync.WaitGroup
		for t := range threads {
			a, b := t*n/threads, (t+1)*n/threads
			wg.Go(func() { errs[t] = engines[t].RunMany(people[a:b], plan, rows[a:b]) })
		}
		wg.Wait()
		return errs[0]
	}
	if err := once(); err != nil {
		return err
	}
	if reps > 0 {
		wall, cpu := make([]float64, reps), make([]float64, reps)
		for r := range wall {
			c, t := cpuSeconds(), time.Now()
			if err := once(); err != nil {
				return err
			}
			wall[r], cpu[r] = time.Since(t).Seconds(), cpuSeconds()-c
		}
		slices.Sort(wall)
		slices.Sort(cpu)
		fmt.Printf("go %-8s N=%d T=%d  median %.4f s (min %.4f) cpu %.4f s  %.0f subj/s %.0f subj/cpu-s\n", pkpd.Kernel(), n, threads,
			wall[reps/2], wall[0], cpu[reps/2], float64(n)/wall[reps/2], float64(n)/cpu[reps/2])
	}
	if out == "" {
		return nil
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	for _, r := range all {
		var b [32]byte
		for k, v := range [4]float64{r.MitragynineNM, r.SevenOHNM, r.Occupancy, r.Withdrawal} {
			binary.LittleEndian.PutUint64(b[8*k:], math.Float64bits(v))
		}
		if _, err := w.Write(b[:]); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
