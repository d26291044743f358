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

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

var _ port.Store = (*Store)(nil)

// Store keeps sealed records in a SQLite database.
type Store struct {
	path string
	w    *sql.DB // one connection: writers of this process queue here, not in SQLite
	r    *sql.DB // several, read-only

	purging sync.Mutex // one rewriting of the file at a time

	moveHead, insert, headWrite *sql.Stmt // on w

	rest     *rest
	mark     *mark
	readOnly bool
}

// readers is how many pages of one process can read at once without waiting.
const readers = 4

// Open opens the journal file, making it and its folder if they are not there,
// readable by their owner alone. A file that is damaged, belongs to another program
// or was written by a newer Evenkeel is refused and left as it is. Where nothing can
// be written the journal can still be read; every change is then fault.ReadOnly.
func Open(ctx context.Context, path string) (*Store, error) {
	if info, ok := debug.ReadBuildInfo(); ok {
		if err := checkBuild(info); err != nil {
			return nil, err
		}
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fileFault(err)
	}
	s, err := openWritable(ctx, path)
	if fault.Is(err, fault.ReadOnly) && exists(path) {
		return openReadOnly(ctx, path, err)
	}
	return s, err
}

func openWritable(ctx context.Context, path string) (*Store, error) {
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
	s := &Store{path: path}
	s.rest = newRest(s.emptyLogSoon)
	var err error
	if s.mark, err = openMark(path+"-mark", true); err != nil {
		return nil, err
	}
	if err := s.open(ctx, dsn(path, "rw", ""), dsn(path, "rw", "&_query_only=1")); err != nil {
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

func dsn(path, mode, more string) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/...
	}
	u := url.URL{Scheme: "file", Path: slashed}
	return u.String() + "?mode=" + mode + "&" + pragmas + more
}

func (s *Store) open(ctx context.Context, write, read string) error {
	if err := s.connect(write, read); err != nil {
		return err
	}
	if err := migrate(ctx, s.w); err != nil {
		return err
	}
	if err := s.prepare(ctx); err != nil {
		return err
	}
	return s.purgeLeftOver(ctx)
}

func (s *Store) connect(write, read string) (err error) {
	if s.w, err = sql.Open("sqlite", write); err != nil {
		return err
	}
	s.w.SetMaxOpenConns(1)
	if s.r, err = sql.Open("sqlite", read); err != nil {
		return err
	}
	s.r.SetMaxOpenConns(readers)
	s.r.SetMaxIdleConns(readers)
	return nil
}

func (s *Store) prepare(ctx context.Context) (err error) {
	if s.moveHead, err = s.w.PrepareContext(ctx, moveSQL); err != nil {
		return err
	}
	if s.insert, err = s.w.PrepareContext(ctx, insertSQL); err != nil {
		return err
	}
	s.headWrite, err = s.w.PrepareContext(ctx, headSQL)
	return err
}

// create puts a whole, empty database at path, or none. It is made under another
// name and linked into place, so that no crash leaves half of one and two processes
// that start together end up with the same.
func create(ctx context.Context, path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fileFault(err)
	}
	temp, err := os.MkdirTemp(dir, draftPattern) // mode 0700
	if err != nil {
		return fileFault(err)
	}
	defer os.RemoveAll(temp)
	draft := filepath.Join(temp, "journal")
	f, err := os.OpenFile(draft, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fileFault(err)
	}
	if err := f.Close(); err != nil {
		return fileFault(err)
	}
	db, err := sql.Open("sqlite", dsn(draft, "rw", ""))
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
			return fileFault(err)
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
		return fileFault(err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fileFault(err)
	}
	return nil
}

// ownerOnly tightens a file that was, say, copied back by hand. SQLite gives the
// files beside it the same mode.
func ownerOnly(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0) // SQLite would settle for reading
	if err != nil {
		return fileFault(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fileFault(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(path, 0o600); err != nil {
			return fileFault(err)
		}
	}
	return nil
}

// Close closes every connection. What was acknowledged is on disk already, and the
// last to close moves the log into the file.
func (s *Store) Close() error {
	if s.rest != nil {
		s.rest.end()
	}
	var err error
	for _, db := range []*sql.DB{s.r, s.w} {
		if db != nil {
			err = errors.Join(err, db.Close())
		}
	}
	if s.mark != nil {
		err = errors.Join(err, s.mark.close())
	}
	if err != nil {
		return fault.Wrap(err, fault.Internal, "store.not_closed")
	}
	return nil
}
