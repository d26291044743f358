package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptCommands are what the scripts can do besides running Evenkeel.
var scriptCommands = map[string]func(*testscript.TestScript, bool, []string){
	"poke":         poke,
	"cut":          cut,
	"same-records": sameRecords,
	"records":      countRecords,
	"nowhere":      nowhere,
	"unprivileged": unprivileged,
	"empty-dir":    emptyDir,
	"mode":         mode,
	"table":        table,
}

// poke FILE OFFSET HEX overwrites bytes of a file; a negative offset counts
// from its end.
func poke(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	data, err := os.ReadFile(path)
	ts.Check(err)
	at, err := strconv.Atoi(args[1])
	ts.Check(err)
	if at < 0 {
		at += len(data)
	}
	b, err := hex.DecodeString(args[2])
	ts.Check(err)
	copy(data[at:], b)
	ts.Check(os.WriteFile(path, data, 0o600))
}

// cut FILE BYTES shortens a file.
func cut(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), n))
}

type exportFile struct {
	Format  string
	Records []struct {
		ID    string
		Event map[string]any
	}
}

func readExport(ts *testscript.TestScript, name string) map[string]map[string]any {
	var f exportFile
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(name)), &f))
	events := map[string]map[string]any{}
	for _, r := range f.Records {
		events[r.ID] = r.Event
	}
	if f.Format != "evenkeel-journal" || len(events) != len(f.Records) {
		ts.Fatalf("%s is no export, or has an id twice", name)
	}
	return events
}

// same-records A B: two exports hold the same events under the same ids.
func sameRecords(ts *testscript.TestScript, neg bool, args []string) {
	a, b := readExport(ts, args[0]), readExport(ts, args[1])
	if same := reflect.DeepEqual(a, b); same == neg {
		ts.Fatalf("%s has %d records and %s has %d; the same: %v", args[0], len(a), args[1], len(b), same)
	}
}

// records N FILE: an export holds N records.
func countRecords(ts *testscript.TestScript, _ bool, args []string) {
	if got := strconv.Itoa(len(readExport(ts, args[1]))); got != args[0] {
		ts.Fatalf("%s holds %s records, not %s", args[1], got, args[0])
	}
}

// nowhere WORD DIR: no file below DIR holds the word, in any form of its bytes.
func nowhere(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(filepath.WalkDir(ts.MkAbs(args[1]), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil && holds(data, args[0]) {
			ts.Fatalf("%s holds %q", path, args[0])
		}
		return err
	}))
}

// holds looks for a word as UTF-8 or UTF-16 bytes, letter case aside.
func holds(data []byte, word string) bool {
	data, word = bytes.ToLower(data), strings.ToLower(word)
	wide := strings.Join(strings.Split(word, ""), "\x00")
	return bytes.Contains(data, []byte(word)) || bytes.Contains(data, []byte(wide))
}

// empty-dir DIR: the directory holds nothing, hidden files included.
func emptyDir(ts *testscript.TestScript, _ bool, args []string) {
	list, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(list) > 0 {
		ts.Fatalf("%s holds %v", args[0], list)
	}
}

// mode 0600 FILE: the file can be used by exactly those.
func mode(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := strconv.FormatUint(uint64(info.Mode().Perm()), 8); got != strings.TrimPrefix(args[0], "0") {
		ts.Fatalf("%s has mode %s", args[1], got)
	}
}

// table FILE BYTES WORD writes a table of one note of about that many bytes.
func table(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	word := args[2] + " "
	text := "date,text\n2026-01-02 08:00," + strings.Repeat(word, n/len(word)) + "\n"
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// unprivileged PROGRAM ARGS... runs as a user who is not root: to root no
// directory is read-only.
func unprivileged(ts *testscript.TestScript, neg bool, args []string) {
	program, err := exec.LookPath(args[0])
	ts.Check(err)
	cmd := exec.Command(program, args[1:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "EVENKEEL_DATA="+ts.Getenv("EVENKEEL_DATA"))
	if os.Getuid() == 0 {
		cmd.SysProcAttr = asNobody()
		for _, p := range []string{program, cmd.Dir} {
			for d := filepath.Dir(p); d != "/" && d != os.TempDir(); d = filepath.Dir(d) {
				ts.Check(os.Chmod(d, 0o755))
			}
		}
		ts.Check(os.Chmod(cmd.Dir, 0o755))
	}
	out, err := cmd.CombinedOutput()
	ts.Logf("%s", out)
	if (err != nil) != neg {
		ts.Fatalf("%v ended with %v", args, err)
	}
	ts.Check(os.WriteFile(ts.MkAbs("said"), out, 0o600))
}
