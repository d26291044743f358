package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// measured is one part of one turn.
type measured struct {
	perSecond      float64
	p50, p99       time.Duration
	host, database float64 // processor seconds a thousand
	asking         float64 // of who asks: the devices, or pgbench
}

// perCore is how many a second one core would do that did nothing else but serve:
// host and database, or pgbench and database.
func (m measured) perCore(serving float64) float64 { return 1000 / serving }

func run(ctx context.Context, o options) error {
	where, database := "", 0
	var s *server
	if o.store == "postgres" {
		var err error
		if s, err = startServer(ctx); err != nil {
			return err
		}
		defer s.end()
		where, database = s.address()+"&pool_max_conns=16", s.cmd.Process.Pid
		if o.named {
			where += "&default_query_exec_mode=cache_statement"
		}
	} else {
		dir, err := os.MkdirTemp("", "evenkeel-load")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		where = filepath.Join(dir, "host.db")
	}
	h, err := startHost(ctx, where, false)
	if err != nil {
		return err
	}
	defer h.end()
	list, err := devices(ctx, "http://"+h.address, o.logs, o.clients)
	if err != nil {
		return err
	}
	fmt.Printf("%s, %d journals of %d records, %d devices at once, %v each\n\n", o.store, o.logs, perLog, o.clients, o.last)
	parts := map[string]func(*device) error{
		"one record brought":          func(d *device) error { return d.push(ctx, 1) },
		"100 records brought at once": func(d *device) error { return d.push(ctx, 100) },
		"the last record fetched":     func(d *device) error { return d.pull(ctx, 1) },
		"asked, nothing new":          func(d *device) error { return d.pull(ctx, 0) },
	}
	got := map[string][]measured{}
	for range o.rounds {
		if s != nil {
			before := seconds(database)
			per, own, err := bare(ctx, s, o)
			if err != nil {
				return err
			}
			n := per * max(1, o.last.Seconds()) / 1000
			got[bareName] = append(got[bareName], measured{perSecond: per, database: (seconds(database) - before) / n, asking: own / n})
		}
		for _, name := range order[1:] {
			hostBefore, databaseBefore, before := seconds(h.cmd.Process.Pid), seconds(database), mine()
			took, per, err := drive(list, o, parts[name])
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			n := float64(len(took)) / 1000
			m := measured{perSecond: per, p50: took[len(took)/2], p99: took[len(took)*99/100], host: (seconds(h.cmd.Process.Pid) - hostBefore) / n}
			if s != nil {
				m.database = (seconds(database) - databaseBefore) / n
			}
			m.asking = (mine() - before) / n
			got[name] = append(got[name], m)
		}
	}
	say(got)
	return memory(ctx, where, o)
}

const bareName = "pgbench: one row inserted"

var order = []string{bareName, "one record brought", "100 records brought at once", "the last record fetched", "asked, nothing new"}

// say prints the medians of the turns, and the ratios to the inserts of the same turn.
func say(got map[string][]measured) {
	fmt.Println("| What | a second (range) | p50 ms | p99 ms | µs of host | µs of database | µs of who asks |")
	fmt.Println("|---|---|---|---|---|---|---|")
	of := func(list []measured, f func(measured) float64) (low, mid, high float64) {
		var v []float64
		for _, m := range list {
			v = append(v, f(m))
		}
		slices.Sort(v)
		return v[0], v[len(v)/2], v[len(v)-1]
	}
	for _, name := range order {
		list := got[name]
		if len(list) == 0 {
			continue
		}
		mid := func(f func(measured) float64) float64 { _, m, _ := of(list, f); return m }
		low, per, high := of(list, func(m measured) float64 { return m.perSecond })
		fmt.Printf("| %s | %.0f (%.0f to %.0f) | %.1f | %.1f | %.0f | %.0f | %.0f |\n", name, per, low, high,
			mid(func(m measured) float64 { return m.p50.Seconds() * 1e3 }), mid(func(m measured) float64 { return m.p99.Seconds() * 1e3 }),
			mid(func(m measured) float64 { return m.host * 1e3 }), mid(func(m measured) float64 { return m.database * 1e3 }), mid(func(m measured) float64 { return m.asking * 1e3 }))
	}
	reference := got[bareName]
	if len(reference) == 0 {
		return
	}
	fmt.Println("\n| Over the inserts of the same turn | clock | per core, served: host + database over pgbench + database | the database alone |")
	fmt.Println("|---|---|---|---|")
	for _, name := range order[1:] {
		var clock, core, alone []float64
		for i, m := range got[name] {
			r := reference[i]
			clock = append(clock, m.perSecond/r.perSecond)
			core = append(core, (r.asking+r.database)/(m.host+m.database))
			alone = append(alone, r.database/m.database)
		}
		fmt.Printf("| %s | %s | %s | %s |\n", name, ratio(clock), ratio(core), ratio(alone))
	}
}

func ratio(v []float64) string {
	slices.Sort(v)
	return fmt.Sprintf("%.2fx (%.2f to %.2f)", v[len(v)/2], v[0], v[len(v)-1])
}

// memory tells what idle connections cost a host.
func memory(ctx context.Context, where string, o options) error {
	if o.idle == 0 {
		return nil
	}
	fmt.Println()
	for _, secure := range []bool{false, true} {
		h, err := startHost(ctx, where, secure)
		if err != nil {
			return err
		}
		base := map[bool]string{false: "http://", true: "https://"}[secure] + h.address
		warm, err := idleLines(ctx, base, 32)
		if err != nil {
			return err
		}
		before := resident(h.cmd.Process.Pid)
		end, err := idleLines(ctx, base, o.idle)
		if err != nil {
			return err
		}
		after := resident(h.cmd.Process.Pid)
		fmt.Printf("%d idle connections, TLS %t: %.1f MB, then %.1f MB: %.1f kB each\n", o.idle, secure, float64(before)/1e6, float64(after)/1e6, float64(after-before)/1e3/float64(o.idle))
		end()
		warm()
		h.end()
	}
	return nil
}
