package shell

import (
	"net/http"

	"github.com/evenkeel/evenkeel/internal/web/kit"
)

// inPlaceHeader says that a script sends a form and shows the notice itself, so
// that no page is loaded. What the form says is the same as without scripts:
// one that is sent in the other way as well counts once.
const inPlaceHeader = "Evenkeel-In-Place"

func (v *Visit) inPlace() bool { return v.R.Header.Get(inPlaceHeader) != "" }

// doneInPlace answers with the notice alone. Words of danger are answered with
// more than fits there: then the page sends the form the plain way, and gets the
// page that the form would have led to.
func (v *Visit) doneInPlace(n *kit.Notice) error {
	switch {
	case n == nil:
		v.W.WriteHeader(http.StatusNoContent)
		return nil
	case len(n.Found) > 0:
		v.W.WriteHeader(http.StatusConflict)
		return nil
	}
	return v.Show(http.StatusOK, kit.Toast(&v.View, n))
}
