package main

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Two machines keep one journal through a host, as two people's commands would do
// it; what one forgets is gone on the host and on the other.
func TestTwoMachines(t *testing.T) {
	keeper, desk, laptop := newMachine(t), newMachine(t), newMachine(t)
	// Beside the journals it gives a site.
	page := filepath.Join(keeper.temp, "site")
	for name, text := range map[string]string{"index.html": "the app", "files.sha256": "0  index.html\n"} {
		if err := errors.Join(os.MkdirAll(page, 0o700), os.WriteFile(filepath.Join(page, name), []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	h := keeper.host("--site", page)
	for path, want := range map[string]string{"/": "the app", "/health": "ok\n"} {
		reply, err := http.Get(h.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(reply.Body)
		reply.Body.Close()
		if err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", path, got, err)
		}
	}
	var invitation struct{ Invitation string }
	if err := json.Unmarshal(keeper.run("host", "invite", "--json"), &invitation); err != nil {
		t.Fatal(err)
	}
	desk.run("add", "3 g green leaf")
	laptop.run("add", "note written before they met")
	desk.run("sync", "start", h.URL, "--invitation", invitation.Invitation)
	var code struct{ Code string }
	if err := json.Unmarshal(desk.run("sync", "invite", "--json"), &code); err != nil {
		t.Fatal(err)
	}
	join := laptop.command(t.Context(), "sync", "join")
	join.Stdin = strings.NewReader(code.Code + "\n")
	if out, err := join.CombinedOutput(); err != nil || !strings.Contains(string(out), "Done. Fetched: ") {
		t.Fatalf("%v: %s", err, out)
	}
	desk.run("sync")
	for _, m := range []*machine{desk, laptop} {
		if out := string(m.run("log")); !strings.Contains(out, "green leaf") || !strings.Contains(out, "written before they met") {
			t.Errorf("%s", out)
		}
	}
	var done struct{ Fetched, Brought, Forgotten, Harmed int }
	if err := json.Unmarshal(laptop.run("sync", "--json"), &done); err != nil || done.Fetched+done.Brought+done.Forgotten+done.Harmed != 0 {
		t.Errorf("%+v, %v", done, err)
	}

	var log struct {
		Days []struct {
			Entries []struct{ ID, Kind string }
		}
	}
	out := laptop.run("log", "--json")
	if err := json.Unmarshal(out, &log); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, day := range log.Days {
		for _, e := range day.Entries {
			if e.Kind == "note" {
				laptop.run("log", "forget", e.ID)
			}
		}
	}
	if err := json.Unmarshal(laptop.run("sync", "--json"), &done); err != nil || done.Brought < 1 || done.Forgotten != 1 {
		t.Errorf("%+v, %v", done, err)
	}
	desk.run("sync")
	if out := string(desk.run("log")); strings.Contains(out, "before they met") {
		t.Errorf("%s", out)
	}
	if out := string(keeper.run("host", "doctor")); !strings.Contains(out, "of these forgotten: 1.") || !strings.Contains(out, "Devices: 2.") {
		t.Errorf("%s", out)
	}

	var place struct {
		Devices []struct {
			Key   string
			Own   bool
			Words []string
		}
	}
	if err := json.Unmarshal(desk.run("sync", "devices", "--json"), &place); err != nil || len(place.Devices) != 2 {
		t.Fatalf("%+v, %v", place, err)
	}
	for _, d := range place.Devices {
		if len(d.Words) != 9 {
			t.Errorf("%q", d.Words)
		}
		if !d.Own {
			desk.run("sync", "remove", d.Key[:16])
		}
	}
	if out, err := laptop.command(t.Context(), "sync").CombinedOutput(); err == nil || !strings.Contains(string(out), "does not know this device") {
		t.Errorf("%v: %s", err, out)
	}
	laptop.run("sync", "stop")
	joinShort(t, desk, laptop, h.URL)
	desk.run("sync", "stop", "--destroy")
	if out := string(keeper.run("host", "doctor")); !strings.Contains(out, "Journals: 0.") {
		t.Errorf("%s", out)
	}
	if out, err := desk.command(t.Context(), "sync").CombinedOutput(); err == nil || !strings.Contains(string(out), "does not synchronise yet") {
		t.Errorf("%v: %s", err, out)
	}
}

// joinShort joins by a short code while the other device waits.
func joinShort(t *testing.T, desk, laptop *machine, host string) {
	t.Helper()
	shows := desk.command(t.Context(), "sync", "invite", "--short", "--json")
	out, err := shows.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := shows.Start(); err != nil {
		t.Fatal(err)
	}
	said := json.NewDecoder(out)
	var code struct{ Code, Host string }
	if err := said.Decode(&code); err != nil || code.Host != host {
		t.Fatalf("%+v, %v", code, err)
	}
	laptop.run("sync", "join", code.Code, "--host", code.Host)
	var end struct{ Met bool }
	if err := said.Decode(&end); err != nil || !end.Met {
		t.Errorf("%+v, %v", end, err)
	}
	if err := shows.Wait(); err != nil {
		t.Error(err)
	}
}
