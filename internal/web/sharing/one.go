package sharing

import (
	"net/http"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// looked is the page of one share.
type looked struct {
	share.Item
	// link opens a share by link, with the page of its host in front, and qr is the
	// same to scan; both empty where it has none.
	link, qr string
	// key opens a file that is encrypted; empty for another.
	key     string
	consent []share.Line
	err     error
}

func (d Desk) one(v *shell.Visit) error {
	v.Notify()
	i, err := d.find(v)
	if err != nil {
		return err
	}
	return d.drawOne(v, http.StatusOK, &looked{Item: i})
}

func (d Desk) drawOne(v *shell.Visit, status int, p *looked) error {
	p.consent = share.Form(v.Catalogue, &p.Consent, v.Now)
	if p.State == share.Holds || p.State == share.Waiting || p.State == share.Handed {
		if err := d.open(v, p); err != nil {
			return err
		}
	}
	return v.Show(status, onePage(v, p))
}

// open fills in what opens a share.
func (d Desk) open(v *shell.Visit, p *looked) (err error) {
	s := d.Of(v.App)
	if p.Form == "link" {
		l, err := s.Link(v.Ctx(), p.ID)
		if err != nil {
			return err
		}
		place, _, _ := strings.Cut(l.URL, "/s/")
		p.link = l.At(place + d.Viewer)
	}
	if p.Form == "file" {
		if p.key, err = s.Key(v.Ctx(), p.ID); err != nil {
			return err
		}
	}
	if p.link != "" {
		p.qr, err = d.QR(p.link)
	}
	return err
}

// file hands out a version of a file. Each that is handed out is on record.
func (d Desk) file(v *shell.Visit) error {
	i, err := d.find(v)
	if err != nil {
		return err
	}
	s := d.Of(v.App)
	f, err := s.FileAgain(v.Ctx(), i.ID)
	if err != nil {
		return err
	}
	if err := s.Handed(v.Ctx(), f.ID, f.Number); err != nil {
		return err
	}
	return v.Download(f.Content, f.Type, f.Name)
}

func (d Desk) renew(v *shell.Visit) error {
	i, err := d.find(v)
	if err != nil {
		return err
	}
	if err := d.Of(v.App).Renew(v.Ctx(), i.ID); err != nil {
		if i, again := d.find(v); again == nil {
			return d.drawOne(v, shell.StatusOf(err), &looked{Item: i, err: err})
		}
		return err
	}
	return v.Done("/sharing/"+i.ID.String(), notice(v.T("sharing.renewed")))
}

// ending asks once before a share is taken back.
func (d Desk) ending(v *shell.Visit) error {
	i, err := d.find(v)
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, endPage(v, &looked{Item: i}))
}

func (d Desk) end(v *shell.Visit) error {
	i, err := d.find(v)
	if err != nil {
		return err
	}
	done, err := d.Of(v.App).Revoke(v.Ctx(), i.ID)
	if err != nil {
		return err
	}
	text := v.T("sharing.ended_told", "name", i.Consent.Recipient)
	switch {
	case i.Form == "file":
		text = v.T("sharing.ended_file", "name", i.Consent.Recipient)
	case done.Waits != nil:
		text = v.T("sharing.ended_waits", "why", v.Fault(done.Waits))
	case i.Form == "link":
		text = v.T("sharing.ended_link")
	}
	return v.Done("/sharing/"+i.ID.String(), notice(text))
}
