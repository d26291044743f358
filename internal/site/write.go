package site

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// sums is the file that lists the others with their SHA-256, as sha256sum
// writes and checks it.
const sums = "files.sha256"

func sumFile(files []File) []byte {
	var b bytes.Buffer
	for _, f := range files {
		fmt.Fprintf(&b, "%s  %s\n", sumOf(f.Data), f.Name)
	}
	return b.Bytes()
}

// Write puts the site into a folder, which is made, empty, or holds an earlier
// site: what that one had and this one has not is removed, and nothing else.
func Write(dir string, files []File) error {
	old, err := earlier(dir)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fileFault(err, dir)
	}
	for _, f := range files {
		delete(old, f.Name)
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o644); err != nil {
			return fileFault(err, dir)
		}
	}
	for name := range old {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fileFault(err, dir)
		}
	}
	return nil
}

// earlier lists the files of a site that is there already. A folder with
// anything else in it is refused: somebody may have meant another one.
func earlier(dir string) (map[string]bool, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, fileFault(err, dir)
	}
	list, err := os.ReadFile(filepath.Join(dir, sums))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.Conflict, "site.folder_in_use", "place", dir)
	}
	if err != nil {
		return nil, fileFault(err, dir)
	}
	old := map[string]bool{}
	for lines := bufio.NewScanner(bytes.NewReader(list)); lines.Scan(); {
		if _, name, ok := strings.Cut(lines.Text(), "  "); ok && filepath.IsLocal(name) && filepath.Base(name) == name {
			old[name] = true
		}
	}
	return old, nil
}

// Read gives the files of a site in a folder, to be served.
func Read(dir string) ([]File, error) {
	names, err := earlier(dir)
	if err != nil {
		return nil, err
	}
	var files []File
	for name := range names {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, fileFault(err, dir)
		}
		files = append(files, File{name, data})
	}
	if len(files) == 0 {
		return nil, fault.New(fault.NotFound, "site.none_there", "place", dir)
	}
	return files, nil
}

func fileFault(err error, dir string) error {
	return fault.Wrap(err, fault.Internal, "site.file_failed", "place", dir)
}
