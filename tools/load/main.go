// Command load measures a host under load beside bare inserts of the same bytes into
// the same PostgreSQL, by pgbench, in turns, and prints both and their ratio.
//
//	go run ./tools/load                          # PostgreSQL of its own, ten thousand journals
//	go run ./tools/load -logs 1000 -for 2s       # a short form
//	go run ./tools/load -store sqlite            # no reference: pgbench speaks to PostgreSQL
//
// The host is a process of its own, the devices are another, and the database's
// processes are a third group: on a machine that they share, processor seconds say
// more than the clock. They are read from /proc, so that elsewhere than on Linux
// they are not known.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

type options struct {
	store   string
	logs    int
	clients int
	last    time.Duration
	rounds  int
	idle    int
	named   bool
	only    string
	profile string
}

func main() {
	var o options
	flag.StringVar(&o.store, "store", "postgres", "postgres or sqlite")
	flag.IntVar(&o.logs, "logs", 10_000, "journals at the host, each of 20 records")
	flag.IntVar(&o.clients, "clients", 16, "devices that ask at once")
	flag.DurationVar(&o.last, "for", 5*time.Second, "how long each part lasts")
	flag.IntVar(&o.rounds, "rounds", 3, "turns; the median is given, and the range")
	flag.IntVar(&o.idle, "idle", 2000, "idle connections whose memory is measured")
	flag.BoolVar(&o.named, "named", false, "the host's statements are named, and so planned once: for a database without a pooler before it")
	serve := flag.String("serve", "", "be the host on this store, for the other process")
	flag.StringVar(&o.profile, "profile", "", "where the processor's time of the host goes is written to this file, for go tool pprof")
	flag.StringVar(&o.only, "only", "", "measure this part alone, by its name in the table")
	secure := flag.Bool("tls", false, "with -serve: with TLS")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var err error
	if *serve != "" {
		err = serveHost(ctx, *serve, *secure, o.profile)
	} else {
		err = run(ctx, o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
