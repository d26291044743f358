package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// An archive is the same whoever makes it and whenever.
func TestArchivesAreTheSame(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "program")
	var made [2][2][]byte
	for i := range made {
		if err := os.WriteFile(file, []byte("the program"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, time.Now(), noon.AddDate(0, 0, i)); err != nil {
			t.Fatal(err)
		}
		for k, write := range []func(string, []packed, time.Time) error{tarred, zipped} {
			path := filepath.Join(dir, "archive")
			if err := write(path, []packed{{file, "evenkeel", 0o755}}, noon); err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			made[i][k] = b
		}
	}
	if !bytes.Equal(made[0][0], made[1][0]) || !bytes.Equal(made[0][1], made[1][1]) {
		t.Error("two archives of the same file differ")
	}
	z, err := gzip.NewReader(bytes.NewReader(made[0][0]))
	if err != nil {
		t.Fatal(err)
	}
	r := tar.NewReader(z)
	h, err := r.Next()
	if err != nil || h.Name != "evenkeel" || h.Mode != 0o755 || h.Uid != 0 || h.Uname != "" || !h.ModTime.Equal(noon) {
		t.Errorf("%+v %v", h, err)
	}
	if b, err := io.ReadAll(r); err != nil || string(b) != "the program" {
		t.Errorf("%q %v", b, err)
	}
}

// What a program is built from is read from the program: here, this test's own.
func TestBOM(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "bom.json")
	if err := bom(program, &release{version: "v1.2.3", at: noon}, path); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		BOMFormat, SpecVersion, SerialNumber string
		Metadata                             struct {
			Timestamp string
			Component struct{ Name, Version string }
		}
		Components []struct{ Name, Version, PURL string }
	}
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if got.BOMFormat != "CycloneDX" || got.SpecVersion != "1.6" || got.Metadata.Component.Version != "v1.2.3" || got.Metadata.Timestamp != "2026-11-24T12:00:00Z" {
		t.Errorf("%+v", got)
	}
	if !strings.HasPrefix(got.SerialNumber, "urn:uuid:") || len(got.SerialNumber) != len("urn:uuid:")+36 || got.SerialNumber[len("urn:uuid:")+14] != '8' {
		t.Errorf("serial number %s", got.SerialNumber)
	}
	found := false
	for _, c := range got.Components {
		found = found || c.Name == "github.com/CycloneDX/cyclonedx-go" && c.Version != "" && c.PURL == "pkg:golang/"+c.Name+"@"+c.Version
	}
	if !found {
		t.Errorf("the library of this very command is not among %d components", len(got.Components))
	}
}

func TestChecksums(t *testing.T) {
	r := release{out: t.TempDir()}
	for name, text := range map[string]string{"b": "", "a": "abc"} {
		if err := os.WriteFile(filepath.Join(r.out, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.checksums(t.Context()); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(r.out, sums))
	if err != nil {
		t.Fatal(err)
	}
	// The checksums of "abc" and of nothing, from FIPS 180-4's examples.
	if want := "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n"; string(b) != want {
		t.Errorf("%s", b)
	}
}
