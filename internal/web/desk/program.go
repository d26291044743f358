package desk

import (
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/care/audit"
	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/qr"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// counts are what a director sees.
func counts(v *visit) error {
	a, err := v.desk.Aggregates(v.r.Context())
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, countsPage(v, &a))
}

func members(v *visit) error { return showMembers(v, http.StatusOK, "", nil) }

func showMembers(v *visit, status int, name string, wrong error) error {
	list, err := v.desk.Members(v.r.Context())
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(m desk.Member) bool { return !m.Removed.IsZero() })
	return v.show(status, membersPage(v, list, v.desk.Me(), name, wrong))
}

func addMember(v *visit) error {
	name, passphrase := v.r.PostFormValue("name"), v.r.PostFormValue("passphrase")
	err := error(nil)
	if passphrase != v.r.PostFormValue("again") {
		err = kit.FieldError("again", "program.members.mismatch")
	} else {
		err = v.server.forms.do(v.r.PostFormValue("once"), name, func() error {
			_, err := v.desk.AddMember(v.r.Context(), name, passphrase)
			return err
		})
	}
	switch {
	case err == nil:
		return v.done("/members", v.T("program.members.added"))
	case fault.Is(err, fault.Locked):
		return err
	}
	return showMembers(v, shell.StatusOf(err), name, err)
}

func removeMember(v *visit) error {
	list, err := v.desk.Members(v.r.Context())
	if err != nil {
		return err
	}
	for _, m := range list {
		if m.ID.String() != v.r.PathValue("id") {
			continue
		}
		if err := v.desk.RemoveMember(v.r.Context(), m.ID); err != nil {
			return err
		}
		return v.done("/members", v.T("program.members.removed", "name", m.Name))
	}
	return lost(v)
}

// cardPage is the card with its picture; there is none before the desk has a place
// on a host.
type cardPage struct {
	desk.Shown
	picture string
	there   bool
}

func card(v *visit) error {
	shown, err := v.desk.Card(v.r.Context())
	if fault.Is(err, fault.NotFound) {
		return v.show(http.StatusOK, wholeCard(v, &cardPage{}))
	}
	if err != nil {
		return err
	}
	p := &cardPage{Shown: shown, there: true}
	if p.picture, err = qr.SVG(shown.Code); err != nil {
		return err
	}
	return v.show(http.StatusOK, wholeCard(v, p))
}

// lastLines is how many lines of the record a page shows.
const lastLines = 200

func record(v *visit) error {
	lines, err := v.desk.Audit(v.r.Context())
	if err != nil {
		return err
	}
	names, err := patients(v)
	if err != nil {
		return err
	}
	_, broken := v.desk.VerifyAudit(v.r.Context())
	if fault.Is(broken, fault.Locked) {
		return broken
	}
	all := len(lines)
	lines = lines[max(0, all-lastLines):]
	slices.Reverse(lines)
	return v.show(http.StatusOK, recordPage(v, lines, all, broken, names))
}

// patients are the names of the shares, by their ids.
func patients(v *visit) (map[string]string, error) {
	list, err := v.desk.Received(v.r.Context())
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for i := range list {
		names[list[i].ID] = list[i].Patient
		if p := list[i].Shown; p != nil && p.Consent.Patient != "" {
			names[list[i].ID] = p.Consent.Patient
		}
	}
	return names, nil
}

// recordFile hands out the whole record, with its end signed.
func recordFile(v *visit) error {
	lines, seal, err := v.desk.ExportAudit(v.r.Context())
	if err != nil {
		return err
	}
	data, err := json.MarshalIndent(struct {
		Lines []audit.Line `json:"lines"`
		Seal  audit.Seal   `json:"seal"`
	}{lines, seal}, "", " ")
	if err != nil {
		return fault.Wrap(err, fault.Internal, "fault.unknown")
	}
	return v.file(data, "application/json", "evenkeel-record-"+time.Now().Format(time.DateOnly)+".json")
}

// about says what a line of the record is about: a person's name where there is one.
func about(l *audit.Line, names map[string]string) string {
	if name, ok := names[l.Subject]; ok {
		return name
	}
	if _, err := hex.DecodeString(l.Subject); err == nil {
		return short(l.Subject)
	}
	return l.Subject
}
