package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
)

// platform builds the program for one platform, and packs it with what belongs
// beside it.
func (r *release) platform(ctx context.Context, target string) error {
	goos, goarch, _ := strings.Cut(target, "/")
	dir, err := os.MkdirTemp("", "evenkeel-release-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	name := "evenkeel"
	if goos == "windows" {
		name += ".exe"
	}
	program := filepath.Join(dir, name)
	// Whatever the environment asks of other builds would make other bytes.
	env := []string{"GOOS=" + goos, "GOARCH=" + goarch, "CGO_ENABLED=0", "GOFLAGS=", "GOEXPERIMENT=", "GOWORK=off", "GOAMD64=v1", "GOARM64=v8.0"}
	if err := run(ctx, env, "go", "build", "-trimpath", "-buildvcs=false", "-tags=pocket",
		"-ldflags=-s -w -buildid= -X main.version="+r.version+" -X main.commit="+r.commit, "-o", program, "./cmd/evenkeel"); err != nil {
		return err
	}
	files := []packed{{program, name, 0o755}, {"LICENSE", "LICENSE", 0o644}, {"README.md", "README.md", 0o644}}
	if goos == "linux" {
		files = append(files, packed{"deploy/evenkeel-host.service", "evenkeel-host.service", 0o644}, packed{"deploy/Containerfile", "Containerfile", 0o644})
	}
	base := filepath.Join(r.out, "evenkeel-"+r.version+"-"+goos+"-"+goarch)
	if err := bom(program, r, base+".cdx.json"); err != nil {
		return err
	}
	if goos == "windows" {
		return zipped(base+".zip", files, r.at)
	}
	return tarred(base+".tar.gz", files, r.at)
}

// site packs the static site as the program writes it.
func (r *release) site(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "evenkeel-release-site-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	site := filepath.Join(dir, "site")
	if err := run(ctx, []string{"GOFLAGS="}, "go", "run", "-tags=pocket", "-ldflags=-X main.version="+r.version, "./cmd/evenkeel", "site", site); err != nil {
		return err
	}
	var files []packed
	err = filepath.WalkDir(site, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(site, path)
		files = append(files, packed{path, filepath.ToSlash(name), 0o644})
		return err
	})
	if err != nil {
		return err
	}
	return tarred(filepath.Join(r.out, "evenkeel-"+r.version+"-site.tar.gz"), files, r.at)
}
