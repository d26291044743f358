package sqlite

import (
	"context"
	"fmt"
	"os"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
)

func (s *Store) Check(ctx context.Context) (app.StoreReport, error) {
	report := app.StoreReport{Kind: "sqlite", Place: s.path}
	if s.path == "" {
		report.Kind = "memory"
	}
	for _, file := range []string{s.path, s.path + "-wal"} {
		if info, err := os.Stat(file); err == nil && s.path != "" {
			report.Bytes += info.Size()
		}
	}
	for _, fact := range []struct {
		into  any
		query string
	}{
		{&report.EngineVersion, "SELECT sqlite_version()"},
		{&report.SchemaVersion, "PRAGMA user_version"},
		{&report.Persons, "SELECT count(*) FROM person"},
		{&report.Records, "SELECT count(*) FROM record"},
		{&report.Forgotten, "SELECT count(*) FROM record WHERE length(ciphertext) = 0"},
	} {
		if err := s.r.QueryRowContext(ctx, fact.query).Scan(fact.into); err != nil {
			if err = faultOf(err); !fault.Is(err, fault.Corrupt) {
				return report, err
			}
			report.Problems = []string{fault.MessageOf(err)}
			return report, nil
		}
	}
	for _, check := range []struct{ query, problem string }{
		{"SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok' LIMIT 20",
			"The journal file is damaged (%s). Make a copy of it, then restore it from a backup."},
		{`SELECT 'table ' || "table" FROM pragma_foreign_key_check LIMIT 20`,
			"Some entries belong to nobody (%s). Restore the journal from a backup."},
		{"SELECT 'journal ' || lower(hex(person)) FROM record GROUP BY person HAVING min(seq) <> 1 OR max(seq) <> count(*)",
			"Entries are missing in the middle (%s). Restore the journal from a backup."},
		{"SELECT wanted - done FROM purge WHERE wanted > done",
			"Traces of forgotten entries may still be in the file (%s). Close every Evenkeel and start it again to clear them."},
	} {
		problems, err := s.problems(ctx, check.query, check.problem)
		report.Problems = append(report.Problems, problems...)
		if err = faultOf(err); fault.Is(err, fault.Corrupt) {
			report.Problems = append(report.Problems, fault.MessageOf(err))
		} else if err != nil {
			return report, err
		}
	}
	return report, nil
}

func (s *Store) problems(ctx context.Context, query, problem string) (found []string, err error) {
	rows, err := s.r.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var what string
		if err := rows.Scan(&what); err != nil {
			return found, err
		}
		found = append(found, fmt.Sprintf(problem, what))
	}
	return found, rows.Err()
}
