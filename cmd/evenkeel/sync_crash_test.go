package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"net"
	"testing"
	"time"
)

// syncCrashes is how often a device or its host is killed; for many:
//
//	go test ./cmd/evenkeel -run SyncCrashes -sync-crashes 200
var syncCrashes = flag.Int("sync-crashes", 8, "how often a device that synchronises, or its host, is killed")

// Two machines write and synchronise while they and their host are killed at random
// moments. What was answered as saved is on both in the end, once.
func TestSyncCrashes(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := l.Addr().String()
	l.Close()
	keeper := newMachine(t)
	restart := func() *hosting { return keeper.host("--register", "open", "--listen", at) }
	h := restart()
	machines := [2]*machine{newMachine(t), newMachine(t)}
	machines[0].run("add", "note 0")
	machines[0].run("sync", "start", h.URL)
	var code struct{ Code string }
	if err := json.Unmarshal(machines[0].run("sync", "invite", "--json"), &code); err != nil {
		t.Fatal(err)
	}
	machines[1].run("sync", "join", code.Code)
	killed := 0
	for n := range *syncCrashes {
		m := machines[rng.IntN(2)]
		m.run("add", fmt.Sprintf("note %d", n+1))
		cmd := m.command(t.Context(), "sync")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rng.IntN(60)) * time.Millisecond)
		if n%3 == 0 {
			_ = h.cmd.Process.Kill() // it runs until here
			_ = h.cmd.Wait()
			h = restart()
		} else {
			_ = cmd.Process.Kill() // it may have ended
		}
		if cmd.Wait() != nil {
			killed++
		}
	}
	t.Logf("%d of %d did not come to their end", killed, *syncCrashes)
	for range 2 {
		for _, m := range machines {
			m.run("sync")
		}
	}
	var notes [2]map[string]int
	for i, m := range machines {
		var log struct {
			Days []struct {
				Entries []struct{ Note struct{ Text string } }
			}
		}
		if err := json.Unmarshal(m.run("log", "--json"), &log); err != nil {
			t.Fatal(err)
		}
		notes[i] = map[string]int{}
		for _, day := range log.Days {
			for _, e := range day.Entries {
				notes[i][e.Note.Text]++
			}
		}
		for n := range *syncCrashes + 1 {
			if text := fmt.Sprint(n); notes[i][text] != 1 {
				t.Errorf("machine %d has note %s %d times", i, text, notes[i][text])
			}
		}
		m.run("doctor")
	}
	keeper.run("host", "doctor")
}
