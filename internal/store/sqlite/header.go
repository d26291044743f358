package sqlite

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// applicationID marks the file as Evenkeel's: "EvKl".
const applicationID = 0x45764b6c

var errDamaged = "The journal file is damaged and was left as it is. Restore it from a backup. Nothing was changed."

// checkHeader looks at the first 100 bytes (sqlite.org/fileformat2.html, section 1.3)
// before SQLite opens the file, since opening may already write beside it. It refuses
// what is not a journal, is cut short, or comes from a newer Evenkeel.
//
// An empty file is damage too: create puts a whole database in place or none.
func checkHeader(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fileFault(err, "opened")
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fileFault(err, "opened")
	}
	if info.IsDir() {
		return fault.New(fault.Invalid, "The journal should be a file, but there is a folder in its place. Choose another place.")
	}
	if info.Size() == 0 {
		return fault.New(fault.Corrupt, "The journal file is empty: it was cut short. Restore it from a backup. Nothing was changed.")
	}
	var head [100]byte
	if _, err := io.ReadFull(f, head[:]); errors.Is(err, io.ErrUnexpectedEOF) {
		return fault.New(fault.Corrupt, "The journal file is cut short. Restore it from a backup. Nothing was changed.")
	} else if err != nil {
		return fileFault(err, "read")
	}
	if !bytes.HasPrefix(head[:], []byte("SQLite format 3\x00")) {
		return fault.New(fault.Corrupt, "The journal file is not a database: it was damaged, or it is another file. Restore it from a backup, or choose another place. Nothing was changed.")
	}
	if binary.BigEndian.Uint32(head[68:]) != applicationID {
		return fault.New(fault.Invalid, "This database belongs to another program. Choose another place for the journal. Nothing was changed.")
	}
	if binary.BigEndian.Uint32(head[60:]) > schemaVersion {
		return errNewer
	}
	// The page count is good when both change counters agree. With a log beside it,
	// the rest of the file may still be in there.
	pageSize := int64(binary.BigEndian.Uint16(head[16:]))
	if pageSize == 1 {
		pageSize = 65536
	}
	whole := pageSize * int64(binary.BigEndian.Uint32(head[28:]))
	counted := bytes.Equal(head[24:28], head[92:96])
	log, err := os.Stat(path + "-wal")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fileFault(err, "opened")
	}
	if counted && info.Size() < whole && (log == nil || log.Size() == 0) {
		return fault.New(fault.Corrupt, "The journal file is cut short: %d of %d bytes are left. Restore it from a backup. Nothing was changed.", info.Size(), whole)
	}
	return nil
}

var errNewer = fault.New(fault.NewerVersion, "This journal was written by a newer Evenkeel. Update Evenkeel to open it. Nothing was changed.")
