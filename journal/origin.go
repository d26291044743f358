package journal

// Origin is where an event came from that was not written by hand: a file that
// was imported. Its corrections keep it.
type Origin struct {
	// Batch is the import that brought it, the id of an Import event.
	Batch ID `json:"batch"`
	// Row is what the file calls it: the same row of the same source has the same
	// one, whatever it was read as.
	Row ID `json:"row,omitzero"`
	// Read is what the row was read as at the time, so that a row which is read
	// the same once more is known again, also after the person changed the entry.
	Read ID `json:"read,omitzero"`
	// Instead is the entry that this one took the place of; zero for none.
	Instead ID `json:"instead,omitzero"`
}

// check refuses an origin without a batch.
func (o *Origin) check() error {
	if o != nil && o.Batch.IsZero() {
		return bad("origin", "event.origin_without_batch")
	}
	return nil
}

// origin reads an Origin without encoding/json.
func (r *reader) origin() *Origin {
	o := new(Origin)
	r.object(func(key []byte) {
		var id *ID
		switch string(key) {
		case "batch":
			id = &o.Batch
		case "row":
			id = &o.Row
		case "read":
			id = &o.Read
		case "instead":
			id = &o.Instead
		default:
			r.fail(true)
			return
		}
		r.fail(id.UnmarshalText(r.string()) != nil)
	})
	return o
}
