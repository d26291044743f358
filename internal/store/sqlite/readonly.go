package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// openReadOnly opens a journal where nothing can be written; cause says why not.
// SQLite needs its log's index beside the file even for reading, unless it is told
// that the file never changes. That is true enough of a file without a log: while
// another account does write to it, this process may have to be started again.
func openReadOnly(ctx context.Context, path string, cause error) (*Store, error) {
	if err := checkHeader(path); err != nil {
		return nil, err
	}
	more := "&immutable=1"
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
		more = ""
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fileFault(err)
	}
	s := &Store{path: path, readOnly: true}
	s.rest = newRest(func() {})
	var err error
	if s.mark, err = openMark(path+"-mark", false); err != nil {
		return nil, err
	}
	err = s.connect(dsn(path, "ro", more), dsn(path, "ro", more+"&_query_only=1"))
	var version int64
	if err == nil {
		version, err = userVersion(ctx, s.r)
	}
	switch {
	case err != nil && more == "" && fault.Is(faultOf(err), fault.ReadOnly):
		err = fault.Wrap(cause, fault.ReadOnly, "store.read_only_log")
	case err == nil && version < schemaVersion:
		err = fault.Wrap(cause, fault.ReadOnly, "store.read_only_old")
	case err == nil && version > schemaVersion:
		err = errNewer
	case err == nil:
		err = s.prepare(ctx)
	}
	if err != nil {
		return nil, errors.Join(faultOf(err), s.Close())
	}
	return s, nil
}
