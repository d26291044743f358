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
)

const program = "github.com/evenkeel/evenkeel/cmd/pocket"

// flags make the same bytes of the same source on every machine. Without
// inlining in the pages' packages, where each piece of a template would be
// copied into all that use it, the program is a tenth smaller and no slower.
func flags(version string) []string {
	return []string{"-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid= -X main.version=" + version,
		"-gcflags=github.com/evenkeel/evenkeel/internal/web/...=-l"}
}

// Build makes the program from its source with the Go toolchain, in a folder of
// the source.
func Build(ctx context.Context, source, version string) (Program, error) {
	temp, err := os.MkdirTemp("", "evenkeel-site-")
	if err != nil {
		return Program{}, fault.Wrap(err, fault.Internal, "site.build_failed")
	}
	defer os.RemoveAll(temp)
	out := filepath.Join(temp, "app.wasm")
	if _, err := goTool(ctx, source, "list", program); err != nil {
		return Program{}, fault.Wrap(err, fault.NotFound, "site.no_source")
	}
	if _, err := goTool(ctx, source, append(append([]string{"build", "-o", out}, flags(version)...), program)...); err != nil {
		return Program{}, fault.Wrap(err, fault.Internal, "site.build_failed")
	}
	root, err := goTool(ctx, source, "env", "GOROOT")
	if err != nil {
		return Program{}, fault.Wrap(err, fault.Internal, "site.build_failed")
	}
	var p Program
	if p.Wasm, err = os.ReadFile(out); err == nil {
		p.WasmExec, err = os.ReadFile(filepath.Join(root, "lib", "wasm", "wasm_exec.js"))
	}
	if err != nil {
		return Program{}, fault.Wrap(err, fault.Internal, "site.build_failed")
	}
	return p, nil
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
