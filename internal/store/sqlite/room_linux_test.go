package sqlite

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

func TestFullDisk(t *testing.T) {
	dir := mount(t, "size=2m")
	path := filepath.Join(dir, "data", "journal.db")
	s := open(t, path)
	ballast := filepath.Join(dir, "ballast")
	fillUp(t, s, func() {
		if err := os.WriteFile(ballast, make([]byte, 1<<20), 0o600); err != nil {
			t.Fatal(err)
		}
	})

	// Forgetting needs room to rewrite the file; without, it says so, and works later.
	persons, err := s.Persons(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var first port.RecordID
	if _, err := s.ReadAfter(t.Context(), persons[0], 0, func(r port.Record) error {
		if r.Seq == 1 {
			first = r.ID
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := forget(t.Context(), s, persons[0], []port.RecordID{first}); err != nil && !fault.Is(err, fault.FullDisk) {
		t.Errorf("forgetting on a full disk: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := Open(t.Context(), filepath.Join(dir, "second", "journal.db")); err != nil && !fault.Is(err, fault.FullDisk) {
		t.Errorf("a new journal on a full disk: %v", err)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	if err := forget(t.Context(), s, persons[0], []port.RecordID{first}); err != nil {
		t.Errorf("forgetting with room again: %v", err)
	}
	if report, err := s.Check(t.Context()); err != nil || len(report.Problems) > 0 || report.Forgotten != 1 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestNewJournalOnFullDisk(t *testing.T) {
	dir := mount(t, "size=64k")
	if err := os.WriteFile(filepath.Join(dir, "ballast"), make([]byte, 40<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "data", "journal.db")
	_, err := Open(t.Context(), path)
	if !fault.Is(err, fault.FullDisk) {
		t.Errorf("a new journal on a full disk: %v", err)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v %v", entries, err)
	}
}

func TestReadOnlyFileSystem(t *testing.T) {
	dir := mount(t, "size=2m")
	path := filepath.Join(dir, "data", "journal.db")
	s := open(t, path)
	p := newPerson(t, s)
	if _, err := add(t.Context(), s, p, sealed(5)); err != nil {
		t.Fatal(err)
	}
	s.Close()
	before := read(t, path)
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), filepath.Join(dir, "new", "journal.db")); !fault.Is(err, fault.ReadOnly) {
		t.Errorf("a new journal where nothing can be written: %v", err)
	}
	readable(t, path, p, 5)
	if string(before) != string(read(t, path)) {
		t.Error("the file changed")
	}
}

// readable opens a journal where nothing can be written: it reads and checks as
// ever, and every change says why not.
func readable(t *testing.T, path string, p port.PersonID, records int) {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Error(err)
		return
	}
	defer s.Close()
	n := 0
	head, err := s.ReadAfter(t.Context(), p, 0, func(port.Record) error { n++; return nil })
	if err != nil || n != records {
		t.Errorf("%d of %d records, %v", n, records, err)
	}
	if report, err := s.Check(t.Context()); err != nil || len(report.Problems) > 0 {
		t.Errorf("%v, %v", report.Problems, err)
	}
	_, ring, keys := s.Keyring(t.Context(), p)
	_, add := s.Append(t.Context(), p, head.Version, sealed(1), nil)
	_, forget := s.Forget(t.Context(), p, head.Version, []port.RecordID{{1}}, nil)
	_, settle := s.Settle(t.Context(), p, head.Version)
	for what, err := range map[string]error{
		"append": add, "forget": forget, "settle": settle,
		"keyring": s.PutKeyring(t.Context(), p, []byte("ring"), ring),
		"create":  s.CreatePerson(t.Context(), port.PersonID{1}, []byte("ring")),
		"delete":  s.DeletePerson(t.Context(), p),
	} {
		if !fault.Is(err, fault.ReadOnly) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if keys != nil {
		t.Error(keys)
	}
}

func mount(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("a small file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// Root may write anywhere, so as root this test runs itself again as nobody.
func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		asNobody(t)
		return
	}
	dir := filepath.Join(t.TempDir(), "data")
	path := filepath.Join(dir, "journal.db")
	s := open(t, path)
	p := newPerson(t, s)
	s.Close()
	before := read(t, path)
	for _, c := range []struct {
		name      string
		dir, file os.FileMode
		place     string
		readable  bool
	}{
		{"folder, new journal", 0o500, 0o600, filepath.Join(dir, "new.db"), false},
		{"folder, journal there", 0o500, 0o600, path, true},
		{"journal file", 0o700, 0o400, path, true},
		{"journal file unreadable", 0o700, 0, path, false},
	} {
		chmod(t, dir, c.dir, path, c.file)
		if c.readable {
			readable(t, path, p, 0)
		} else if _, err := Open(t.Context(), c.place); !fault.Is(err, fault.ReadOnly) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	chmod(t, dir, 0o700, path, 0o600)
	if string(before) != string(read(t, path)) {
		t.Error("the file changed")
	}
}

func chmod(t *testing.T, dir string, dirMode os.FileMode, path string, mode os.FileMode) {
	t.Helper()
	for _, err := range []error{os.Chmod(dir, 0o700), os.Chmod(path, mode), os.Chmod(dir, dirMode)} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func asNobody(t *testing.T) {
	t.Helper()
	dir, err := os.MkdirTemp("", "nobody")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	self, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(dir, "self")
	for _, err := range []error{os.Chmod(dir, 0o777), os.WriteFile(copied, self, 0o700), os.Chmod(copied, 0o755)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(copied, "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TMPDIR="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := cmd.CombinedOutput()
	if errors.Is(err, syscall.EPERM) {
		t.Skipf("this test cannot become another user here: %v", err)
	}
	if err != nil || !strings.Contains(string(out), "--- PASS") {
		t.Errorf("as nobody: %v\n%s", err, out)
	}
}
