package lzma

import "encoding/binary"

// A found is an earlier place where the same bytes stand.
type found struct {
	length   int
	distance uint32
}

// finder keeps every place of the last bytes in binary trees, one for each four
// bytes that they begin with, ordered by what stands there; and the last place
// of each two and three bytes. The newest place is the root of its tree, so that
// of equal matches the nearest is met first.
type finder struct {
	data   []byte
	at     int // the next place to be looked up
	effort Effort
	two    []int32
	three  []int32
	four   []int32 // roots
	sons   []int32 // smaller and larger, two for each place of the dictionary
	list   []found
}

const (
	threeBits = 16
	fourBits  = 18
	nowhere   = -1
)

func newFinder(data []byte, effort Effort) *finder {
	f := &finder{data: data, effort: effort, two: make([]int32, 1<<16), three: make([]int32, 1<<threeBits), four: make([]int32, 1<<fourBits), sons: make([]int32, 2*min(len(data), dictionary))}
	for _, list := range [][]int32{f.two, f.three, f.four} {
		for i := range list {
			list[i] = nowhere
		}
	}
	return f
}

func (f *finder) length(a, b, from, most int) int {
	x, y := f.data[a:a+most], f.data[b:b+most]
	for from+8 <= most && binary.LittleEndian.Uint64(x[from:]) == binary.LittleEndian.Uint64(y[from:]) {
		from += 8
	}
	for from < most && x[from] == y[from] {
		from++
	}
	return from
}

// next lists matches at the next place, ever longer and ever farther.
func (f *finder) next() []found {
	at, most := f.at, min(longest, len(f.data)-f.at)
	f.at++
	f.list = f.list[:0]
	if most < 4 {
		return nil
	}
	word := binary.LittleEndian.Uint32(f.data[at:])
	best := 1
	for i, last := range [...]*int32{&f.two[word&0xffff], &f.three[word&0xffffff*0x9e3779b1>>(32-threeBits)]} {
		if place := int(*last); place >= 0 && at-place <= dictionary {
			if n := f.length(place, at, 0, most); n > best && n >= i+2 {
				best = n
				f.list = append(f.list, found{n, uint32(at - place - 1)})
			}
		}
		*last = int32(at)
	}
	f.tree(&f.four[word*0x9e3779b1>>(32-fourBits)], best, most)
	return f.list
}

// tree puts the place at the root of its tree, and collects longer matches on
// the way down.
func (f *finder) tree(root *int32, best, most int) {
	at := f.at - 1
	place := int(*root)
	*root = int32(at)
	slot := func(place int) int { return 2 * (place & (dictionary - 1)) }
	smaller, larger := &f.sons[slot(at)], &f.sons[slot(at)+1]
	sameSmaller, sameLarger := 0, 0
	for depth := f.effort.depth; ; depth-- {
		if place < 0 || at-place >= dictionary || depth == 0 {
			*smaller, *larger = nowhere, nowhere
			return
		}
		pair := slot(place)
		n := f.length(place, at, min(sameSmaller, sameLarger), most)
		if n > best {
			best = n
			f.list = append(f.list, found{n, uint32(at - place - 1)})
		}
		if n >= min(most, f.effort.nice) {
			*smaller, *larger = f.sons[pair], f.sons[pair+1]
			return
		}
		if f.data[place+n] < f.data[at+n] {
			*smaller = int32(place)
			smaller = &f.sons[pair+1]
			place, sameSmaller = int(*smaller), n
		} else {
			*larger = int32(place)
			larger = &f.sons[pair]
			place, sameLarger = int(*larger), n
		}
	}
}

func (f *finder) skip(n int) {
	for range n {
		f.next()
	}
}
