package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

func (s *Store) Check(ctx context.Context) (report port.Report, err error) {
	err = s.readLong(ctx, func(ctx context.Context) (err error) {
		report, err = s.check(ctx)
		return err
	})
	if fault.Is(err, fault.Corrupt) {
		report.Problems, err = append(report.Problems, err), nil
	}
	return report, err
}

// check counts from one view, so that a person who writes meanwhile is no problem.
func (s *Store) check(ctx context.Context) (port.Report, error) {
	report := port.Report{Kind: "postgres", Place: s.place}
	tx, err := s.pool.BeginTx(ctx, oneView)
	if err != nil {
		return report, err
	}
	defer tx.Rollback(context.WithoutCancel(ctx))
	for _, fact := range []struct {
		query string
		into  []any
	}{
		{"SELECT version()", []any{&report.EngineVersion}},
		{"SELECT version FROM schema_version", []any{&report.SchemaVersion}},
		{"SELECT count(*) FROM keyring", []any{&report.Persons}},
		{"SELECT count(*), count(CASE WHEN length(ciphertext) = 0 THEN 1 END), coalesce(sum(length(ciphertext)), 0)::bigint FROM record",
			[]any{&report.Records, &report.Forgotten, &report.Bytes}},
	} {
		if err := tx.QueryRow(ctx, fact.query).Scan(fact.into...); err != nil {
			return report, err
		}
	}
	for _, check := range checks {
		rows, err := tx.Query(ctx, check.query)
		if err != nil {
			return report, err
		}
		found, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return report, err
		}
		for _, what := range found {
			report.Problems = append(report.Problems, fault.New(fault.Corrupt, check.key, "what", what))
		}
	}
	return report, nil
}

// counted is every journal that has rows, with what can be counted of them.
const counted = `(SELECT person, count(*) AS n, min(seq) AS low, max(seq) AS high, count(CASE WHEN length(ciphertext) = 0 THEN 1 END) AS empty FROM record GROUP BY person) r`

// checks are queries for what must not be, and the sentence for each row found.
var checks = []struct{ query, key string }{
	{`SELECT 'journal ' || r.person::text FROM ` + counted + ` LEFT JOIN keyring k ON k.person = r.person WHERE k.person IS NULL LIMIT 20`, "store.check_orphans"},
	{`SELECT 'journal ' || k.person::text FROM keyring k LEFT JOIN head h ON h.person = k.person WHERE h.person IS NULL LIMIT 20`, "store.check_no_head"},
	{`SELECT 'journal ' || h.person::text || ', ' || coalesce(r.n, 0)::text || ' of ' || h.last::text FROM head h LEFT JOIN ` + counted + ` ON r.person = h.person
		WHERE coalesce(r.n, 0) <> h.last OR coalesce(r.low, 1) <> 1 OR coalesce(r.high, 0) <> h.last LIMIT 20`, "store.check_missing"},
	{`SELECT 'journal ' || h.person::text || ', ' || coalesce(r.empty, 0)::text || ' / ' || h.forgotten::text FROM head h LEFT JOIN ` + counted + ` ON r.person = h.person
		WHERE coalesce(r.empty, 0) <> h.forgotten LIMIT 20`, "store.check_emptied"},
}
