package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// marker stands in every line that this test writes, and nowhere else.
const marker = "zinnia-by-the-gate"

// plainWords must not be found in any file: what was written, and the names
// that only the plaintext of a record has.
var plainWords = []string{marker, `"recorded"`, `"note"`}

// crashes is how many there are; .ci/run asks for more.
var crashes = flag.Int("crashes", 60, "how often the program is killed")

const (
	crashesShort = 10
	// everyNew is after how many crashes a new data directory is begun, so that
	// the making of a journal is crashed into as well.
	everyNew = 8
)

// TestNothingAcknowledgedIsLost writes through HTTP and the command line, also
// with two processes at once, kills them at random moments, and looks after
// each crash: what was answered as saved is there, once; the journal is sound;
// no file holds a word of it.
func TestNothingAcknowledgedIsLost(t *testing.T) {
	rounds := *crashes
	if testing.Short() {
		rounds = crashesShort
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	c := &crash{rng: rand.New(rand.NewPCG(seed, 0))}
	c.machine = newMachine(t)
	c.timeMaking()
	saved, interrupted := 0, 0
	for n := range rounds {
		if n%everyNew == 0 {
			c.machine, c.saved = newMachine(t), map[string]bool{}
		}
		before := len(c.saved)
		c.round(n)
		c.check(n)
		saved += len(c.saved) - before
		interrupted += c.unanswered
		if t.Failed() {
			t.Fatalf("round %d", n)
		}
	}
	t.Logf("%d crashes: %d entries answered as saved, %d without an answer", rounds, saved, interrupted)
	if saved < rounds {
		t.Errorf("only %d entries were saved in %d rounds: the test hardly tests", saved, rounds)
	}
}

// crash is one data directory and what is known to be saved in it.
type crash struct {
	*machine
	rng *rand.Rand
	// making is how long a server takes to begin a journal here.
	making time.Duration

	mu         sync.Mutex
	next       int
	saved      map[string]bool
	unanswered int // in this round
}

func (c *crash) line() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.next++
	return fmt.Sprintf("note %s %06d", marker, c.next)
}

func (c *crash) answered(line string, saved bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if saved {
		c.saved[strings.TrimPrefix(line, "note ")] = true
	} else {
		c.unanswered++
	}
}

// doom is when a process is killed. It follows what the process has done, not a
// clock, so that a slow or busy machine crashes into the same moments.
type doom struct {
	answers int     // after as many of them
	share   float64 // and this much of the time that one more would take
}

// most is how many answers a process lives for.
const most = 12

func (c *crash) doom() doom { return doom{c.rng.IntN(most + 1), c.rng.Float64()} }

// round runs one or two writers and kills them.
func (c *crash) round(n int) {
	c.unanswered = 0
	when := c.doom
	if n%everyNew == 0 { // while the journal is made
		when = func() doom { return doom{0, 1.2 * c.rng.Float64()} }
	}
	var writers sync.WaitGroup
	switch n % 3 {
	case 0:
		c.serving(&writers, when())
	case 1:
		c.serving(&writers, when())
		c.typing(&writers, when())
	case 2:
		c.serving(&writers, when())
		c.serving(&writers, when())
	}
	writers.Wait()
}

// timeMaking measures how long a server takes from its start on an empty
// directory until it let somebody in, which is what a doom without answers is
// a share of.
func (c *crash) timeMaking() {
	c.t.Helper()
	begun := time.Now()
	s, err := c.start()
	if err != nil {
		c.t.Fatal(err)
	}
	err = s.enter()
	c.making = time.Since(begun)
	s.kill()
	if err != nil {
		c.t.Fatalf("%v: %s", err, s.stderr.String())
	}
}

// wait returns when a process that was just started is to die: answered gives
// what it does, over ends it before.
func (c *crash) wait(d doom, answered, over <-chan struct{}) {
	each, begun := c.making, time.Now()
	for n := range d.answers {
		select {
		case <-answered:
			each = time.Since(begun) / time.Duration(n+1)
		case <-over:
			return
		}
	}
	time.Sleep(time.Duration(d.share * float64(each)))
}

// serving starts a server with two browsers that write until it is killed.
func (c *crash) serving(writers *sync.WaitGroup, d doom) {
	s, err := c.start()
	if err != nil {
		c.t.Fatal(err)
	}
	over, answers := make(chan struct{}), make(chan struct{}, most)
	writers.Go(func() {
		defer close(over)
		if s.enter() != nil {
			return // killed before it listened
		}
		var browsers sync.WaitGroup
		for range 2 {
			browsers.Go(func() {
				for {
					line := c.line()
					saved, err := s.add(line)
					c.answered(line, saved)
					if err != nil {
						return // killed
					}
					if !saved {
						c.t.Errorf("the server lives and did not save a line: %s", s.stderr.String())
						return
					}
					select {
					case answers <- struct{}{}:
					default: // as many as anybody waits for
					}
				}
			})
		}
		browsers.Wait()
	})
	writers.Go(func() {
		c.wait(d, answers, over)
		_ = s.cmd.Process.Kill()
		<-over // the pipe must be read to its end before Wait
		s.kill()
	})
}

// typing runs one command after another until one is killed.
func (c *crash) typing(writers *sync.WaitGroup, d doom) {
	ctx, kill := context.WithCancel(c.t.Context()) // kills with SIGKILL
	over, answers := make(chan struct{}), make(chan struct{}, most)
	writers.Go(func() {
		defer close(over)
		for ctx.Err() == nil {
			line := c.line()
			var said bytes.Buffer
			cmd := c.command(ctx, "add", line)
			cmd.Stderr = &said
			err := cmd.Run()
			c.answered(line, err == nil)
			if err != nil {
				if ctx.Err() == nil {
					c.t.Errorf("a command that was not killed did not save: %v: %s", err, said.String())
				}
				return
			}
			select {
			case answers <- struct{}{}:
			default:
			}
		}
	})
	writers.Go(func() {
		c.wait(d, answers, over)
		kill()
	})
}

// check looks at what the crash left, first as bytes and then as a journal.
func (c *crash) check(n int) {
	c.t.Helper()
	c.searchPlain()
	if _, err := os.Stat(filepath.Join(c.data, "journal.db")); os.IsNotExist(err) && len(c.saved) == 0 {
		return // killed before there was a journal
	}
	var report struct{ OK bool }
	if err := json.Unmarshal(c.run("doctor", "--json"), &report); err != nil || !report.OK {
		c.t.Fatalf("round %d: doctor: %v", n, err)
	}
	var export struct {
		Records []struct {
			ID    string
			Event struct{ Note struct{ Text string } }
		}
	}
	if err := json.Unmarshal(c.run("export"), &export); err != nil {
		c.t.Fatalf("round %d: export: %v", n, err)
	}
	found := map[string]int{}
	for _, r := range export.Records {
		found[r.Event.Note.Text]++
	}
	for text := range c.saved {
		if found[text] != 1 {
			c.t.Errorf("round %d: %q was answered as saved and is there %d times", n, text, found[text])
		}
	}
	c.searchPlain()
}

// searchPlain looks through every byte that the program left on the disk.
func (c *crash) searchPlain() {
	c.t.Helper()
	for _, dir := range []string{c.data, c.temp} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if os.IsNotExist(err) {
				return nil
			}
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, w := range plainWords {
				if holds(data, w) || holdsBase64(data, w) {
					c.t.Errorf("%s holds %q in clear", filepath.Base(path), w)
				}
			}
			return nil
		})
		if err != nil {
			c.t.Fatal(err)
		}
	}
}

// holdsBase64 looks for a word inside base64, at each of the three places that
// it can begin in a group. The first and last characters, which also depend on
// the neighbours, are left out.
func holdsBase64(data []byte, word string) bool {
	for shift := range 3 {
		text := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + word))
		// A short rest is found in random bytes as well.
		if inner := text[4 : len(text)-4]; len(inner) >= 12 && bytes.Contains(data, []byte(inner)) {
			return true
		}
	}
	return false
}
