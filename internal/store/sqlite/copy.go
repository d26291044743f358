package sqlite

import "context"

// CopyTo writes a copy of the whole database, as of one moment, into a new file.
// Others may write meanwhile.
func (s *Store) CopyTo(ctx context.Context, path string) error {
	_, err := s.w.ExecContext(ctx, "VACUUM INTO ?", path)
	return faultOf(err)
}
