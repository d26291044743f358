package place

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Blocks are the 64-byte windows of all files that look like ciphertext: they
// hold many different bytes, and are longer than the ids that stay behind. Any
// of them found again is a remainder.
func Blocks(t testing.TB, dir string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for _, data := range Files(t, dir) {
		for i := 0; i+64 <= len(data); i++ {
			w := data[i : i+64]
			var seen [256]bool
			n := 0
			for _, b := range w {
				if !seen[b] {
					seen[b] = true
					n++
				}
			}
			if n >= 50 {
				found[string(w)] = true
			}
		}
	}
	return found
}

// Common counts ciphertext of before that is in after, the keyring aside,
// which is text.
func Common(before, after map[string]bool) int {
	n := 0
	for w := range before {
		if after[w] && bytes.IndexFunc([]byte(w), func(r rune) bool { return r > 126 || r < 32 }) >= 0 && !bytes.Contains([]byte(w), []byte("CREATE")) &&
			!bytes.Contains([]byte(w), []byte{4, 44, 44}) { // the head of an index row: two ids, which stay
			n++
		}
	}
	return n
}

// Files are the bytes of all files of a directory, by path.
func Files(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		out[path] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
