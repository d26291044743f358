package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// programs are what the cluster is made of.
type programs struct {
	Patroni    []string `json:"patroni"` // with what it is begun by
	Etcd       string   `json:"etcd"`
	Bin        string   `json:"bin"`         // folder of PostgreSQL's programs
	PythonPath string   `json:"python_path"` // of packages that are not installed
}

const missing = `%s is not here. On Debian or Ubuntu either

	apt-get install postgresql patroni etcd-server etcd-client

or, with PostgreSQL installed, have the rest unpacked into a folder of your own:

	go run ./tools/failover -download FOLDER`

// findPrograms looks on PATH, where Debian hides PostgreSQL, and in the folder of
// what was downloaded.
func findPrograms(download string) (p programs, err error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres") // the pattern is well formed
	if len(found) == 0 {
		path, err := exec.LookPath("postgres")
		if err != nil {
			return p, fmt.Errorf(missing, "PostgreSQL")
		}
		found = []string{path}
	}
	p.Bin = filepath.Dir(found[len(found)-1])
	if patroni, err := exec.LookPath("patroni"); err == nil {
		if p.Etcd, err = exec.LookPath("etcd"); err == nil {
			p.Patroni = []string{patroni}
			return p, nil
		}
	}
	if download == "" {
		return p, fmt.Errorf(missing, "Patroni or etcd")
	}
	root, err := filepath.Abs(filepath.Join(download, "root"))
	if err != nil {
		return p, err
	}
	p.Etcd = filepath.Join(root, "usr/bin/etcd")
	p.Patroni = []string{"/usr/bin/python3", filepath.Join(root, "usr/bin/patroni")}
	p.PythonPath = filepath.Join(root, "usr/lib/python3/dist-packages")
	if _, err := os.Stat(p.Etcd); err == nil {
		return p, nil
	}
	return p, unpack(download, root)
}

// unpack fetches the packages that an installation would add, and puts their files
// under root.
func unpack(download, root string) error {
	if err := os.MkdirAll(root, 0o755); err != nil {
		return err
	}
	plan, err := exec.Command("apt-get", "install", "--simulate", "--no-install-recommends", "patroni", "etcd-server", "etcd-client").Output()
	if err != nil {
		return fmt.Errorf("apt-get knows no such packages (try apt-get update): %w", err)
	}
	get := exec.Command("apt-get", "download", "-qq")
	for line := range strings.Lines(string(plan)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "Inst" {
			get.Args = append(get.Args, f[1])
		}
	}
	get.Dir = download
	if out, err := get.CombinedOutput(); err != nil {
		return fmt.Errorf("apt-get download: %w\n%s", err, bytes.TrimSpace(out))
	}
	packages, err := filepath.Glob(filepath.Join(download, "*.deb"))
	if err != nil {
		return err
	}
	for _, file := range packages {
		if out, err := exec.Command("dpkg", "-x", file, root).CombinedOutput(); err != nil {
			return fmt.Errorf("dpkg -x %s: %w\n%s", filepath.Base(file), err, bytes.TrimSpace(out))
		}
	}
	return nil
}

// versions are what the programs say of themselves.
func (p programs) versions() ([]string, error) {
	var all []string
	for _, command := range [][]string{{filepath.Join(p.Bin, "postgres"), "--version"}, append(p.Patroni, "--version"), {p.Etcd, "--version"}} {
		cmd := exec.Command(command[0], command[1:]...)
		cmd.Env = p.environment()
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", strings.Join(command, " "), err)
		}
		first, _, _ := strings.Cut(string(out), "\n")
		all = append(all, strings.TrimSpace(first))
	}
	return all, nil
}

func (p programs) environment() []string {
	env := append(os.Environ(), "LC_ALL=C.UTF-8", "TZ=UTC", "PATH="+p.Bin+":"+os.Getenv("PATH"))
	if p.PythonPath != "" {
		env = append(env, "PYTHONPATH="+p.PythonPath)
	}
	return env
}
