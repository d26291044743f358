// Command failover runs three PostgreSQL servers under Patroni and etcd, writes to
// them through Evenkeel's own store, takes the leader away again and again, and
// looks whether anything that was acknowledged is gone:
//
//	go run ./tools/failover -kills 20 -cuts 20 [-json]
//
// A kill ends the leader's server and its Patroni at once, as a power cut does. A
// cut takes its network away and leaves it running; it needs root on Linux, since
// each server then has a network namespace of its own. It ends with 1 if anything
// was lost. Everything runs in a temporary folder and ends with the command.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

type options struct {
	kills, cuts int
	load, rest  time.Duration
	download    string
	json        bool
	timing      timing
}

// timing are Patroni's own settings, in seconds. Its documentation gives the least
// of each: 20, 1 and 3.
type timing struct {
	TTL          int `json:"ttl"`
	LoopWait     int `json:"loop_wait"`
	RetryTimeout int `json:"retry_timeout"`
}

func main() {
	var o options
	flag.IntVar(&o.kills, "kills", 1, "how `often` the leader is killed")
	flag.IntVar(&o.cuts, "cuts", 0, "how `often` the leader's network is cut")
	flag.DurationVar(&o.load, "load", 3*time.Second, "how long is written before each kill or cut, and after it")
	flag.DurationVar(&o.rest, "rest", 2*time.Millisecond, "how long each of the writers rests after a record")
	flag.StringVar(&o.download, "download", "", "fetch what is missing of Debian's packages into this `folder`, where nothing is installed or started")
	flag.BoolVar(&o.json, "json", false, "report as JSON")
	flag.IntVar(&o.timing.TTL, "ttl", 20, "`seconds` after which a leader that is not heard of is replaced")
	flag.IntVar(&o.timing.LoopWait, "loop-wait", 1, "`seconds` between two looks of Patroni")
	flag.IntVar(&o.timing.RetryTimeout, "retry-timeout", 3, "`seconds` that Patroni tries to reach etcd or PostgreSQL")
	flag.Parse()
	code, err := run(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "failover:", err)
	}
	os.Exit(code)
}

func run(o options) (code int, err error) {
	inner, ok := os.LookupEnv(innerVariable)
	if !ok {
		p, err := findPrograms(o.download)
		if err != nil {
			return 2, err
		}
		return keep(p)
	}
	var world inside
	if err := json.Unmarshal([]byte(inner), &world); err != nil {
		return 2, err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	report, err := try(ctx, o, world)
	if ctx.Err() != nil {
		return 2, errors.New("stopped before it was done")
	}
	if err != nil {
		return 2, err
	}
	if err := report.write(os.Stdout, o.json); err != nil {
		return 2, err
	}
	if report.failed() {
		return 1, errors.New("what was acknowledged is not all there, or not in its place")
	}
	return 0, nil
}
