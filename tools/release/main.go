// Command release builds all that a release is, the same bytes of the same commit
// with the same Go:
//
//	go run ./tools/release -version v1.0.0 -o dist
//
// For each platform an archive with the program, which carries the static site
// and can write it; the site itself; the container file and the unit of the host;
// what the program is built from (CycloneDX); and the checksums of all of it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

func main() {
	log.SetFlags(0)
	r := release{targets: targets}
	flag.StringVar(&r.version, "version", "", "the version, such as v1.0.0")
	flag.StringVar(&r.out, "o", "dist", "the `folder` to write to; it must be empty or not there")
	only := flag.String("only", "", "platforms with commas between, such as linux/amd64; all without it")
	flag.Parse()
	if err := r.run(context.Background(), *only); err != nil {
		log.Fatal(err)
	}
}

// targets are the platforms of a release.
var targets = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"}

type release struct {
	version, commit string
	// at is the time of the commit: the one date in what is written.
	at      time.Time
	out     string
	targets []string
}

func (r *release) run(ctx context.Context, only string) error {
	if r.version == "" {
		return errors.New("say which version it is, with -version")
	}
	if only != "" {
		r.targets = strings.Split(only, ",")
	}
	if list, err := os.ReadDir(r.out); err == nil && len(list) > 0 {
		return fmt.Errorf("%s is not empty", r.out)
	}
	if err := os.MkdirAll(r.out, 0o755); err != nil {
		return err
	}
	if err := clean(ctx); err != nil {
		return err
	}
	if err := r.revision(ctx); err != nil {
		return err
	}
	// The program carries the site, so that is built first.
	if err := run(ctx, nil, "go", "run", "./tools/pocket", "-o", "internal/site/built", "-version", r.version); err != nil {
		return err
	}
	for _, t := range r.targets {
		if err := r.platform(ctx, t); err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
	}
	for _, step := range []func(context.Context) error{r.site, r.papers, r.checksums} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// clean refuses a checkout that is not what its commit says: what was built from it
// could not be built again.
func clean(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "git", "status", "--porcelain").Output()
	if err != nil {
		return fmt.Errorf("the checkout could not be looked at: %w", err)
	}
	if len(out) > 0 {
		return fmt.Errorf("files differ from the commit; commit them or take them away:\n%s", out)
	}
	return nil
}

// revision reads the commit and its time.
func (r *release) revision(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "git", "log", "-1", "--format=%H %ct").Output()
	if err != nil {
		return fmt.Errorf("the commit could not be read: %w", err)
	}
	hash, seconds, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return fmt.Errorf("the commit has no time: %w", err)
	}
	r.commit, r.at = hash, time.Unix(n, 0).UTC()
	return nil
}

// papers are the files that go beside the archives as they are.
func (r *release) papers(context.Context) error {
	for _, name := range []string{"deploy/Containerfile", "deploy/evenkeel-host.service", "CHANGELOG.md"} {
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(r.out, filepath.Base(name)), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func run(ctx context.Context, env []string, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return cmd.Run()
}
