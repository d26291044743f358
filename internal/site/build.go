package site

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/site/lzma"
)

const program = "github.com/evenkeel/evenkeel/cmd/pocket"

// flags make the same bytes of the same source on every machine. Nothing is
// inlined, which makes the program lighter by a twenty-fifth, but for what is asked
// thousands of times for one page; of several patterns the last one holds.
func flags(version string) []string {
	list := []string{"-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid= -X main.version=" + version, "-gcflags=all=-l"}
	for _, pattern := range inlined {
		list = append(list, "-gcflags="+pattern+"=")
	}
	return list
}

// inlined are the packages whose speed is felt: the model, ciphers and
// passphrases, reading the journal, and what these stand on.
var inlined = []string{
	"github.com/evenkeel/evenkeel/pkpd", "github.com/evenkeel/evenkeel/journal/...", "github.com/evenkeel/evenkeel/internal/vault/...",
	"golang.org/x/crypto/...", "crypto/...", "encoding/binary", "encoding/json", "cmp", "slices", "strconv", "strings", "bytes", "time", "math/...", "unicode/...", "sync/...",
	"runtime/...", "internal/runtime/...", "internal/bytealg", "internal/byteorder", "internal/chacha8rand", "internal/strconv", "internal/sync",
}

// Build makes the program from its source with the Go toolchain, in a folder of
// the source.
func Build(ctx context.Context, source, version string, effort lzma.Effort) (Program, error) {
	wasm, exec, err := compile(ctx, source, version)
	if err != nil {
		return Program{}, err
	}
	return Pack(wasm, exec, effort), nil
}

// compile gives the program as it runs, and the script that starts it.
func compile(ctx context.Context, source, version string) (wasm, exec []byte, err error) {
	failed := func(err error) ([]byte, []byte, error) {
		return nil, nil, fault.Wrap(err, fault.Internal, "site.build_failed")
	}
	temp, err := os.MkdirTemp("", "evenkeel-site-")
	if err != nil {
		return failed(err)
	}
	defer os.RemoveAll(temp)
	out := filepath.Join(temp, "app.wasm")
	if _, err := goTool(ctx, source, "list", program); err != nil {
		return nil, nil, fault.Wrap(err, fault.NotFound, "site.no_source")
	}
	if _, err := goTool(ctx, source, append(append([]string{"build", "-o", out}, flags(version)...), program)...); err != nil {
		return failed(err)
	}
	root, err := goTool(ctx, source, "env", "GOROOT")
	if err != nil {
		return failed(err)
	}
	if wasm, err = os.ReadFile(out); err != nil {
		return failed(err)
	}
	if exec, err = os.ReadFile(filepath.Join(root, "lib", "wasm", "wasm_exec.js")); err != nil {
		return failed(err)
	}
	return withoutLines(wasm), exec, nil
}

func goTool(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	// Whatever the environment asks of other builds would make other bytes.
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOFLAGS=", "GOWASM=", "GOEXPERIMENT=", "GOWORK=off")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return "", errors.Join(err, errors.New(strings.TrimSpace(errs.String())))
	}
	return strings.TrimSpace(string(out)), nil
}
