package reading

import (
	"time"

	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/pkpd"
)

// Fan are the ranges that hold 80 and 50 % of the runs.
func Fan(times []time.Time, bands []pkpd.Band) []chart.Band {
	return []chart.Band{
		Between(times, bands, "band band-80", func(b pkpd.Band) (float64, float64) { return b.Low80, b.High80 }),
		Between(times, bands, "band band-50", func(b pkpd.Band) (float64, float64) { return b.Low50, b.High50 }),
	}
}

// Between is the room between two ends of bands.
func Between(times []time.Time, bands []pkpd.Band, class string, ends func(pkpd.Band) (low, high float64)) chart.Band {
	out := chart.Band{Class: class, Spans: make([]chart.Span, len(bands))}
	for i, b := range bands {
		low, high := ends(b)
		out.Spans[i] = chart.Span{At: times[i], Low: low, High: high}
	}
	return out
}

// Median is the line through the middle of bands.
func Median(times []time.Time, bands []pkpd.Band) chart.Series {
	out := chart.Series{Class: "median", Points: make([]chart.Point, len(bands))}
	for i, b := range bands {
		out.Points[i] = chart.Point{At: times[i], Value: b.Median}
	}
	return out
}
