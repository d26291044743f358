package postgres

import (
	"context"
	"embed"
	"errors"

	"github.com/jackc/pgx/v5"

	"github.com/evenkeel/evenkeel/internal/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// schemaVersion is the last migration's number.
const schemaVersion = 4

// migrate brings the tables up to date. Each step is one statement outside of any
// transaction and may be run again, since engines differ in whether a change of
// the schema can be undone: several hosts may start at once, and one that stopped
// half-way is made up for by the next.
func (s *Store) migrate(ctx context.Context) error {
	version, err := s.version(ctx)
	if err != nil {
		return err
	}
	if version > schemaVersion {
		return fault.New(fault.NewerVersion, "store.newer_version")
	}
	if version == schemaVersion {
		return nil
	}
	steps, err := migrations.ReadDir("migrations") // in the order of their numbers
	if err != nil {
		return err
	}
	for _, step := range steps[version:] {
		text, err := migrations.ReadFile("migrations/" + step.Name())
		if err != nil {
			return err
		}
		if err := s.step(ctx, string(text)); err != nil {
			return err
		}
	}
	return s.change(ctx, func(ctx context.Context, tx pgx.Tx, _ bool) error {
		_, err := tx.Exec(ctx, `INSERT INTO schema_version (id, version) VALUES (1, $1)
ON CONFLICT (id) DO UPDATE SET version = greatest(schema_version.version, excluded.version)`, schemaVersion)
		return err
	})
}

// step runs one statement. Two hosts that make the same table at the same moment
// can both find it missing; the second is told so and finds it there next time.
func (s *Store) step(ctx context.Context, text string) error {
	for try := 0; ; try++ {
		_, err := s.pool.Exec(ctx, text)
		state := stateOf(err)
		if state != uniqueViolation && state != tableThere && state != typeThere && !refused(state) || try == 20 || !pause(ctx, try) {
			return err
		}
	}
}

// version is the number of the last migration that the database went through.
func (s *Store) version(ctx context.Context) (v int64, err error) {
	err = s.pool.QueryRow(ctx, "SELECT version FROM schema_version").Scan(&v)
	if errors.Is(err, pgx.ErrNoRows) || stateOf(err) == noTable {
		return 0, nil
	}
	return v, err
}
