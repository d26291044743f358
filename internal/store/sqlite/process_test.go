package sqlite

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/port"
)

// writerEnv makes the test binary a process that appends to the journal it names and
// prints the id of each record once it is acknowledged.
const writerEnv = "SQLITE_TEST_WRITER"

func TestMain(m *testing.M) {
	if path := os.Getenv(writerEnv); path != "" {
		if err := write(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func write(path string) error {
	ctx := context.Background()
	s, err := Open(ctx, path)
	if err != nil {
		return err
	}
	persons, err := s.Persons(ctx)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		batch := sealed(1 + i%3)
		if _, err := add(ctx, s, persons[0], batch); err != nil {
			return err
		}
		for _, r := range batch {
			fmt.Println(r.ID)
		}
		if i%50 == 49 { // removing rewrites the file; that, too, is killed at times
			if err := forget(ctx, s, persons[0], nil); err != nil {
				return err
			}
		}
	}
}

// Two processes write to one journal and are killed at random moments, again and
// again. Every acknowledged record is there, seqs have no gaps, and the file is sound.
func TestKilledWriters(t *testing.T) {
	rounds := 15
	if testing.Short() {
		rounds = 3
	}
	path := filepath.Join(t.TempDir(), "journal.db")
	s := open(t, path)
	p := newPerson(t, s)
	s.Close()
	acknowledged := map[string]bool{}
	for round := range rounds {
		var outs [2]io.ReadCloser
		var cmds [2]*exec.Cmd
		for i := range cmds {
			cmds[i] = exec.Command(os.Args[0])
			cmds[i].Env = append(os.Environ(), writerEnv+"="+path)
			cmds[i].Stderr = os.Stderr
			out, err := cmds[i].StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			outs[i] = out
			if err := cmds[i].Start(); err != nil {
				t.Fatal(err)
			}
		}
		lines := make(chan string, 1<<16)
		for _, out := range outs {
			go func() {
				for scan := bufio.NewScanner(out); scan.Scan(); {
					lines <- scan.Text()
				}
				lines <- ""
			}()
		}
		acknowledged[<-lines] = true // at least one is writing
		for _, cmd := range cmds {
			time.Sleep(time.Duration(rand.IntN(150)) * time.Millisecond)
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
		for ended := 0; ended < len(cmds); {
			if line := <-lines; line == "" {
				ended++
			} else {
				acknowledged[line] = true
			}
		}
		for _, cmd := range cmds {
			cmd.Wait()
		}
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		there := map[string]bool{}
		var seq int64
		if _, err := s.ReadAfter(t.Context(), p, 0, func(r port.Record) error {
			if seq++; r.Seq != seq {
				return fmt.Errorf("seq %d after %d", r.Seq, seq-1)
			}
			there[r.ID.String()] = true
			return nil
		}); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		for id := range acknowledged {
			if !there[id] {
				t.Fatalf("round %d: record %s was acknowledged and is gone", round, id)
			}
		}
		if report, err := s.Check(t.Context()); err != nil || len(report.Problems) > 0 {
			t.Fatalf("round %d: %+v, %v", round, report, err)
		}
		s.Close()
	}
	t.Logf("%d acknowledged records survived %d rounds", len(acknowledged), rounds)
}
