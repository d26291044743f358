package recalls

import (
	"strings"

	"github.com/evenkeel/evenkeel/evidence/recall"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/journal"
)

// source says where a notice stands, when it is of, and what to compare.
func source(v *kit.View, m *recall.Match) string {
	parts := []string{v.T("recalls.source."+string(m.Kind), "number", m.Number)}
	if m.Firm != "" {
		parts = append(parts, m.Firm)
	}
	if m.Class != "" {
		parts = append(parts, m.Class)
	}
	if m.On != "" {
		parts = append(parts, v.Day(journal.Date(m.On)))
	}
	if m.Over {
		parts = append(parts, v.T("recalls.over"))
	}
	if m.Lots != "" {
		parts = append(parts, v.T("recalls.lots", "lots", m.Lots))
	}
	return strings.Join(parts, " · ")
}
