package pkpd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
)

// Spread is how a quantity is distributed over the subjects in whom it could
// be computed. Quantiles are within 0.05 % of the exact ones.
type Spread struct {
	N      int64  `json:"n"`
	Mean   Number `json:"mean"`
	SD     Number `json:"sd"` // null below two subjects
	Median Number `json:"median"`
	P5     Number `json:"p5"`
	P95    Number `json:"p95"`
}

// Analyte is the non-compartmental summary of one analyte over the window.
// TmaxH counts from the start of the window, as is usual for a dosing interval.
type Analyte struct {
	CmaxNM    Spread `json:"cmax_nM"`
	TmaxH     Spread `json:"tmax_h"`
	AUCLastNM Spread `json:"auc_last_nMh"`
	AUCInfNM  Spread `json:"auc_inf_nMh"`
	THalfH    Spread `json:"t_half_h"`
}

// Summary is what Simulate returns.
type Summary struct {
	Parameters  string     `json:"parameters"` // version of the parameter file
	Subjects    int        `json:"subjects"`
	Seed        uint64     `json:"seed"`
	WindowH     [2]float64 `json:"window_h"`
	Mitragynine Analyte    `json:"mitragynine"`
	SevenOH     Analyte    `json:"seven_oh"`
	// Highest occupancy and withdrawal of each subject in the window.
	OccupancyMax  Spread `json:"occupancy_max"`
	WithdrawalMax Spread `json:"withdrawal_max"`
}

// Options of a simulation. The zero value runs on all processors and writes no
// rows.
type Options struct {
	Workers  int                // threads; 0 means one per processor
	Window   [2]float64         // h, the part that is summarised; zero means the whole run
	CSV      io.Writer          // rows of every subject, or nil
	Progress func(done, of int) // called now and then from one goroutine, or nil
}

// quantities summarised per subject: five per analyte, occupancy, withdrawal.
const nSummed = 12

// csvHeader names the columns of the rows.
const csvHeader = "subject,t_h,mitragynine_nM,seven_oh_nM,occupancy,withdrawal\n"

// Simulate runs a scenario for a population. The result depends on the scenario
// and the population alone: not on the machine, the number of workers or
// timing. Memory does not grow with the number of subjects. When ctx ends it
// stops within a few subjects and returns ctx's error; whole subjects may have
// been written by then.
func Simulate(ctx context.Context, pop *Population, s *Scenario, o Options) (*Summary, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	if s.Body == BodyCentral {
		central := pop.Central()
		pop = &central
	}
	times := s.times()
	from, to, window, err := s.window(times, o.Window)
	if err != nil {
		return nil, err
	}
	plan, err := NewPlan(&pop.Typical, s.expand(), times)
	if err != nil {
		return nil, err
	}
	workers := o.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	// The pieces of work follow from the scenario alone, and their sums are
	// merged in order: so the rounding is the same at any number of workers.
	size := min(max(100_000/len(times), 1), 256)
	pieces := (s.Subjects + size - 1) / size
	workers = min(workers, pieces)
	if o.CSV != nil {
		if _, err := io.WriteString(o.CSV, csvHeader); err != nil {
			return nil, err
		}
	}

	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	type done struct {
		piece   int
		moments [nSummed]moments
		csv     []byte
	}
	results := make(chan done)
	// A worker takes a token before a piece, and the piece's result returns it
	// once merged: no more than this many are ever in memory.
	tokens := make(chan struct{}, 3*workers)
	sketches := make([][nSummed]sketch, workers)
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			sim := subjectRun{pop: pop, s: s, plan: plan, times: times, from: from, to: to, start: window[0], curve: make([]float64, to-from)}
			for k := range sim.rows {
				sim.rows[k] = make([]Row, len(times))
			}
			for {
				select {
				case tokens <- struct{}{}:
				case <-ctx.Done():
					return
				}
				piece := int(next.Add(1)) - 1
				if piece >= pieces {
					return
				}
				d := done{piece: piece}
				end := min((piece+1)*size, s.Subjects)
				for i := piece * size; i < end; i += lanes {
					if ctx.Err() != nil {
						return
					}
					n := min(lanes, end-i)
					if err := sim.run(uint64(i), n); err != nil {
						stop(fmt.Errorf("subjects from %d on: %w", i+1, err))
						return
					}
					for k := range n {
						sim.summarise(sim.rows[k])
						for q, v := range sim.values {
							if !math.IsNaN(v) && !math.IsInf(v, 0) {
								d.moments[q].add(v)
								sketches[w][q].add(v)
							}
						}
						if o.CSV != nil {
							d.csv = sim.appendCSV(d.csv, i+k+1, sim.rows[k])
						}
					}
				}
				select {
				case results <- d:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() { wg.Wait(); close(results) }()

	var total [nSummed]moments
	waiting := map[int]done{}
	merged := 0
	for d := range results {
		waiting[d.piece] = d
		for {
			d, ok := waiting[merged]
			if !ok {
				break
			}
			delete(waiting, merged)
			merged++
			for k := range total {
				total[k].merge(d.moments[k])
			}
			if len(d.csv) > 0 && ctx.Err() == nil {
				if _, err := o.CSV.Write(d.csv); err != nil {
					stop(err)
				}
			}
			if o.Progress != nil {
				o.Progress(min(merged*size, s.Subjects), s.Subjects)
			}
			<-tokens
		}
	}
	if merged < pieces || ctx.Err() != nil {
		if err := context.Cause(ctx); err != nil {
			return nil, err
		}
		return nil, errors.New("the simulation stopped before its end")
	}
	for w := 1; w < workers; w++ {
		for k := range nSummed {
			sketches[0][k].merge(&sketches[w][k])
		}
	}
	spread := func(k int) Spread {
		q := sketches[0][k].quantiles(0.05, 0.5, 0.95)
		m := total[k]
		x := Spread{N: int64(m.n), Mean: Number(m.mean), SD: Number(math.Sqrt(m.m2 / (m.n - 1))), P5: Number(q[0]), Median: Number(q[1]), P95: Number(q[2])}
		if m.n == 0 {
			x.Mean = Number(math.NaN())
		}
		if m.n < 2 {
			x.SD = Number(math.NaN())
		}
		return x
	}
	analyte := func(k int) Analyte {
		return Analyte{spread(k), spread(k + 1), spread(k + 2), spread(k + 3), spread(k + 4)}
	}
	return &Summary{
		Parameters: Standard().Version, Subjects: s.Subjects, Seed: s.Seed, WindowH: window,
		Mitragynine: analyte(0), SevenOH: analyte(5), OccupancyMax: spread(10), WithdrawalMax: spread(11),
	}, nil
}

// window returns the rows [from, to) that are summarised.
func (s *Scenario) window(times []float64, w [2]float64) (from, to int, h [2]float64, err error) {
	if w == [2]float64{} {
		return 0, len(times), [2]float64{0, s.UntilH}, nil
	}
	if !(w[0] >= 0 && w[0] < w[1] && w[1] <= s.UntilH) {
		return 0, 0, w, refuse("window", "pkpd.window_part", "from", w[0], "to", w[1], "until", s.UntilH)
	}
	for from < len(times) && times[from] < w[0]-1e-9 {
		from++
	}
	to = from
	for to < len(times) && times[to] <= w[1]+1e-9 {
		to++
	}
	if to-from < 2 {
		return 0, 0, w, refuse("window", "pkpd.window_rows", "from", w[0], "to", w[1])
	}
	return from, to, w, nil
}
