package cli

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/transfer/batch"
	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// proposal looks at a file, lays what the flags say of its columns over what is
// proposed, and looks again. The choices get the columns.
func (c *commands) proposal(o importOptions, choices *batch.Choices, look func(batch.Choices) (*batch.Preview, error)) (*batch.Preview, error) {
	p, err := look(*choices)
	flags := len(o.maps) + len(o.units) + len(o.scales) + len(o.products) + len(o.times)
	if flags == 0 {
		return p, err
	}
	if p.Plan == nil {
		if err == nil {
			err = fault.New(fault.Invalid, "cli.import.no_columns")
		}
		return p, err
	}
	list := slices.Clone(p.Plan.Columns)
	if err := o.apply(list); err != nil {
		return nil, err
	}
	choices.Columns = list
	return look(*choices)
}

// apply lays the flags over the proposed columns.
func (o *importOptions) apply(list []columns.Column) error {
	for _, f := range []struct {
		values []string
		set    func(*columns.Column, string) error
	}{
		{o.maps, func(col *columns.Column, v string) error {
			if !slices.Contains(columns.Fields(), v) {
				return usage("cli.import.no_such_field", "field", v, "list", importFields())
			}
			if v != "amount" && v != "text" {
				for i := range list {
					if v != "" && list[i].Field == v {
						list[i].Field = "" // the person's choice takes it from the proposal
					}
				}
			}
			col.Field = v
			return nil
		}},
		{o.units, func(col *columns.Column, v string) error { col.Unit = v; return nil }},
		{o.products, func(col *columns.Column, v string) error { col.Product = v; return nil }},
		{o.times, func(col *columns.Column, v string) error { col.Time = v; return nil }},
		{o.scales, func(col *columns.Column, v string) error {
			low, high, ok := strings.Cut(v, "-")
			a, errA := strconv.ParseFloat(strings.TrimSpace(low), 64)
			b, errB := strconv.ParseFloat(strings.TrimSpace(high), 64)
			if !ok || errors.Join(errA, errB) != nil {
				return usage("cli.import.scale_form")
			}
			col.Low, col.High = a, b
			return nil
		}},
	} {
		for _, m := range f.values {
			at := strings.LastIndex(m, "=")
			if at < 0 {
				return usage("cli.import.map_form")
			}
			name := strings.TrimSpace(m[:at])
			i := slices.IndexFunc(list, func(col columns.Column) bool { return strings.EqualFold(col.Heading, name) })
			if i < 0 {
				return fault.New(fault.Invalid, "cli.import.no_such_column")
			}
			if err := f.set(&list[i], strings.TrimSpace(m[at+1:])); err != nil {
				return err
			}
		}
	}
	return nil
}

// importFields lists the names of our fields; the first of them is no field.
func importFields() string { return strings.Join(columns.Fields()[1:], " ") }
