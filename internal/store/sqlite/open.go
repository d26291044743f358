package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"

	_ "modernc.org/sqlite" // the database/sql driver

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
)

var _ app.Store = (*Store)(nil)

// Store keeps sealed records in a SQLite database.
type Store struct {
	path string  // "" in memory
	w    *sql.DB // one connection: writers of this process queue here, not in SQLite
	r    *sql.DB // several, read-only; the same as w in memory

	appendOne, insert, lastSeq *sql.Stmt // on w
	lastSeqRead                *sql.Stmt // on r

	mu sync.Mutex
	// wrote is the seq that this process gave last, per person. Another process may
	// have gone on since; the table's key tells.
	wrote map[app.PersonID]int64
}

// readers is how many pages of one process can read at once without waiting.
const readers = 4

// Open opens the journal file, making it and its folder if they are not there,
// readable by their owner alone. A file that is damaged, belongs to another program
// or was written by a newer Evenkeel is refused and left as it is.
func Open(ctx context.Context, path string) (*Store, error) {
	if info, ok := debug.ReadBuildInfo(); ok {
		if err := checkBuild(info); err != nil {
			return nil, err
		}
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fileFault(err, "found")
	}
	if !exists(path) {
		// Another process that starts as well may be quicker, and clears drafts away.
		if err := create(ctx, path); err != nil && !exists(path) {
			return nil, err
		}
	}
	clearDrafts(path)
	if err := checkHeader(path); err != nil {
		return nil, err
	}
	if err := ownerOnly(path); err != nil {
		return nil, err
	}
	s := &Store{path: path, wrote: map[app.PersonID]int64{}}
	if err := s.open(ctx, dsn(path, ""), dsn(path, "&_query_only=1")); err != nil {
		s.Close()
		return nil, faultOf(err)
	}
	return s, nil
}

// OpenMemory opens an empty store that leaves no trace: it lives until Close.
func OpenMemory(ctx context.Context) (*Store, error) {
	s := &Store{wrote: map[app.PersonID]int64{}}
	if err := s.open(ctx, "file::memory:?"+pragmas, ""); err != nil {
		s.Close()
		return nil, faultOf(err)
	}
	return s, nil
}

// pragmas are the settings of every connection. secure_delete zeroes what is removed;
// temp_store keeps the copies that SQLite sorts and compacts with off the disk;
// fullfsync makes a Mac's disk write for real. A writer waits for another process's
// turn for up to ten seconds.
const pragmas = "_txlock=immediate&_defensive=1&_dqs=0&_error_rc=1&_pragma=busy_timeout(10000)" +
	"&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=secure_delete(ON)" +
	"&_pragma=temp_store(MEMORY)&_pragma=fullfsync(ON)&_pragma=checkpoint_fullfsync(ON)" +
	"&_pragma=cell_size_check(ON)&_pragma=trusted_schema(OFF)"

func dsn(path, more string) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/...
	}
	u := url.URL{Scheme: "file", Path: slashed}
	return u.String() + "?mode=rw&" + pragmas + more
}

func (s *Store) open(ctx context.Context, write, read string) (err error) {
	if s.w, err = sql.Open("sqlite", write); err != nil {
		return err
	}
	s.w.SetMaxOpenConns(1)
	s.r = s.w
	if read != "" {
		if s.r, err = sql.Open("sqlite", read); err != nil {
			return err
		}
		s.r.SetMaxOpenConns(readers)
		s.r.SetMaxIdleConns(readers)
	}
	if err := migrate(ctx, s.w); err != nil {
		return err
	}
	if err := s.prepare(ctx); err != nil {
		return err
	}
	return s.purgeLeftOver(ctx)
}

func (s *Store) prepare(ctx context.Context) error {
	for _, p := range []struct {
		stmt **sql.Stmt
		db   *sql.DB
		text string
	}{
		{&s.appendOne, s.w, appendOneSQL},
		{&s.insert, s.w, insertSQL},
		{&s.lastSeq, s.w, lastSeqSQL},
		{&s.lastSeqRead, s.r, lastSeqSQL},
	} {
		stmt, err := p.db.PrepareContext(ctx, p.text)
		if err != nil {
			return err
		}
		*p.stmt = stmt
	}
	return nil
}

// create puts a whole, empty database at path, or none. It is made under another
// name and linked into place, so that no crash leaves half of one and two processes
// that start together end up with the same.
func create(ctx context.Context, path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fileFault(err, "made")
	}
	temp, err := os.MkdirTemp(dir, draftPattern) // mode 0700
	if err != nil {
		return fileFault(err, "made")
	}
	defer os.RemoveAll(temp)
	draft := filepath.Join(temp, "journal")
	f, err := os.OpenFile(draft, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fileFault(err, "made")
	}
	if err := f.Close(); err != nil {
		return fileFault(err, "made")
	}
	db, err := sql.Open("sqlite", dsn(draft, ""))
	if err != nil {
		return faultOf(err)
	}
	db.SetMaxOpenConns(1)
	err = migrate(ctx, db)
	if err == nil {
		_, err = db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return faultOf(err)
	}
	if err := os.Link(draft, path); err != nil && !errors.Is(err, fs.ErrExist) {
		// Some file systems have no links; there a rename is the next best.
		if err := os.Rename(draft, path); err != nil {
			return fileFault(err, "made")
		}
	}
	return syncDir(dir)
}

const draftPattern = ".new-journal-*"

// clearDrafts removes what a process that was killed during create left behind. The
// journal is in place, so no draft is of use any more; one that cannot be removed is
// empty and does no harm.
func clearDrafts(path string) {
	drafts, err := filepath.Glob(filepath.Join(filepath.Dir(path), draftPattern))
	if err != nil {
		return // a folder whose name reads as a pattern
	}
	for _, draft := range drafts {
		_ = os.RemoveAll(draft)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // it has no such call and keeps names in order
	}
	d, err := os.Open(dir)
	if err != nil {
		return fileFault(err, "made")
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fileFault(err, "made")
	}
	return nil
}

// ownerOnly tightens a file that was, say, copied back by hand. SQLite gives the
// files beside it the same mode.
func ownerOnly(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fileFault(err, "opened")
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(path, 0o600); err != nil {
			return fileFault(err, "made private")
		}
	}
	return nil
}

// Close closes every connection. What was acknowledged is on disk already.
func (s *Store) Close() error {
	var err error
	if s.r != nil && s.r != s.w {
		err = s.r.Close()
	}
	if s.w != nil {
		err = errors.Join(err, s.w.Close())
	}
	if err != nil {
		return fault.Wrap(err, fault.Internal, "The journal file could not be closed cleanly. What was saved is kept.")
	}
	return nil
}
