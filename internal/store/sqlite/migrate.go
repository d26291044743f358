package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"

	"github.com/evenkeel/evenkeel/internal/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// schemaVersion is the last migration's number. Every migration writes its own into
// user_version, in its own transaction, so that start-up asks SQLite for one number
// and wakes goose only when there is something to do.
const schemaVersion = 4

// migrate brings the schema up to date. Several processes may do so at once.
func migrate(ctx context.Context, db *sql.DB) error {
	version, err := userVersion(ctx, db)
	if err != nil {
		return err
	}
	if version > schemaVersion {
		return errNewer
	}
	var mode string
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode=WAL").Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" && mode != "memory" {
		return fault.New(fault.Internal, "The journal cannot be kept safely in this place: its file system does not support it. Choose a folder on this computer's own disk.")
	}
	if version == schemaVersion {
		return nil
	}
	if _, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		return err
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	for {
		provider, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true))
		if err == nil {
			_, err = provider.Up(ctx)
		}
		if err == nil {
			return nil
		}
		// Another process may have taken the same step first. Each step is one
		// transaction, so as long as the version moves, the next round finds it done.
		now, e := userVersion(ctx, db)
		if e != nil || now == version {
			return err
		}
		version = now
	}
}

func userVersion(ctx context.Context, db *sql.DB) (v int64, err error) {
	err = db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&v)
	return v, err
}
