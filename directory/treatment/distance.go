package treatment

import "math"

// earthMiles is the mean radius of the earth, 6371.0088 km (IUGG), in miles.
const earthMiles = 6371.0088 / 1.609344

// miles is the great-circle distance by the haversine formula (Sinnott 1984,
// Sky and Telescope 68:158). Roads are longer.
func miles(a, b Point) float64 {
	rad := math.Pi / 180
	dLat, dLon := (b.Lat-a.Lat)*rad, (b.Lon-a.Lon)*rad
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * earthMiles * math.Asin(min(1, math.Sqrt(h)))
}
