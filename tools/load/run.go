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
	perSecond float64
	p50, p99  time.Duration
	// Processor seconds of each request: of the host, of the database's processes, and
	// of who asks, which is the devices or pgbench.
	host, database, asking float64
	// Over the inserts of the turn, by the clock and by the processor's time.
	clock, core float64
}

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
	h, err := startHost(ctx, where, false, o.profile)
	if err != nil {
		return err
	}
	defer h.end()
	list, err := devices(ctx, "http://"+h.address, o.logs, o.clients)
	if err != nil {
		return err
	}
	fmt.Printf("%s, %d journals of %d records, %d devices at once, %v each, named statements %t\n\n", o.store, o.logs, perLog, o.clients, o.last, o.named)
	got := map[string][]measured{}
	for range o.rounds {
		if s != nil {
			before := seconds(database)
			per, own, err := bare(ctx, s, o)
			if err != nil {
				return err
			}
			n := per * max(1, o.last.Seconds())
			got[bareName] = append(got[bareName], measured{perSecond: per, database: (seconds(database) - before) / n, asking: own / n})
		}
		for _, p := range parts {
			if o.only != "" && o.only != p.name {
				continue
			}
			hostBefore, databaseBefore, before := seconds(h.cmd.Process.Pid), seconds(database), mine()
			took, per, err := drive(list, o, func(d *device) error { return p.ask(ctx, d) })
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			n := float64(len(took))
			m := measured{perSecond: per, p50: took[len(took)/2], p99: took[len(took)*99/100], host: (seconds(h.cmd.Process.Pid) - hostBefore) / n}
			if s != nil {
				m.database = (seconds(database) - databaseBefore) / n
			}
			m.asking = (mine() - before) / n
			got[p.name] = append(got[p.name], m)
		}
	}
	say(got)
	return memory(ctx, where, o)
}

const bareName = "pgbench: one row inserted"

// part is one kind of request.
type part struct {
	name    string
	records int // brought with each
	ask     func(context.Context, *device) error
}

var parts = []part{
	{"1 record brought", 1, func(ctx context.Context, d *device) error { return d.push(ctx, 1) }},
	{"10 records brought", 10, func(ctx context.Context, d *device) error { return d.push(ctx, 10) }},
	{"100 records brought", 100, func(ctx context.Context, d *device) error { return d.push(ctx, 100) }},
	{"the last record fetched", 0, func(ctx context.Context, d *device) error { return d.pull(ctx, 1) }},
	{"asked, nothing new", 0, func(ctx context.Context, d *device) error { return d.pull(ctx, 0) }},
}

// say prints the medians of the turns, and the ratios to the inserts of the same turn.
func say(got map[string][]measured) {
	fmt.Println("| What | a second (range) | p50 ms | p99 ms (range) | µs of the host | of the database | of who asks |")
	fmt.Println("|---|---|---|---|---|---|---|")
	for _, name := range append([]string{bareName}, names()...) {
		list := got[name]
		if len(list) == 0 {
			continue
		}
		low, per, high := spread(list, func(m measured) float64 { return m.perSecond })
		best, p99, worst := spread(list, func(m measured) float64 { return m.p99.Seconds() * 1e3 })
		_, p50, _ := spread(list, func(m measured) float64 { return m.p50.Seconds() * 1e3 })
		_, host, _ := spread(list, func(m measured) float64 { return m.host * 1e6 })
		_, database, _ := spread(list, func(m measured) float64 { return m.database * 1e6 })
		_, asking, _ := spread(list, func(m measured) float64 { return m.asking * 1e6 })
		fmt.Printf("| %s | %.0f (%.0f to %.0f) | %.1f | %.1f (%.1f to %.1f) | %.0f | %.0f | %.0f |\n", name, per, low, high, p50, p99, best, worst, host, database, asking)
	}
	reference := got[bareName]
	if len(reference) == 0 {
		return
	}
	fmt.Println("\n| Over the inserts of the same turn | by the clock | by the core: host and database over pgbench and database | the same by the record |")
	fmt.Println("|---|---|---|---|")
	for _, p := range parts {
		list := got[p.name]
		if len(list) == 0 {
			continue
		}
		for i := range list {
			r := reference[i]
			list[i].clock, list[i].core = list[i].perSecond/r.perSecond, (r.asking+r.database)/(list[i].host+list[i].database)
		}
		byRecord := ""
		if p.records > 0 {
			byRecord = ratio(list, func(m measured) float64 { return m.core * float64(p.records) })
		}
		fmt.Printf("| %s | %s | %s | %s |\n", p.name, ratio(list, func(m measured) float64 { return m.clock }), ratio(list, func(m measured) float64 { return m.core }), byRecord)
	}
}

func names() (list []string) {
	for _, p := range parts {
		list = append(list, p.name)
	}
	return list
}

func spread(list []measured, f func(measured) float64) (low, mid, high float64) {
	var v []float64
	for _, m := range list {
		v = append(v, f(m))
	}
	slices.Sort(v)
	return v[0], v[len(v)/2], v[len(v)-1]
}

func ratio(list []measured, f func(measured) float64) string {
	low, mid, high := spread(list, f)
	return fmt.Sprintf("%.2fx (%.2f to %.2f)", mid, low, high)
}

// memory tells what idle connections cost a host.
func memory(ctx context.Context, where string, o options) error {
	if o.idle == 0 {
		return nil
	}
	fmt.Println()
	for _, secure := range []bool{false, true} {
		h, err := startHost(ctx, where, secure, "")
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
