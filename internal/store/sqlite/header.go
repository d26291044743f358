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

var errDamaged = fault.New(fault.Corrupt, "store.damaged")

// checkHeader looks at the first 100 bytes (sqlite.org/fileformat2.html, section 1.3)
// before SQLite opens the file, since opening may already write beside it. It refuses
// what is not a journal, is cut short, or comes from a newer Evenkeel.
//
// An empty file is damage too: create puts a whole database in place or none.
func checkHeader(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fileFault(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fileFault(err)
	}
	if info.IsDir() {
		return fault.New(fault.Invalid, "store.folder_in_place")
	}
	if info.Size() == 0 {
		return fault.New(fault.Corrupt, "store.empty_file")
	}
	var head [100]byte
	if _, err := io.ReadFull(f, head[:]); errors.Is(err, io.ErrUnexpectedEOF) {
		return fault.New(fault.Corrupt, "store.cut_short")
	} else if err != nil {
		return fileFault(err)
	}
	if !bytes.HasPrefix(head[:], []byte("SQLite format 3\x00")) {
		return fault.New(fault.Corrupt, "store.not_a_database")
	}
	if binary.BigEndian.Uint32(head[68:]) != applicationID {
		return fault.New(fault.Invalid, "store.other_program")
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
		return fileFault(err)
	}
	if counted && info.Size() < whole && (log == nil || log.Size() == 0) {
		return fault.New(fault.Corrupt, "store.cut_to", "left", info.Size(), "whole", whole)
	}
	return nil
}

var errNewer = fault.New(fault.NewerVersion, "store.newer_version")
