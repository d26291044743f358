package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"

	"github.com/evenkeel/evenkeel/internal/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// schemaVersion is the last migration's number. SQLite's user_version holds the
// number of the last one that a file went through, and is the only place that does.
const schemaVersion = 6

// migrate brings the schema up to date, each step in one transaction. Several
// processes may do so at once: whoever gets the turn first takes the step.
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
	if mode != "wal" {
		return fault.New(fault.Internal, "store.wrong_disk")
	}
	if version == schemaVersion {
		return nil
	}
	if _, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		return err
	}
	steps, err := migrations.ReadDir("migrations") // in the order of their numbers
	if err != nil {
		return err
	}
	for i := version; i < schemaVersion; i++ {
		text, err := migrations.ReadFile("migrations/" + steps[i].Name())
		if err != nil {
			return err
		}
		if err := step(ctx, db, i, string(text)); err != nil {
			return err
		}
	}
	return nil
}

// step takes a file from one version to the next, unless another process did.
func step(ctx context.Context, db *sql.DB, from int64, text string) error {
	tx, err := db.BeginTx(ctx, nil) // immediate: nobody else is in the middle of it
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if version, err := userVersion(ctx, tx); err != nil || version > from {
		return err
	}
	if _, err := tx.ExecContext(ctx, text); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", from+1)); err != nil {
		return err
	}
	return tx.Commit()
}

type querier interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

func userVersion(ctx context.Context, q querier) (v int64, err error) {
	err = q.QueryRowContext(ctx, "PRAGMA user_version").Scan(&v)
	return v, err
}
