// Command pocket builds the program of the static site, for a release to carry:
//
//	go run ./tools/pocket -o internal/site/built -version v1.2.3
//	go build -tags pocket -ldflags "-X main.version=v1.2.3" ./cmd/evenkeel
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"path/filepath"

	"github.com/evenkeel/evenkeel/internal/site"
	"github.com/evenkeel/evenkeel/internal/site/lzma"
)

func main() {
	log.SetFlags(0)
	out := flag.String("o", "", "the `folder` to write to")
	version := flag.String("version", "development", "the version that the pages show")
	flag.Parse()
	if err := run(*out, *version); err != nil {
		log.Fatal(err)
	}
}

func run(out, version string) error {
	p, err := site.Build(context.Background(), ".", version, lzma.Best)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for name, data := range map[string][]byte{"app.lzma": p.Packed, "app.sha256": []byte(p.Sum), "wasm_exec.js": p.WasmExec} {
		if err := os.WriteFile(filepath.Join(out, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
