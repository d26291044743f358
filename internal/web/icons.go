package web

// icons are paths in a 24 by 24 box, drawn with a stroke.
var icons = map[string]string{
	"today":    "M3 13h3.2l2.3-6 4 10 2.6-7 1.6 3H21",
	"journal":  "M5 4.5h11.5A2.5 2.5 0 0 1 19 7v12.5H7.5A2.5 2.5 0 0 1 5 17zM9 9h6M9 13h6",
	"products": "M4.5 8 12 4l7.5 4v8L12 20l-7.5-4zM4.5 8l7.5 4 7.5-4M12 12v8",
	"settings": "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8v4.4M9 14.8v4.4",
	"help":     "M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM12 16a4 4 0 1 1 0-8 4 4 0 0 1 0 8zM5.7 5.7l3.5 3.5M14.8 14.8l3.5 3.5M18.3 5.7l-3.5 3.5M9.2 14.8l-3.5 3.5",
	"lock":     "M6.5 11h11v8.5h-11zM8.8 11V8a3.2 3.2 0 0 1 6.4 0v3",
	"plus":     "M12 5v14M5 12h14",
	"back":     "M14.5 5.5 8 12l6.5 6.5",
	"phone":    "M6 4h3.5l1.6 4.2-2.2 1.6a11 11 0 0 0 5.3 5.3l1.6-2.2L20 14.5V18a2 2 0 0 1-2.2 2A15.8 15.8 0 0 1 4 6.2 2 2 0 0 1 6 4z",
	"message":  "M4 5.5h16v11H10l-4.5 3.5v-3.5H4z",
	"link":     "M13 5h6v6M19 5l-8.5 8.5M17 14.5V19H5V7h4.5",
}
